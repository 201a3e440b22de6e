package desk_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/cmd/internal/desk"
	"doorstep/cmd/internal/questionnaires"
	"doorstep/store/sheet"
	"doorstep/tui/book"
)

// revised is the bureau's child questionnaire with another version and one more question
// behind c0_4, read as the office would have it checked.
func revised(t *testing.T, version, question string) *form.Definition {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("..", "..", "..", "casework", "packs", "child-visit.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	b, err := sheet.OpenBook("child-visit.xlsx", raw)
	if err != nil {
		t.Fatal(err)
	}
	var pages []sheet.Page
	for _, g := range b.Sheets {
		p := sheet.Page{Name: g.Name}
		column := func(heading string) int {
			for c := 1; c <= g.Cols; c++ {
				if g.At(1, c).Text == heading {
					return c
				}
			}
			return 0
		}
		for r := 1; r <= g.Rows; r++ {
			row := make([]string, g.Cols)
			for c := range row {
				row[c] = g.At(r, c+1).Text
			}
			if c := column("version"); g.Name == "settings" && r == 2 {
				row[c-1] = version
			}
			p.Rows = append(p.Rows, row)
			if g.Name == "survey" && g.At(r, column("name")).Text == "c0_4" {
				more := make([]string, g.Cols)
				for heading, text := range map[string]string{
					"type": "text", "name": question, "label::中文 (zh)": "新问的一句：" + question, "label::English (en)": "A new question: " + question,
				} {
					more[column(heading)-1] = text
				}
				p.Rows = append(p.Rows, more)
			}
		}
		pages = append(pages, p)
	}
	if raw, err = sheet.WriteBook(pages); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "孩子走访.xlsx")
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := questionnaires.Check(path)
	if err != nil || c.Form == nil {
		t.Fatalf("%v\n%s", err, c.Findings)
	}
	return c.Form
}

func (w *town) publish(def *form.Definition) {
	w.t.Helper()
	if _, err := w.district.PublishForm(w.t.Context(), def); err != nil {
		w.t.Fatal(err)
	}
}

func begin(t *testing.T, d *desk.Desk, who casework.RecordID) *book.Session {
	t.Helper()
	s, err := d.Begin(t.Context(), book.Beginning{Persons: []casework.RecordID{who}, Depth: 3})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func resume(t *testing.T, d *desk.Desk, s *book.Session) *book.Session {
	t.Helper()
	again, err := d.Resume(t.Context(), s.Draft)
	if err != nil {
		t.Fatal(err)
	}
	return again
}

func TestANewVersionArrivesWithTheNextExchangeAndADraftKeepsItsQuestions(t *testing.T) {
	w := newTown(t)
	d := w.zhang(filepath.Join(t.TempDir(), "laptop"))
	defer closing(t, d)
	lin := w.invented.Scene.Lin
	first := begin(t, d, lin)
	original := first.Form.Definition().Version

	second, third := revised(t, "2026.12.1", "new_one"), revised(t, "2026.12.2", "new_two")
	w.publish(second)
	if s := resume(t, d, first); s.Form.Definition().Version != original {
		t.Error("a version arrived without an exchange")
	}
	w.sync(d)
	old := resume(t, d, first)
	if old.Form.Definition().Version != original || old.Form.Definition().Find("new_one") != nil {
		t.Error("the draft changed its questions")
	}
	fresh := begin(t, d, lin)
	if fresh.Form.Definition().Version != "2026.12.1" || fresh.Form.Definition().Find("new_one") == nil {
		t.Error("a new visit has the old questions:", fresh.Form.Definition().Version)
	}
	drafts, err := d.Drafts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range drafts {
		if b.Outdate != (b.ID == first.Draft) {
			t.Errorf("%+v", b)
		}
	}

	// A version that no program carries and no district publishes any more.
	answer(t, d, fresh, map[string]string{"c0_3": "door", "c0_4": "met", "c0_5": "child", "new_one": "想学画画"})
	done, err := d.Finish(t.Context(), fresh)
	if err != nil {
		t.Fatal(err)
	}
	waiting := begin(t, d, lin)
	w.publish(third)
	w.sync(d)
	if v := resume(t, d, waiting).Form.Definition().Version; v != "2026.12.1" {
		t.Error("a draft of the version between changed to", v)
	}
	if v := begin(t, d, lin).Form.Definition().Version; v != "2026.12.2" {
		t.Error("a new visit has", v)
	}
	again := w.zhang(filepath.Join(t.TempDir(), "another laptop"))
	defer closing(t, again)
	for _, d := range []*desk.Desk{d, again} {
		page, err := d.Visit(t.Context(), done.Visit)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(page.Facts, func(f book.Fact) bool {
			return f.Label.Text == "新问的一句：new_one" && f.Value == "想学画画"
		}) {
			t.Errorf("the visit is not read with its own questions: %d facts", len(page.Facts))
		}
	}
}

func TestAVersionIsNotUsedTwice(t *testing.T) {
	w := newTown(t)
	a, b, c := revised(t, "2026.12.1", "new_one"), revised(t, "2026.12.1", "new_two"), revised(t, "2026.12.2", "new_two")
	w.publish(a)
	if p, err := w.district.PublishForm(t.Context(), a); err != nil || !p.Same {
		t.Errorf("the same again: %+v %v", p.Same, err)
	}
	refused := func(when string) {
		if _, err := w.district.PublishForm(t.Context(), b); casework.CodeOf(err) != "questionnaires.version_used" {
			t.Errorf("%s: %v", when, err)
		}
	}
	refused("while it is current")
	w.publish(c)
	refused("after it was replaced")
	if p, err := w.district.PublishForm(t.Context(), a); err != nil || p.Before.Version != "2026.12.2" {
		t.Errorf("back to the version before: %v", err)
	}
}
