// Package oddday asks whether it is really the day that the laptop's clock says: an empty
// clock battery sets it to 1970, a wrong hand to next year, and every visit would carry it.
package oddday

import (
	"strconv"

	tea "charm.land/bubbletea/v2"

	"doorstep/casework"
	"doorstep/tui/keymap"
	"doorstep/tui/stage"
	"doorstep/tui/theme"
	"doorstep/tui/widget"
)

// Place is where these commands live.
const Place keymap.Place = "oddday"

// What can be done here.
const (
	Right keymap.ID = "oddday.right"
	Wrong keymap.ID = "oddday.wrong"
)

// Commands is the table of this place.
func Commands() []keymap.Command {
	return []keymap.Command{
		{ID: Right, Where: Place, Keys: []string{"1"}, Label: "oddday.cmd.right", Bar: 1},
		{ID: Wrong, Where: Place, Keys: []string{"2"}, Label: "oddday.cmd.wrong", Bar: 2},
	}
}

// Screen is the page.
type Screen struct{ day casework.Day }

// New makes the page for the day on the clock.
func New(day casework.Day) *Screen { return &Screen{day: day} }

// Place implements stage.Screen.
func (s *Screen) Place() keymap.Place { return Place }

// Header implements stage.Screen.
func (s *Screen) Header(env *stage.Env) stage.Header {
	return stage.Header{Left: env.Say("oddday.title")}
}

// Leave implements stage.Leaver: the question wants an answer.
func (s *Screen) Leave(env *stage.Env) (stage.Action, tea.Cmd) {
	return stage.Notice(env.Say("oddday.answer")), nil
}

// Update implements stage.Screen.
func (s *Screen) Update(_ *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
	if do, ok := msg.(stage.Do); ok {
		switch do.ID {
		case Right:
			return stage.Pop(), nil
		case Wrong:
			return stage.Quit(), nil
		}
	}
	return stage.None(), nil
}

// Draw implements stage.Screen.
func (s *Screen) Draw(env *stage.Env, size stage.Size) stage.Frame {
	y, m, d := s.day.Date()
	f := stage.Frame{Body: []string{"", ""}}
	f.Body = append(f.Body, widget.Paragraph(env.Say("oddday.says"), 4, size.W-2)...)
	f.Body = append(f.Body, "", "      "+env.Paint(theme.Strong, env.Say("oddday.day", "Year", strconv.Itoa(y), "Month", m, "Day", d)+" "+env.Say("today.weekday."+strconv.Itoa(int(s.day.Weekday())))), "")
	f.Body = append(f.Body, widget.Paragraph(env.Say("oddday.ask"), 4, size.W-2)...)
	f.Body = append(f.Body, "", "    1  "+env.Say("oddday.right"), "    2  "+env.Say("oddday.wrong"))
	return f
}
