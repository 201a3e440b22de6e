package questionnaires

import (
	"slices"
	"strings"
	"testing"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/casework/packs"
	"doorstep/store/sheet"
)

// What visits are made with today passes the check that every later version has to pass.
func TestTheVisitQuestionnairesCanBeSaved(t *testing.T) {
	for _, id := range []string{packs.ChildVisit, packs.ElderVisit} {
		d, err := packs.Default().Form(id)
		if err != nil {
			t.Fatal(err)
		}
		c := Checked{Form: d}
		if c.checkVisit(); c.Form == nil || !ForVisits(id) {
			t.Errorf("%s: %s", id, c.Findings)
		}
		for _, v := range visitQuestions[id] {
			if d.Find(v.name) == nil {
				t.Errorf("%s has no %s: the table is out of date", id, v.name)
			}
			if _, known := casework.List(v.codes); v.codes != "" && !known {
				t.Errorf("%s: no code list %s", v.name, v.codes)
			}
		}
	}
	if ForVisits("winter-check") {
		t.Error("the example is taken for a visit")
	}
}

// A version without which no visit could be saved does not reach the laptops.
func TestAVisitThatCouldNotBeSavedIsRefusedWithItsRow(t *testing.T) {
	raw, err := sheet.WriteBook([]sheet.Page{
		{Name: "survey", Rows: [][]string{
			{"type", "name", "label"},
			{"select_one how", "c0_3", "怎么走访的？"},
			{"text", "c8_2", "下次哪天来？"},
			{"select_one grade", "c8_1", "几级？"},
		}},
		{Name: "choices", Rows: [][]string{{"list_name", "name", "label"}, {"how", "door", "上门"}, {"how", "摩托车", "骑摩托车"}, {"grade", "1", "一级"}}},
		{Name: "settings", Rows: [][]string{{"form_id", "version", "form_title"}, {"child-visit", "9", "孩子走访"}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	c, err := Check(save(t, "问卷.xlsx", raw))
	if err != nil || c.Form != nil {
		t.Fatalf("%v, accepted %v", err, c.Form != nil)
	}
	for code, place := range map[casework.Code]string{
		"questionnaires.visit_missing": "survey", "questionnaires.visit_type": "survey!3:3", "questionnaires.visit_code": "survey!2:2",
	} {
		i := slices.IndexFunc(c.Findings, func(f sheet.Finding) bool { return f.Code == code })
		if i < 0 || c.Findings[i].Place() != place {
			t.Errorf("%s is not at %s in\n%s", code, place, c.Findings)
		}
	}
	for _, tag := range []string{"zh", "en"} {
		text := strings.Join(ReportOf(c, speaker(t, tag)).Lines(speaker(t, tag)), "\n")
		for _, want := range []string{"c0_4", "c8_2", "摩托车", "door, phone"} {
			if !strings.Contains(text, want) || strings.Contains(text, "<no value>") || strings.Contains(text, "[error.") {
				t.Errorf("%s: %q in\n%s", tag, want, text)
			}
		}
	}
}

func TestPlacingKeepsEverythingElse(t *testing.T) {
	tables := packs.Default()
	d, err := form.Load((&form.Definition{
		FormID: "winter", Version: "1", Root: "data", Title: form.Text{"": "取暖"},
		Items: []*form.Item{{Kind: form.Question, Type: form.TypeText, Name: "a", Path: "/data/a", Label: form.Text{"": "甲"}}},
	}).Encode())
	if err != nil {
		t.Fatal(err)
	}
	p, err := Place(tables, d)
	if err != nil || p.Same || p.Before != nil || len(p.Keep) != 3 {
		t.Fatalf("%v %+v", err, p.Keep)
	}
	if len(tables.Forms) != 2 || len(p.Tables.Forms) != 3 || len(p.Tables.Frequencies) != len(tables.Frequencies) {
		t.Error("the tables that were given have changed, or something was lost")
	}
	again, err := packs.Load(p.Tables.Encode())
	if err != nil {
		t.Fatal(err)
	}
	if got, err := again.Form("winter"); err != nil || got.Hash() != d.Hash() {
		t.Error("the questionnaire does not come back as it was:", err)
	}
	if same, err := Place(again, d); err != nil || !same.Same {
		t.Error("the same again is a change:", err)
	}
	for i := range mostForms {
		again.Forms["f"+itoa(i)] = again.Forms["winter"]
	}
	delete(again.Forms, "winter")
	if _, err := Place(again, d); casework.CodeOf(err) != "questionnaires.too_many" {
		t.Error(err)
	}
}
