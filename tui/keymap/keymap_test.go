package keymap_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"doorstep/casework/lang"
	"doorstep/tui/keymap"
)

func TestFullWidthKeysOfAnInputMethodAreFolded(t *testing.T) {
	for _, c := range []struct {
		key  tea.Key
		want string
	}{
		{tea.Key{Code: '1', Text: "1"}, "1"},
		{tea.Key{Code: '１', Text: "１"}, "1"},
		{tea.Key{Code: 'Ａ', Text: "Ａ"}, "a"},
		{tea.Key{Code: 'A', Text: "A", Mod: tea.ModShift}, "a"},
		{tea.Key{Code: '　', Text: "　"}, "space"},
		{tea.Key{Code: tea.KeySpace, Text: " "}, "space"},
		{tea.Key{Code: tea.KeyKp5, Text: "5"}, "5"},
		{tea.Key{Code: tea.KeyKpEnter}, "enter"},
		{tea.Key{Code: 'l', Mod: tea.ModCtrl}, "ctrl+l"},
		{tea.Key{Code: 'l', Mod: tea.ModCtrl | tea.ModCapsLock}, "ctrl+l"},
		{tea.Key{Code: 'л', BaseCode: 'k', Mod: tea.ModCtrl}, "ctrl+л"},
		{tea.Key{Code: tea.KeyTab, Mod: tea.ModShift}, "shift+tab"},
		{tea.Key{Code: tea.KeyF9}, "f9"},
		{tea.Key{Code: tea.KeyExtended, Text: "林小溪"}, ""},
		{tea.Key{Code: '林', Text: "林"}, ""},
	} {
		if got := keymap.Press(tea.KeyPressMsg(c.key)); got != c.want {
			t.Errorf("Press(%+v) = %q, want %q", c.key, got, c.want)
		}
	}
}

func TestATableThatWouldStrandSomebodyIsRefused(t *testing.T) {
	cmd := func(id keymap.ID, menu bool, keys ...string) keymap.Command {
		return keymap.Command{ID: id, Where: "x", Keys: keys, Label: "l", Menu: menu}
	}
	for name, list := range map[string][]keymap.Command{
		"a bare letter alone":   {cmd("a", false, "v")},
		"an F-key alone":        {cmd("a", false, "f9")},
		"letters and F-keys":    {cmd("a", false, "v", "f9")},
		"a key bound twice":     {cmd("a", false, "1"), cmd("b", false, "1")},
		"an id listed twice":    {cmd("a", false, "1"), cmd("a", false, "2")},
		"Ctrl+I, which is Tab":  {cmd("a", true, "ctrl+i")},
		"no key":                {cmd("a", true)},
		"no label":              {{ID: "a", Where: "x", Keys: []string{"1"}}},
		"letter beside F in xs": {cmd("a", false, "f1", "f2")},
	} {
		if _, err := keymap.New(list); err == nil {
			t.Errorf("%s was accepted", name)
		}
	}
	if _, err := keymap.New(keymap.Own(), []keymap.Command{cmd("a", true, "f9"), cmd("b", false, "v", "3")}); err != nil {
		t.Error(err)
	}
}

func TestAPlaceMayReplaceTheProgramsKey(t *testing.T) {
	table := keymap.Must(keymap.Own(), []keymap.Command{
		{ID: "leave", Where: "x", Keys: []string{"esc"}, Label: "l", Bar: 1},
		{ID: "choose", Where: "x", Keys: []string{keymap.Digit}, Label: "l", Bar: 2},
		{ID: "nine", Where: "x", Keys: []string{"9"}, Label: "l"},
		{ID: "find", Where: "x", Keys: []string{keymap.Typing}, Label: "l", Bar: 3},
	})
	for key, want := range map[string]keymap.ID{"esc": "leave", "4": "choose", "9": "nine", "ctrl+l": keymap.Blank, "typing": "", "": ""} {
		if c, _ := table.Find("x", key); c.ID != want {
			t.Errorf("%q is %q, want %q", key, c.ID, want)
		}
	}
	for _, c := range table.Here("x") {
		if c.ID == keymap.Back {
			t.Error("a replaced command must not be listed")
		}
	}
	var bar []string
	for _, c := range table.Bar("x") {
		bar = append(bar, string(c.ID))
	}
	if got := strings.Join(bar, " "); got != "leave choose find more help blank" {
		t.Errorf("bar: %s", got)
	}
}

func TestTheManualNamesEveryCommandAndKey(t *testing.T) {
	table := keymap.Must(keymap.Own())
	got := table.Manual(func(key string, _ ...any) string { return "<" + key + ">" })
	for _, c := range keymap.Own() {
		for _, want := range []string{c.Label, c.Help} {
			if want != "" && !strings.Contains(got, "<"+want+">") {
				t.Errorf("%s is missing", want)
			}
		}
	}
	if !strings.Contains(got, "<tui.key.space> / F10 / Ctrl+P") {
		t.Errorf("key names: %s", got)
	}
}

func TestTheProgramsOwnCommandsHaveWordsInBothLanguages(t *testing.T) {
	for _, tag := range []string{"zh", "en"} {
		sp, err := lang.New(tag)
		if err != nil {
			t.Fatal(err)
		}
		table := keymap.Must(keymap.Own())
		if manual := table.Manual(sp.Say); strings.Contains(manual, "[") {
			t.Errorf("%s: a word is missing:\n%s", tag, manual)
		}
	}
}
