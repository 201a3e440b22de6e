package tuitest_test

import (
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"doorstep/tui/keymap"
	"doorstep/tui/stage"
	"doorstep/tui/tuitest"
)

func TestOverwritingHalfOfAHanCharacterLosesTheOtherHalf(t *testing.T) {
	for sent, want := range map[string]string{
		"林小溪":                  "林小溪  ",
		"林小溪\x1b[2Ga":          " a小溪  ",
		"林小溪\x1b[1Ga":          "a 小溪  ",
		"林小溪\x1b[4G\x1b[K":     "林      ",
		"林小溪\x1b[4G\x1b[1K":    "    溪  ",
		"林小溪\x1b[3G\x1b[2X":    "林  溪  ",
		"林小溪\x1b[3G\x1b[P":     "林 溪   ",
		"林小溪\x1b[3G\x1b[@":     "林 小溪 ",
		"林小溪林\x1b[3G\x1b[@":    "林 小溪 ",
		"a\x1b[3b":             "aaaa    ",
		"林\r\x1b[C小":           " 小     ",
		"\x1b7林\x1b8小":         "小      ",
		"林小溪\x1b[2J\x1b[1;3H小": "  小    ",
	} {
		terminal := tuitest.NewTerminal(8, 1)
		if _, err := terminal.Write([]byte(sent)); err != nil {
			t.Fatal(err)
		}
		if got := terminal.String(); got != want || len(terminal.Unknown) > 0 {
			t.Errorf("%q shows %q, want %q (unknown: %q)", sent, got, want, terminal.Unknown)
		}
	}
}

func TestLinesScrollInTheirRegion(t *testing.T) {
	for sent, want := range map[string]string{
		"a\r\nb\r\nc\r\nd":                      "b\nc\nd",
		"a\r\nb\r\nc\x1b[1;1H\x1bM":             " \na\nb",
		"a\r\nb\r\nc\x1b[1;1H\x1b[M":            "b\nc\n ",
		"a\r\nb\r\nc\x1b[2;1H\x1b[L":            "a\n \nb",
		"a\r\nb\r\nc\x1b[1;2r\x1b[S\x1b[r":      "b\n \nc",
		"a\r\nb\r\nc\x1b[2;3r\x1b[T\x1b[r":      "a\n \nb",
		"a\r\nb\r\nc\x1b[2;1H\x1b[J":            "a\n \n ",
		"a\r\nb\r\nc\x1b[2;1H\x1b[1J":           " \n \nc",
		"a\x1b[Bb\x1b[A\x1b[Dc\x1b[3;1Hd\x1b[Z": "c\nb\nd",
	} {
		terminal := tuitest.NewTerminal(1, 3)
		if _, err := terminal.Write([]byte(sent)); err != nil {
			t.Fatal(err)
		}
		if got := terminal.String(); got != want {
			t.Errorf("%q shows %q, want %q", sent, got, want)
		}
	}
}

// echo counts what it gets.
type echo struct{ got []tea.Msg }

func (e *echo) Place() keymap.Place            { return "echo" }
func (e *echo) Header(*stage.Env) stage.Header { return stage.Header{Left: "试"} }
func (e *echo) Draw(*stage.Env, stage.Size) stage.Frame {
	return stage.Frame{Body: []string{" 正文"}, Cursor: &stage.Cursor{X: 2, Y: 0}}
}

func (e *echo) Update(env *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
	e.got = append(e.got, msg)
	if msg == "later" {
		return stage.None(), env.After(time.Minute, "came")
	}
	return stage.None(), nil
}

func TestTheClockStandsStillUntilItIsAdvanced(t *testing.T) {
	e := &echo{}
	r := tuitest.Run(t, 60, 20, e, nil)
	r.Send("later")
	r.Advance(59 * time.Second)
	if len(e.got) != 1 || !r.Now().Equal(tuitest.Start.Add(59*time.Second)) {
		t.Fatalf("%v at %s", e.got, r.Now())
	}
	r.Advance(time.Second)
	if len(e.got) != 2 || e.got[1] != "came" {
		t.Errorf("%v", e.got)
	}
	r.Type("e\u0301").Shows("正文").Hides("反文")
	if key, ok := e.got[2].(tea.KeyPressMsg); !ok || key.Text != "e\u0301" || r.Cursor() != "2,2" || r.Top() != stage.Screen(e) {
		t.Errorf("%v, cursor %s", e.got, r.Cursor())
	}
}
