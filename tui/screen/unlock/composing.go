package unlock

import (
	"unicode"

	tea "charm.land/bubbletea/v2"
)

// composing tells that an input method is at work, by the key of a sentence: Han in the
// field would be part of the passphrase; full-width letters are folded, and she is told
// before she wonders. "" when nothing of the kind came.
func composing(msg tea.Msg, value string) string {
	for _, r := range value {
		if unicode.Is(unicode.Han, r) {
			return "unlock.input_method"
		}
	}
	text := ""
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		text = msg.Text
	case tea.PasteMsg:
		text = msg.Content
	}
	for _, r := range text {
		if r == '\u3000' || r >= '\uff01' && r <= '\uff5e' {
			return "unlock.full_width"
		}
	}
	return ""
}
