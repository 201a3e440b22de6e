package attach

import (
	"context"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"doorstep/casework"
	"doorstep/tui/book"
	"doorstep/tui/stage"
)

// enter opens the folder or file with the cursor, or the path that was typed or pasted.
func (s *Screen) enter(*stage.Env) (stage.Action, tea.Cmd) {
	text := pathOf(s.field.Value())
	var e book.Entry
	switch {
	case filepath.IsAbs(text) && len(s.shown) == 0:
		e = book.Entry{Path: filepath.Clean(text)}
	case s.at < len(s.shown):
		e = s.shown[s.at]
	default:
		return stage.None(), nil
	}
	if e.Folder {
		s.back = append(s.back, s.folder.Path)
		return stage.None(), s.fetch(e.Path)
	}
	s.busy, s.say = true, ""
	b, q := s.book, s.q
	return stage.None(), s.work.Ask(func() any {
		l, err := b.Look(context.Background(), q.Draft, q.Path, e.Path, lookW, lookH)
		if err != nil {
			return err
		}
		return l
	})
}

// pathOf is a path as it is pasted: without the quotes that Windows puts around one.
func pathOf(text string) string {
	return strings.Trim(strings.TrimSpace(text), `"'“”`)
}

// sift keeps the entries whose name holds what was typed; of a question for pictures,
// folders and pictures come first.
func (s *Screen) sift() {
	s.at, s.shown = 0, nil
	want := strings.ToLower(strings.TrimSpace(casework.Narrow(s.field.Value())))
	var rest []book.Entry
	for _, e := range s.folder.Entries {
		if want != "" && !strings.Contains(strings.ToLower(casework.Narrow(e.Name)), want) {
			continue
		}
		if s.q.Image && !e.Folder && e.Kind != "image" {
			rest = append(rest, e)
			continue
		}
		s.shown = append(s.shown, e)
	}
	s.shown = append(s.shown, rest...)
}

func (s *Screen) move(by int) { s.at = max(0, min(s.at+by, len(s.shown)-1)) }

func (s *Screen) first() int { return s.at / max(1, s.rows) * max(1, s.rows) }
