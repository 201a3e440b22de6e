package questionnaires

import (
	"doorstep/casework/form"
	"doorstep/casework/packs"
	"doorstep/store/sheet"
)

// checkDoor compares what the questionnaire shares behind a door with the two that visits
// are made with, as every district starts with them.
func (c *Checked) checkDoor(book *sheet.Book) {
	var others []*form.Definition
	for _, id := range []string{packs.ChildVisit, packs.ElderVisit} {
		if d, err := packs.Default().Form(id); err == nil {
			others = append(others, d)
		}
	}
	fs := sheet.CheckDoor(book, c.Form, others...)
	c.Findings = append(c.Findings, fs...)
	if fs.Refused() {
		c.Form = nil
	}
}
