package desk_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/casework/packs"
	"doorstep/casework/task"
	"doorstep/cmd/internal/desk"
	"doorstep/tui/book"
)

// 陈晓雨 has an order on record. The report about it is written by who was at the door, read by
// who must act, and seen by nobody who is implicated.
func TestAReportIsWrittenSentAndNotReadBack(t *testing.T) {
	w := newTown(t)
	zhang := w.zhang(filepath.Join(t.TempDir(), "laptop"))
	defer closing(t, zhang)
	good, bad := w.staff("李督导", casework.RoleChildSupervisor), w.staff("王督导", casework.RoleChildSupervisor)
	bureau := w.staff("马科长", casework.RoleChildOfficer)
	w.sync(zhang) // knows them now
	chen := w.invented.Scene.Urgent
	before, err := zhang.File(t.Context(), chen)
	if err != nil || len(before.Urgent) != 1 {
		t.Fatal(before.Urgent, err)
	}
	order := before.Urgent[0].ID
	if err := zhang.Attend(t.Context(), order, book.Attention{Step: "called", At: w.clock(), Officer: "王警官 031", Note: "110"}); err != nil {
		t.Fatal(err)
	}
	w.later(time.Minute)
	s := beginForm(t, zhang, book.FormBeginning{Form: packs.MandatoryReport, Urgent: order, Triggers: []string{"HT-D", "HT-A"}})
	for q, want := range map[string]string{"r_codes": "MR9", "r_left_behind": "alone", "r_who": "陈晓雨", "r_where": "竹岛村", "r_called_at": "2026-11-23 09:00 110", "r_person": "child"} {
		path, _ := s.Form.Path(q)
		if v, _ := s.Form.View(path); !strings.Contains(v.Value, want) {
			t.Errorf("%s is %q", q, v.Value)
		}
	}
	if p := phrase(w, s.Title); strings.ContainsAny(p, "报强警") {
		t.Error("the header tells what it is:", p)
	}
	fill(t, zhang, s, "r_seen=手臂有三处旧伤", "r_codes=MR4", "r_to=supervisor station", "r_implicated=镇里的王督导是他舅舅", "r_found_at=2026-11-23 08:50")
	f, err := zhang.Finish(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	if len(f.Filed.Results) != 0 {
		t.Error("the page at the end repeats what was written:", f.Filed.Results)
	}
	var tasks []string
	for _, p := range f.Filed.Tasks {
		tasks = append(tasks, p.Text+" "+p.Until.String())
	}
	if want := []string{"给督导员补材料 2026-11-24", "问一下有没有回音 2026-11-27"}; !slices.Equal(tasks, want) {
		t.Error(tasks)
	}
	// On her own screens there is a day, and that it has gone.
	w.sync(zhang)
	w.sync(zhang)
	file, err := zhang.File(t.Context(), chen)
	if err != nil {
		t.Fatal(err)
	}
	if len(file.Forms) != 1 || phrase(w, file.Forms[0].Title) != "情况记录" || file.Forms[0].Result.Said() || file.Forms[0].Where.State != "received" {
		t.Errorf("%+v", file.Forms)
	}
	if len(file.Visits) != len(before.Visits) || len(file.Urgent) != 2 {
		t.Errorf("%d visits, %+v", len(file.Visits), file.Urgent)
	}
	for _, p := range file.Promises {
		if strings.Contains(p.Text, "督导员") {
			t.Error("among the promises:", p.Text)
		}
	}
	page, err := zhang.Visit(t.Context(), f.Visit)
	if err != nil || len(page.Facts) != 0 || !page.Held || page.Filled.Again != "" || strings.Contains(page.Title, "报告") {
		t.Errorf("%+v %v", page, err)
	}
	r, err := zhang.Store().Record(t.Context(), f.Visit)
	if err != nil || casework.FilledFormOf(r).Form != "" {
		t.Error("she reads it back", err)
	}

	// The supervisor who is to act reads all of it; the one named in it has neither the
	// record nor the order; the bureau has both.
	for name, c := range map[string]struct {
		reads bool
		d     *desk.Desk
	}{"good": {true, good}, "bad": {false, bad}, "bureau": {true, bureau}} {
		w.sync(c.d)
		file, err := c.d.File(t.Context(), chen)
		if err != nil {
			t.Fatal(name, err)
		}
		page, err := c.d.Visit(t.Context(), f.Visit)
		if !c.reads {
			if len(file.Forms) != 0 || len(page.Facts) != 0 || len(file.Urgent) != 0 {
				t.Errorf("%s is implicated and sees %+v %+v", name, file.Forms, file.Urgent)
			}
			continue
		}
		if len(file.Forms) != 1 || phrase(w, file.Forms[0].Title) != "情况记录" {
			t.Errorf("%s: %+v", name, file.Forms)
		}
		if err != nil || !slices.ContainsFunc(page.Facts, func(f book.Fact) bool { return f.Value == "手臂有三处旧伤" }) {
			t.Errorf("%s: %+v %v", name, page.Facts, err)
		}
		kinds := map[string]int{}
		for _, x := range c.d.Store().Tasks(chen) {
			kinds[x.TrueKind]++
			if x.Open() && task.Title(x, w.speaker) == "" {
				t.Error("a task without a title")
			}
		}
		if kinds["report"] != 2 {
			t.Errorf("%s: %v", name, kinds)
		}
	}
}

// She learns afterwards that a supervisor is implicated, and says so on the order: the report
// and everything it asks for are gone from his sight, too.
func TestWhoIsImplicatedAfterwardsLosesSightOfAllOfIt(t *testing.T) {
	w := newTown(t)
	zhang := w.zhang(filepath.Join(t.TempDir(), "laptop"))
	defer closing(t, zhang)
	late, good := w.staff("赵督导", casework.RoleChildSupervisor), w.staff("李督导", casework.RoleChildSupervisor)
	w.sync(zhang)
	chen := w.invented.Scene.Urgent
	file, err := zhang.File(t.Context(), chen)
	if err != nil {
		t.Fatal(err)
	}
	order := file.Urgent[0].ID
	s := beginForm(t, zhang, book.FormBeginning{Form: packs.MandatoryReport, Urgent: order})
	fill(t, zhang, s, "r_seen=手臂有伤", "r_to=supervisor")
	f, err := zhang.Finish(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	w.sync(zhang)
	w.sync(late)
	if file, _ := late.File(t.Context(), chen); len(file.Forms) != 1 || len(file.Urgent) != 2 {
		t.Fatalf("%+v", file.Urgent)
	}
	o, err := zhang.Order(t.Context(), order)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range o.People {
		if c.Name == "赵督导" {
			if err := zhang.Attend(t.Context(), order, book.Attention{Step: "exclude", At: w.clock(), Exclude: []casework.WorkerID{c.ID}}); err != nil {
				t.Fatal(err)
			}
		}
	}
	w.sync(zhang)
	for d, reads := range map[*desk.Desk]bool{late: false, good: true} {
		w.sync(d)
		file, err := d.File(t.Context(), chen)
		if err != nil {
			t.Fatal(err)
		}
		page, _ := d.Visit(t.Context(), f.Visit)
		if (len(file.Forms) == 1) != reads || (len(file.Urgent) == 2) != reads || (len(page.Facts) > 0) != reads || len(file.Promises) > 0 && !reads {
			t.Errorf("reads %v: %+v %+v %+v", reads, file.Forms, file.Urgent, file.Promises)
		}
	}
}

// What was told to the bureau alone, the bureau alone reads.
func TestAReportForTheBureauAloneIsSealed(t *testing.T) {
	w := newTown(t)
	zhang := w.zhang(filepath.Join(t.TempDir(), "laptop"))
	defer closing(t, zhang)
	supervisor, bureau := w.staff("李督导", casework.RoleChildSupervisor), w.staff("马科长", casework.RoleChildOfficer)
	lin := w.invented.Scene.Lin
	s := beginForm(t, zhang, book.FormBeginning{Form: packs.MandatoryReport, Person: lin})
	fill(t, zhang, s, "r_to=bureau", "r_seen=不敢告诉镇里")
	f, err := zhang.Finish(t.Context(), s)
	if err != nil || f.Tasks != 3 {
		t.Fatal(f.Tasks, err)
	}
	w.sync(zhang)
	w.sync(supervisor)
	w.sync(bureau)
	if file, _ := supervisor.File(t.Context(), lin); len(file.Forms) != 0 {
		t.Errorf("%+v", file.Forms)
	}
	if page, err := bureau.Visit(t.Context(), f.Visit); err != nil || len(page.Facts) == 0 {
		t.Errorf("%+v %v", page, err)
	}
}

func TestAnEmptyReportIsNotHeldUp(t *testing.T) {
	w := newTown(t)
	zhang := w.zhang(filepath.Join(t.TempDir(), "laptop"))
	defer closing(t, zhang)
	w.cut()
	s := beginForm(t, zhang, book.FormBeginning{Form: packs.MandatoryReport, Person: w.invented.Scene.Zhou})
	if _, err := zhang.Finish(t.Context(), s); err != nil {
		t.Fatal(err)
	}
}

func TestAFormOfTheDraftsIsNoVisitToGoOnWith(t *testing.T) {
	w := newTown(t)
	visitor := w.staff("周敏", casework.RoleElderVisitor)
	sun := w.invented.Scene.Sun
	one := beginForm(t, visitor, book.FormBeginning{Form: packs.AbilityAssessment, Person: sun})
	two := beginForm(t, visitor, book.FormBeginning{Form: packs.HomeAdaptation, Person: sun})
	visit := begin(t, visitor, sun)
	path, _ := one.Form.Path("a_kind")
	c, err := one.Form.Set(path, "screening")
	if err != nil {
		t.Fatal(err)
	}
	if err := visitor.Answered(t.Context(), one.Draft, c); err != nil {
		t.Fatal(err)
	}
	file, err := visitor.File(t.Context(), sun)
	if err != nil || len(file.Drafts) != 1 || file.Drafts[0].ID != visit.Draft {
		t.Errorf("%+v %v", file.Drafts, err)
	}
	m, err := visitor.Forms(t.Context(), sun)
	if err != nil || len(m.Drafts) != 2 || !m.Drafts[0].Beside {
		t.Errorf("%+v %v", m.Drafts, err)
	}
	again := resume(t, visitor, one)
	if v, _ := again.Form.View(path); v.Value != "screening" || again.Title.Key != "forms.title.ability-assessment" || again.Person.Person != sun {
		t.Errorf("%+v", again)
	}
	if err := visitor.Discard(t.Context(), two.Draft, "开错了"); err != nil {
		t.Fatal(err)
	}
	if m, _ := visitor.Forms(t.Context(), sun); len(m.Drafts) != 1 {
		t.Errorf("%+v", m.Drafts)
	}
}

func TestAResultGoesIntoTheFileOnHerWord(t *testing.T) {
	w := newTown(t)
	visitor := w.staff("周敏", casework.RoleElderVisitor)
	sun := w.invented.Scene.Sun
	assess := func(kind string, lost int) book.Finished {
		w.later(time.Minute)
		s := beginForm(t, visitor, book.FormBeginning{Form: packs.AbilityAssessment, Person: sun})
		fill(t, visitor, s, append([]string{"a_kind=" + kind, "a_date=2026-11-23", "a4_disorder=no", "a4_events=0", "a5_coma=no"}, scored(lost)...)...)
		f, err := visitor.Finish(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	if f := assess("screening", 60); f.Filed.Adopt.Said() {
		t.Error("a screening is offered for the file")
	} else if err := visitor.Adopt(t.Context(), f.Visit); casework.CodeOf(err) != "desk.form_no_result" {
		t.Error(err)
	}
	f := assess("official", 30)
	if p, _ := visitor.Store().Person(sun); p.Ability.Level != "" {
		t.Error("written by itself:", p.Ability)
	}
	if got := phrase(w, f.Filed.Adopt); !strings.Contains(got, "能力中度受损") {
		t.Error(got)
	}
	if err := visitor.Adopt(t.Context(), f.Visit); err != nil {
		t.Fatal(err)
	}
	if p, _ := visitor.Store().Person(sun); p.Ability.Level != "2" || p.Ability.Scale != "gbt42195" || p.Ability.On.String() != "2026-11-23" {
		t.Errorf("%+v", p.Ability)
	}
}

func TestAFormIsCorrectedByANewOneOrTakenBack(t *testing.T) {
	w := newTown(t)
	clerk, other := w.staff("孙志远", casework.RoleAidClerk), w.staff("另一个", casework.RoleAidClerk)
	zhou := w.invented.Scene.Zhou
	care := func(b book.FormBeginning, minutes string) casework.RecordID {
		w.later(time.Minute)
		b.Form, b.Person = packs.CareRecord, zhou
		s := beginForm(t, clerk, b)
		fill(t, clerk, s, "service+", "service[1]/s_date=2026-11-16", "service[1]/s_minutes="+minutes, "service[1]/s_items=meals")
		f, err := clerk.Finish(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		return f.Visit
	}
	first := care(book.FormBeginning{}, "120")
	if _, err := clerk.BeginForm(t.Context(), book.FormBeginning{Form: packs.CareRecord, Person: zhou, Corrects: first}); casework.CodeOf(err) != "laptop.reason_missing" {
		t.Error(err)
	}
	second := care(book.FormBeginning{Corrects: first, Reason: "分钟写错了"}, "180")
	if a, b := cares(t, clerk, first), cares(t, clerk, second); a != 0 || b != 1 {
		t.Errorf("%d and %d care entries stand", a, b)
	}
	w.sync(clerk)
	w.sync(other)
	file, err := other.File(t.Context(), zhou)
	if err != nil || len(file.Forms) != 3 || file.Forms[0].Removed || !file.Forms[1].Removed || file.Forms[0].Mine {
		t.Errorf("%+v %v", file.Forms, err)
	}
	if err := other.Withdraw(t.Context(), second, "不是我的"); casework.CodeOf(err) != "desk.form_not_yours" {
		t.Error(err)
	}
	if err := clerk.Withdraw(t.Context(), second, "填错了人"); err != nil {
		t.Fatal(err)
	}
	if n := cares(t, clerk, second); n != 0 {
		t.Error(n, "care entries stand")
	}
	w.sync(clerk)
	if st := clerk.Status(); st.Kept != 0 || st.PendingOther != 0 {
		t.Errorf("%+v", st)
	}
}

// The bureau's own version of a form is used from the next exchange on, and a draft keeps its questions.
func TestTheBureausOwnVersionOfAForm(t *testing.T) {
	w := newTown(t)
	visitor := w.staff("周敏", casework.RoleElderVisitor)
	sun := w.invented.Scene.Sun
	old := beginForm(t, visitor, book.FormBeginning{Form: packs.NoticeConsent, Person: sun})
	f, err := packs.FormByID(packs.NoticeConsent)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := f.Compiled()
	if err != nil {
		t.Fatal(err)
	}
	newer, err := form.Load([]byte(strings.Replace(string(raw), `"version":"`, `"version":"区-`, 1)))
	if err != nil {
		t.Fatal(err)
	}
	w.publish(newer)
	w.sync(visitor)
	s := beginForm(t, visitor, book.FormBeginning{Form: packs.NoticeConsent, Person: sun})
	if v := s.Form.Definition().Version; !strings.HasPrefix(v, "区-") {
		t.Error("the version is", v)
	}
	fill(t, visitor, s, "n_date=2026-11-23", "n_who=self", "n_by=self", "n_capable=yes")
	done, err := visitor.Finish(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	if page, err := visitor.Visit(t.Context(), done.Visit); err != nil || len(page.Facts) == 0 || page.Facts[0].Label.Text == "n_version" {
		t.Errorf("%+v %v", page.Facts, err)
	}
	m, err := visitor.Forms(t.Context(), sun)
	if err != nil || len(m.Drafts) != 1 || !m.Drafts[0].Outdate || m.Drafts[0].ID != old.Draft {
		t.Errorf("%+v %v", m.Drafts, err)
	}
	kept := resume(t, visitor, old)
	if v := kept.Form.Definition().Version; strings.HasPrefix(v, "区-") || !kept.Newer {
		t.Error("the draft changed its questions, or does not say that there are newer ones:", v)
	}
	// She goes on with the newer one: still a form, and named as lists name it.
	next, err := visitor.TakeUpgrade(t.Context(), old.Draft)
	if err != nil {
		t.Fatal(err)
	}
	again, err := visitor.Resume(t.Context(), next)
	if err != nil || again.Title.Key != "forms.title.notice-consent" || !strings.HasPrefix(again.Form.Definition().Version, "区-") {
		t.Errorf("%+v %v", again, err)
	}
}

// A newer version does not tell on a list of drafts what a protected form is.
func TestANewerVersionOfAProtectedFormStaysQuiet(t *testing.T) {
	w := newTown(t)
	visitor := w.staff("周敏", casework.RoleElderVisitor)
	old := beginForm(t, visitor, book.FormBeginning{Form: packs.MandatoryReport, Person: w.invented.Scene.Sun})
	f, err := packs.FormByID(packs.MandatoryReport)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := f.Compiled()
	if err != nil {
		t.Fatal(err)
	}
	newer, err := form.Load([]byte(strings.Replace(string(raw), `"version":"`, `"version":"区-`, 1)))
	if err != nil {
		t.Fatal(err)
	}
	w.publish(newer)
	w.sync(visitor)
	u, err := visitor.Upgrade(t.Context(), old.Draft)
	if err != nil || strings.Contains(u.Title, "报告") {
		t.Error(u.Title, err)
	}
	if _, err := visitor.TakeUpgrade(t.Context(), old.Draft); err != nil {
		t.Fatal(err)
	}
	drafts, err := visitor.Drafts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range drafts {
		if strings.Contains(d.Title, "报告") || strings.Contains(d.Title, "强制") {
			t.Error("a draft is called", d.Title)
		}
	}
}

// The files are closed because the district was not heard of for a fortnight. The report is
// written all the same, about somebody who is named and not looked up.
func TestAReportWaitsForNoLease(t *testing.T) {
	w := newTown(t)
	zhang := w.zhang(filepath.Join(t.TempDir(), "laptop"))
	defer closing(t, zhang)
	w.later(20 * 24 * time.Hour)
	if !zhang.Lapse().Closed {
		t.Fatal("the files are open")
	}
	found := zhang.Named("陈晓雨")
	if len(found) != 1 {
		t.Fatal(found)
	}
	m, err := zhang.Forms(t.Context(), found[0].Person)
	if err != nil || len(m.Choices) != 2 {
		t.Fatalf("%+v %v", m, err)
	}
	s := beginForm(t, zhang, book.FormBeginning{Form: packs.MandatoryReport, Person: found[0].Person})
	fill(t, zhang, s, "r_seen=手臂有伤", "r_to=supervisor")
	f, err := zhang.Finish(t.Context(), s)
	if err != nil || f.Tasks != 3 {
		t.Fatal(f.Tasks, err)
	}
	w.sync(zhang)
	if st := zhang.Status(); st.Kept != 0 || st.Pending+st.PendingOther != 0 {
		t.Errorf("%+v", st)
	}
	if file, err := zhang.File(t.Context(), found[0].Person); err != nil || len(file.Forms) != 1 {
		t.Errorf("%+v %v", file.Forms, err)
	}
}
