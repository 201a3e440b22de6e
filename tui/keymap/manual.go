package keymap

import "strings"

// Manual writes the table down for the manual, as Markdown: one heading per place (the
// sentence of "tui.place.<place>"), one line per command. say gives the sentence of a
// catalogue key.
func (t *Table) Manual(say func(key string, pairs ...any) string) string {
	var b strings.Builder
	for _, p := range t.places {
		name := string(p)
		if p == Everywhere {
			name = "everywhere"
		}
		b.WriteString("## " + say("tui.place."+name) + "\n\n")
		for _, c := range t.list[p] {
			b.WriteString("- " + KeyNames(c, say) + "  " + say(c.Label))
			if c.Help != "" {
				b.WriteString(": " + say(c.Help))
			}
			b.WriteString("\n")
		}
		b.WriteString("\n")
	}
	return b.String()
}

// KeyNames are all keys of a command as they are called on screen.
func KeyNames(c Command, say func(key string, pairs ...any) string) string {
	names := make([]string, len(c.Keys))
	for i, k := range c.Keys {
		names[i] = Name(k, say)
	}
	return strings.Join(names, " / ")
}
