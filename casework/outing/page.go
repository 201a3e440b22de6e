package outing

import (
	_ "embed" // the page
	"html/template"
	"io"

	"doorstep/casework"
	"doorstep/casework/rule"
)

//go:embed page.html
var page string

// WriteHTML writes sheets as one page that a browser prints, each person on paper of her
// own. It asks for nothing from outside. Error: outing.write, wrapping the writer's.
func WriteHTML(w io.Writer, sheets []Sheet, speaker rule.Speaker) error {
	t, err := template.New("page").Funcs(template.FuncMap{
		"say":     func(key string) string { return speaker.Say(key) },
		"about":   func(s Sheet) string { return s.About(speaker) },
		"size":    func(s Sheet) float64 { return s.Size(speaker) },
		"promise": func(p Promise) string { return p.Say(speaker) },
		"label":   func(q Question) string { return q.Ask(speaker) },
		"when":    func(q Question) string { return q.Only(speaker) },
		"blanks":  func() []struct{} { return make([]struct{}, NewLines) },
	}).Parse(page)
	if err == nil {
		err = t.Execute(w, sheets)
	}
	if err != nil {
		return casework.Problem("outing.WriteHTML", "outing.write").Because(err)
	}
	return nil
}
