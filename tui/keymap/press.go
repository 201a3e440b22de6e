package keymap

import (
	"strings"

	tea "charm.land/bubbletea/v2"
)

// Press spells a key press the way Command.Keys does. Full-width digits, letters and
// signs, which an input method sends, are folded; letters are small; the keypad is the
// same as the main keys. A press that carries a word (an input method commits several
// characters at once) is "": it is text, not a key.
func Press(msg tea.KeyPressMsg) string {
	k := msg.Key()
	mods := k.Mod &^ (tea.ModCapsLock | tea.ModNumLock | tea.ModScrollLock)
	if k.Text != "" && mods&^tea.ModShift == 0 {
		text := Fold(k.Text)
		if text == " " {
			return "space"
		}
		if len(text) != 1 {
			return ""
		}
		return strings.ToLower(text)
	}
	k.Mod = mods
	k.BaseCode = 0
	return strings.ToLower(Fold(k.Keystroke()))
}

// Fold turns full-width digits, letters, signs and the ideographic space into their
// ASCII forms. Everything else stays.
func Fold(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 0xff01 && r <= 0xff5e:
			return r - 0xfee0
		case r == 0x3000:
			return ' '
		}
		return r
	}, s)
}

// Text is what a key press types: empty for keys that type nothing.
func Text(msg tea.KeyPressMsg) string {
	if msg.Mod&(tea.ModCtrl|tea.ModAlt|tea.ModMeta|tea.ModSuper|tea.ModHyper) != 0 {
		return ""
	}
	return msg.Text
}

// Name is how a key is called on screen; say gives the sentence of a catalogue key.
func Name(key string, say func(key string, pairs ...any) string) string {
	switch key {
	case "enter", "esc", "space", "tab", "shift+tab", "up", "down", "left", "right", "pgup", "pgdown",
		"home", "end", "backspace", "delete", "insert", Digit, Typing:
		return say("tui.key." + strings.ReplaceAll(key, "+", "_"))
	}
	parts := strings.Split(key, "+")
	for i, p := range parts {
		if p != "" {
			parts[i] = strings.ToUpper(p[:1]) + p[1:]
		}
	}
	return strings.Join(parts, "+")
}
