package questionnaires

import (
	"testing"

	"doorstep/store/sheet"
)

// What a bureau's questionnaire shares with the visits must be a question of the same type.
func TestAKeyThatTheVisitsUseOtherwiseIsRefusedAtItsCell(t *testing.T) {
	for kind, refused := range map[string]bool{"text": true, "select_multiple risk": false} {
		raw, err := sheet.WriteBook([]sheet.Page{
			{Name: "survey", Rows: [][]string{{"type", "name", "label", "shared"}, {kind, "stove", "家里有哪些隐患？", "house_danger"}}},
			{Name: "choices", Rows: [][]string{{"list_name", "name", "label"}, {"risk", "house", "危房"}, {"risk", "smoke", "炉子漏烟"}}},
			{Name: "settings", Rows: [][]string{{"form_id", "version", "form_title"}, {"winter-check", "9", "冬季取暖"}}},
		})
		if err != nil {
			t.Fatal(err)
		}
		c, err := Check(save(t, "问卷.xlsx", raw))
		if err != nil {
			t.Fatal(err)
		}
		place := ""
		for _, f := range c.Findings {
			if f.Code == "xlsform.shared_other_type" {
				place = f.Place()
			}
		}
		if (c.Form == nil) != refused || refused && place != "survey!D2" {
			t.Errorf("%s: accepted %v, told at %q: %s", kind, c.Form != nil, place, c.Findings)
		}
	}
}
