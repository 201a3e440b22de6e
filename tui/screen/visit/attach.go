package visit

import (
	tea "charm.land/bubbletea/v2"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/tui/stage"
)

// Asked is a question that is answered with a file.
type Asked struct {
	Draft  casework.ID
	Person casework.RecordID
	Path   string
	Type   form.Type
	Title  string
	Value  string // what is there now; "" nothing
}

// Attached is what the page where a file is chosen leaves behind: the answer, "" to take the
// file away.
type Attached struct{ Value string }

// fileAct is what can be done with a file.
type fileAct int

// The acts.
const (
	chooseFile fileAct = iota + 1
	dropFile
)

// fileOptions are what a question that is answered with a file offers.
func (s *Screen) fileOptions(env *stage.Env, v form.View) []option {
	label := env.Say("visit.file.choose")
	if v.Item.Type == form.TypeImage {
		label = env.Say("visit.file.choose_image")
	}
	out := []option{{file: chooseFile, label: label, on: v.Value != ""}}
	if v.Value != "" {
		out = append(out, option{file: dropFile, label: env.Say("visit.file.drop")})
	}
	return out
}

// attach opens the page where a file is chosen, or takes the file away.
func (s *Screen) attach(env *stage.Env, v form.View, act fileAct) (stage.Action, tea.Cmd) {
	if act == dropFile {
		return s.set(env, "")
	}
	return stage.Push(s.doors.Attach(Asked{
		Draft: s.session.Draft, Person: s.session.Person.Person, Path: v.Path, Type: v.Item.Type, Title: title(v), Value: v.Value,
	})), nil
}

// fileWords says what an answer with a file stands for.
func (s *Screen) fileWords(env *stage.Env, value string) string {
	if s.doors.File != nil {
		if text := s.doors.File(value); text != "" {
			return text
		}
	}
	return env.Say("visit.file.there")
}
