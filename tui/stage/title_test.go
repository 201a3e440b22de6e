package stage_test

import (
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"doorstep/tui/keymap"
	"doorstep/tui/stage"
	"doorstep/tui/theme"
	"doorstep/tui/tuitest"
)

// The title of the window stands in the task bar and in lists of programs: whatever page
// is open, it is the name of the program.
func TestTheTitleOfTheWindowNamesNobody(t *testing.T) {
	h := home()
	h.left, h.right, h.status = "林小溪 女 9岁", "林小溪", "林小溪"
	s := stage.New(stage.Config{
		Speaker: tuitest.Speaker(t, "zh"), Theme: theme.New(theme.Dark, theme.True), Now: func() time.Time { return tuitest.Start },
		Keys: keymap.Must(keymap.Own(), commands()), Home: h, Title: "入户", After: func(time.Duration, tea.Msg) tea.Cmd { return nil },
	})
	s.Init()
	s.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	if v := s.View(); v.WindowTitle != "入户" || v.Content == "" {
		t.Errorf("the window is called %q", v.WindowTitle)
	}
}
