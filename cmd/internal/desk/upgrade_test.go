package desk_test

import (
	"crypto/rand"
	"encoding/json"
	"io"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/casework/packs"
	"doorstep/cmd/internal/desk"
	"doorstep/tui/book"
)

// rewritten is the child's questionnaire with another version, without one question and
// with a new one that must be answered.
func rewritten(t *testing.T, version string) *form.Definition {
	t.Helper()
	def, err := packs.Default().Form(packs.ChildVisit)
	if err != nil {
		t.Fatal(err)
	}
	var raw map[string]any
	if err := json.Unmarshal(def.Encode(), &raw); err != nil {
		t.Fatal(err)
	}
	raw["version"] = version
	for _, group := range raw["items"].([]any) {
		g := group.(map[string]any)
		if g["name"] != "c0" {
			continue
		}
		items := slices.DeleteFunc(g["items"].([]any), func(it any) bool { return it.(map[string]any)["name"] == "c0_6" })
		g["items"] = append(items, map[string]any{
			"kind": "question", "type": "text", "name": "c0_9", "path": "/" + def.Root + "/c0/c0_9",
			"label": map[string]string{"zh": "新问的一句"}, "required": "true()", "row": 900,
		})
	}
	body, err := json.Marshal(raw)
	if err != nil {
		t.Fatal(err)
	}
	out, err := form.Load(body)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// half begins a visit to 林小溪 and answers its first questions.
func half(t *testing.T, d *desk.Desk, w *town) *book.Session {
	t.Helper()
	s := begin(t, d, w.invented.Scene.Lin)
	for _, a := range [][2]string{{"c0_3", "door"}, {"c0_4", "met"}, {"c0_5", "child"}, {"c0_6", "yes"}, {"c1_1", "grandparents"}, {"c6_2", "no"}} {
		c, err := s.Form.Set(s.Form.Definition().Find(a[0]).Path, a[1])
		if err != nil {
			t.Fatal(err)
		}
		if err := d.Answered(t.Context(), s.Draft, c); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

func drafts(t *testing.T, d *desk.Desk) []book.Draft {
	t.Helper()
	list, err := d.Drafts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestADraftGoesOnWithANewerQuestionnaireAndTheOldOneStays(t *testing.T) {
	w := newTown(t)
	d := w.zhang(filepath.Join(t.TempDir(), "laptop"))
	defer closing(t, d)
	first := half(t, d, w)
	if _, err := d.Upgrade(t.Context(), first.Draft); casework.CodeOf(err) != "desk.no_newer" {
		t.Error("nothing newer is there:", err)
	}
	w.publish(rewritten(t, "2026.12.5"))
	w.sync(d)
	if s := resume(t, d, first); !s.Newer {
		t.Error("the visit does not know that there is a newer one")
	}
	u, err := d.Upgrade(t.Context(), first.Draft)
	if err != nil {
		t.Fatal(err)
	}
	if u.Name != "林小溪" || len(u.Kept) < 5 || len(u.Dropped) != 1 || u.Dropped[0].Notes[0].Key != "form.lost.question" || len(u.Asked) == 0 {
		t.Fatalf("%+v", u)
	}
	if !slices.ContainsFunc(u.Asked, func(l book.UpgradeLine) bool { return l.Label == "新问的一句" && l.Must }) {
		t.Errorf("%+v", u.Asked)
	}
	for _, l := range u.Kept {
		if l.Label == "孩子的安全，有没有让你不放心的？" && !l.Secret {
			t.Error("an answer about harm would be read out")
		}
	}
	if len(drafts(t, d)) != 1 {
		t.Fatal("a dry run has done something")
	}

	next, err := d.TakeUpgrade(t.Context(), first.Draft)
	if err != nil {
		t.Fatal(err)
	}
	list := drafts(t, d)
	if len(list) != 2 || list[0].ID != next || list[0].Old || list[0].Outdate || list[1].ID != first.Draft || !list[1].Old {
		t.Fatalf("%+v", list)
	}
	old := resume(t, d, first)
	if v, _ := old.Form.View(old.Form.Definition().Find("c0_6").Path); v.Value != "yes" || old.Newer {
		t.Error("the old draft is not as it was", v.Value, old.Newer)
	}
	fresh, err := d.Resume(t.Context(), next)
	if err != nil {
		t.Fatal(err)
	}
	if v, _ := fresh.Form.View(fresh.Form.Definition().Find("c1_1").Path); v.Value != "grandparents" || fresh.Newer {
		t.Error("what could be kept is not there", v.Value)
	}

	// Thrown away, the new one leaves the old one as if nothing had been.
	if err := d.Discard(t.Context(), next, "先用旧的"); err != nil {
		t.Fatal(err)
	}
	if list := drafts(t, d); len(list) != 1 || list[0].Old || !list[0].Outdate {
		t.Fatalf("%+v", list)
	}
	// Finished, it ends the old one with it.
	if next, err = d.TakeUpgrade(t.Context(), first.Draft); err != nil {
		t.Fatal(err)
	}
	if fresh, err = d.Resume(t.Context(), next); err != nil {
		t.Fatal(err)
	}
	answer(t, d, fresh, nil)
	if _, err := d.Finish(t.Context(), fresh); err != nil {
		t.Fatal(err)
	}
	if list := drafts(t, d); len(list) != 0 {
		t.Fatalf("%+v", list)
	}
}

// failing is randomness that ends after so many reads: no further line can be sealed then.
type failing struct{ left int }

func (f *failing) Read(p []byte) (int, error) {
	if f.left--; f.left < 0 {
		return 0, io.ErrUnexpectedEOF
	}
	return io.ReadFull(rand.Reader, p)
}

func TestThePowerGoesWhileADraftGoesOver(t *testing.T) {
	w := newTown(t)
	dir := filepath.Join(t.TempDir(), "laptop")
	d := w.zhang(dir)
	first := half(t, d, w)
	w.publish(rewritten(t, "2026.12.5"))
	w.sync(d)
	closing(t, d)
	want, whole := 0, 0
	for reads := 1; reads < 60; reads++ {
		k := w.keeper(dir)
		chance := &failing{left: 1 << 30}
		k.Store.Rand = chance
		d, err := k.Desk(t.Context(), []byte(words))
		if err != nil {
			t.Fatal(err)
		}
		chance.left = reads
		_, err = d.TakeUpgrade(t.Context(), first.Draft)
		chance.left = 1 << 30
		list := drafts(t, d)
		switch {
		case err != nil && len(list) == 1 && list[0].ID == first.Draft && !list[0].Old:
			want++ // the old one alone
		case len(list) == 2 && list[1].ID == first.Draft && list[1].Old: // whole, whatever was said
			whole++
			if err := d.Discard(t.Context(), list[0].ID, "试试"); err != nil {
				t.Fatal(err)
			}
		default:
			t.Fatalf("after %d reads: %v\n%+v", reads, err, list)
		}
		if v := resume(t, d, first); len(v.Form.Journal()) != 7 {
			t.Fatal("the old draft lost something:", len(v.Form.Journal()))
		}
		closing(t, d)
		if whole > 2 {
			break
		}
	}
	if want == 0 || whole == 0 {
		t.Error("the power went nowhere that matters:", want, whole)
	}
}

func TestSeveralDraftsAtOnceGoOnEachByItself(t *testing.T) {
	w := newTown(t)
	dir := filepath.Join(t.TempDir(), "laptop")
	d := w.zhang(dir)
	one := half(t, d, w)
	day, _ := d.Today()
	a, err := d.Agenda(t.Context(), day)
	if err != nil {
		t.Fatal(err)
	}
	w.later(time.Hour)
	two := begin(t, d, a.Lines[1].Person)
	first := two.Form.Definition().Find("e0_2")
	c, err := two.Form.Set(first.Path, "door")
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Answered(t.Context(), two.Draft, c); err != nil {
		t.Fatal(err)
	}
	closing(t, d)
	if d, err = w.keeper(dir).Desk(t.Context(), []byte(words)); err != nil {
		t.Fatal(err)
	}
	defer closing(t, d)
	list := drafts(t, d)
	if len(list) != 2 || list[0].ID != two.Draft || list[1].ID != one.Draft || !list[0].Saved.After(list[1].Saved) {
		t.Fatalf("%+v", list)
	}
	for i, s := range []*book.Session{two, one} {
		back := resume(t, d, s)
		if string(back.Form.Submission()) != string(s.Form.Submission()) || !back.Resumed.Equal(list[i].Saved) {
			t.Errorf("draft %d is not as it was left at %v", i, list[i].Saved)
		}
	}
}
