package casework_test

import (
	"bytes"
	"encoding/json"
	"math/rand"
	"slices"
	"testing"
	"time"

	"doorstep/casework"
)

// office is two workers who write without seeing each other's work.
type office struct {
	t          testing.TB
	state      *casework.State
	zhang, min casework.Author
}

func newOffice(t testing.TB) *office {
	r := rand.New(rand.NewSource(7))
	at := casework.MustDay("2026-11-20").Time().Add(9 * time.Hour)
	author := func(n byte) casework.Author {
		return casework.Author{Worker: casework.WorkerID{ID: casework.ID{n}}, Now: func() time.Time { return at }, Rand: r}
	}
	return &office{t, casework.NewState(), author(1), author(2)}
}

func (o *office) apply(op casework.Op, err error) casework.RecordID {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
	if out := o.state.Apply(op, casework.Actor{Role: casework.RoleChildOfficer}); out.Verdict == casework.Quarantined {
		o.t.Fatalf("refused: %s", out.Reason)
	}
	return op.Record
}

func (o *office) create(kind casework.Kind, owner casework.RecordID, v casework.Values) casework.RecordID {
	id, err := o.zhang.NewRecord()
	if err != nil {
		o.t.Fatal(err)
	}
	return o.apply(o.zhang.Create(id, kind, owner, v))
}

// both edits the record from the same state, twice.
func (o *office) both(id casework.RecordID, one, two casework.Values) {
	seen := o.state.Records[id]
	o.apply(o.zhang.Edit(seen, one, "核对"))
	o.apply(o.min.Edit(seen, two, "核对"))
}

func (o *office) person(id casework.RecordID) casework.Person {
	return casework.PersonOf(o.state.Records[id])
}

func TestAPersonReadsAsItWasWritten(t *testing.T) {
	o := newOffice(t)
	home, _ := o.zhang.NewRecord()
	resident, err := casework.ParseResidentID("371002201809010042", casework.MustDay("2026-11-20"))
	if err != nil {
		t.Fatal(err)
	}
	id := o.create(casework.KindPerson, casework.RecordID{}, casework.Values{
		"name": "林𠮷·小\"溪", "sex": "2", "birth": casework.Date{Year: 2018, Month: 9, Day: 1}, "area": "371002103205",
		"duties": []string{"child"}, "grid": "3组", "household": home, "phones/a": "13900002231",
		"resident": resident.Register(), "child_categories": []string{"left_behind"}, "living": "grandparents",
		"guardian_name": "王秀英", "guardian_relation": "62", "guardian_phone": "13900002231",
		"father_state": "out_for_work", "father_place": "青岛", "mother_state": "lost_contact",
		"school": "竹岛小学", "education_stage": "primary", "grade_class": "三年级", "boarding": false,
		"standing_grade": "2", "standing_by": "督导员", "standing_on": casework.MustDay("2026-10-21"),
		"appointment": casework.Appointment{On: casework.MustDay("2026-11-23"), At: "14:00"},
		"caution":     "有狗，先打电话",
	})
	p := o.person(id)
	if p.Name != "林𠮷·小\"溪" || p.Sex != "2" || p.Household != home || p.Area() != "371002103205" || p.Grid != "3组" {
		t.Errorf("%+v", p)
	}
	if p.Resident.Reveal() != "371002201809010042" || !slices.Equal(p.Phones, []string{"13900002231"}) {
		t.Errorf("resident %v, phones %v", p.Resident, p.Phones)
	}
	if p.Guardian != (casework.Contact{Name: "王秀英", Relation: "62", Phone: "13900002231"}) {
		t.Errorf("guardian %+v", p.Guardian)
	}
	if p.Father.State != "out_for_work" || p.Father.Place != "青岛" || p.Mother.State != "lost_contact" {
		t.Errorf("parents %+v %+v", p.Father, p.Mother)
	}
	if p.Schooling.Class != "三年级" || p.Schooling.Stage != "primary" || p.Standing.Grade != 2 || p.Standing.On.String() != "2026-10-21" {
		t.Errorf("%+v %+v", p.Schooling, p.Standing)
	}
	if p.Appointment.At != "14:00" || p.Caution == "" || len(p.Conflicts) != 0 {
		t.Errorf("%+v", p)
	}
	if p.Age(casework.MustDay("2026-11-22")) != 8 || !p.IsChild(casework.MustDay("2026-11-22")) {
		t.Error("a girl born in 2018 is a child of eight")
	}
}

func TestWhileTwoPlacesDisagreeTheMoreSevereIsShown(t *testing.T) {
	o := newOffice(t)
	id := o.create(casework.KindPerson, casework.RecordID{}, casework.Values{
		"name": "孙玉兰", "area": "371002103205", "duties": []string{"elder"}, "standing_grade": "3", "living": "children",
		"elder_categories": []string{"EL7"}, "ability_level": "1", "ability_scale": "gbt42195",
	})
	o.both(id, casework.Values{
		"standing_grade": "2", "ability_level": "2", "living": "spouse", "elder_categories": []string{"EL1"}, "duties": []string{"elder", "aid"},
	}, casework.Values{
		"standing_grade": "1", "ability_level": "3", "living": "alone", "elder_categories": []string{"EL4"}, "area": "371002103206", "duties": []string{"child"},
	})
	p := o.person(id)
	if p.Standing.Grade != 1 || p.Ability.Level != "3" || p.Living != "alone" {
		t.Errorf("grade %d, ability %s, living %s", p.Standing.Grade, p.Ability.Level, p.Living)
	}
	if !slices.Equal(p.ElderCategories, []string{"EL1", "EL4"}) {
		t.Errorf("a category protects until someone decides: %v", p.ElderCategories)
	}
	if !slices.Equal(p.Duties, []casework.Duty{"elder", "aid", "child"}) {
		t.Errorf("nobody drops out of everyone's sight: %v", p.Duties)
	}
	for _, f := range []casework.Field{"standing", "living", "ability", "duties"} {
		if !p.InConflict(f) {
			t.Errorf("%s is not flagged", f)
		}
	}
	if p.InConflict("area") || p.InConflict("name") {
		t.Error("what only one changed is no conflict")
	}
}

func TestADeathThatOneSideDeniesIsNoDeath(t *testing.T) {
	o := newOffice(t)
	dead := casework.Values{"status": map[string]any{"exit": casework.Exit{Reason: "dead", On: casework.MustDay("2026-11-01"), Confirmed: true}}}
	id := o.create(casework.KindPerson, casework.RecordID{}, casework.Values{"name": "周大山", "status": map[string]any{}})
	o.both(id, dead, casework.Values{"status": map[string]any{"away": casework.Away{Reason: "hospital"}}})
	if p := o.person(id); p.Gone() || p.Exit.Reason != "" || p.Away.Reason != "" {
		t.Errorf("%+v", p)
	}
	other := o.create(casework.KindPerson, casework.RecordID{}, casework.Values{"name": "周小山"})
	o.apply(o.zhang.Edit(o.state.Records[other], dead, ""))
	if p := o.person(other); !p.Gone() || p.Exit.Reason != "dead" {
		t.Errorf("%+v", p)
	}
}

func TestAnAgeKnownToTheYearKeepsAChildOnTheListAndAnElderOnTheStrictSide(t *testing.T) {
	on := casework.MustDay("2026-11-22")
	for _, c := range []struct {
		birth       casework.Date
		least, most int
		child       bool
		elder       bool
	}{
		{casework.Date{Year: 2010, Month: 11, Day: 22}, 16, 16, true, false},
		{casework.Date{Year: 2010, Month: 11, Day: 23}, 15, 15, true, false},
		{casework.Date{Year: 2008}, 17, 18, true, false},
		{casework.Date{Year: 1966, Month: 11}, 59, 60, false, true},
		{casework.Date{Year: 1946, Month: 12, Day: 1}, 79, 79, false, true},
		{casework.Date{}, -1, -1, false, false},
	} {
		p := casework.Person{Birth: c.birth}
		least, most := p.Ages(on)
		if least != c.least || most != c.most || p.IsChild(on) != c.child || p.IsElder(on) != c.elder {
			t.Errorf("%v: %d to %d, child %v, elder %v", c.birth, least, most, p.IsChild(on), p.IsElder(on))
		}
	}
	unknown := casework.Person{Duties: []casework.Duty{casework.DutyChild}}
	if !unknown.IsChild(on) || unknown.IsElder(on) {
		t.Error("without a birth the line of work decides")
	}
}

func TestAVisitKeepsItsThreeKindsOfAnswersApartAndReadsThemAsOne(t *testing.T) {
	o := newOffice(t)
	owner := o.create(casework.KindPerson, casework.RecordID{}, casework.Values{"name": "林小溪"})
	day := casework.MustDay("2026-11-20")
	id := o.create(casework.KindVisit, owner, casework.Values{
		"date": day, "mode": "door", "result": "met", "seen": true, "depth": "full", "source": "screen", "grade": "2", "score": 24, "grade_class": 2,
		"unknowns": 1, "next": day.AddDays(14), "answers": map[string]any{"C2_1": "yes"}, "answers_personal": map[string]any{"C3_1": "good"},
		"answers_restricted": map[string]any{"C6_1": "old"}, "triggers": []string{"HT-M"}, "signature": casework.Signature{Subject: "paper", Paper: "12"},
	})
	full := casework.VisitOf(o.state.Records[id])
	if full.Person != owner || full.Date != day || !full.Seen || full.Grade != 2 || full.Score != 24 || full.Written != day || full.Worker != o.zhang.Worker {
		t.Errorf("%+v", full)
	}
	if len(full.Answers) != 3 || !full.Restricted["C6_1"] || full.Restricted["C2_1"] || full.GradeClass != casework.Restricted {
		t.Errorf("answers %v restricted %v", full.Answers, full.Restricted)
	}
	hers := casework.VisitOf(o.state.Records[id].As(casework.RoleChildDirector))
	if _, there := hers.Answers["C6_1"]; there || hers.Score != 0 || len(hers.Triggers) != 0 || hers.GradeClass != 0 || len(hers.Restricted) != 0 {
		t.Errorf("a village worker reads back more than she may: %+v", hers)
	}
	if hers.Grade != 2 || hers.Next != day.AddDays(14) || len(hers.Answers) != 2 {
		t.Errorf("and less than she may: %+v", hers)
	}
	data, _ := json.Marshal(hers)
	if bytes.Contains(data, []byte("HT-")) {
		t.Error("a trigger shines through")
	}

	o.apply(o.zhang.Edit(o.state.Records[id], casework.Values{"superseded_by": owner}, "认错人"))
	if s := casework.SummaryOf(o.state.Records[id]); !s.Superseded || s.Counts() {
		t.Error("a corrected visit still counts")
	}
}

func TestOfTwoDeadlinesTheEarlierHolds(t *testing.T) {
	o := newOffice(t)
	owner := o.create(casework.KindPerson, casework.RecordID{}, casework.Values{"name": "林小溪"})
	id := o.create(casework.KindTask, owner, casework.Values{"task_kind": "need", "title": "医保没缴", "due": casework.MustDay("2026-12-30"), "step": "open"})
	o.both(id, casework.Values{"due": casework.MustDay("2026-12-20")}, casework.Values{"due": casework.MustDay("2026-12-01")})
	got := casework.TaskOf(o.state.Records[id])
	if got.Due.String() != "2026-12-01" || !got.Open() || got.Overdue(casework.MustDay("2026-12-03")) != 2 || got.Overdue(casework.MustDay("2026-12-01")) != 0 {
		t.Errorf("%+v", got)
	}
}

func BenchmarkPersonOf(b *testing.B) {
	o := newOffice(b)
	id := o.create(casework.KindPerson, casework.RecordID{}, casework.Values{
		"name": "林小溪", "sex": "2", "birth": casework.Date{Year: 2017, Month: 5, Day: 1}, "area": "371002103205", "duties": []string{"child"},
		"grid": "3组", "address": "12号", "child_categories": []string{"left_behind"}, "living": "grandparents", "phones/a": "13900002231",
		"guardian_name": "王秀英", "guardian_relation": "62", "father_state": "out_for_work", "mother_state": "lost_contact", "standing_grade": "2",
	})
	r := o.state.Records[id]
	b.ReportAllocs()
	for b.Loop() {
		casework.PersonOf(r)
	}
}

func BenchmarkSummaryOf(b *testing.B) {
	o := newOffice(b)
	owner := o.create(casework.KindPerson, casework.RecordID{}, casework.Values{"name": "林小溪"})
	day := casework.MustDay("2026-11-20")
	id := o.create(casework.KindVisit, owner, casework.Values{
		"date": day, "mode": "door", "result": "met", "seen": true, "depth": "full", "source": "screen", "grade": "2", "unknowns": 1, "next": day,
	})
	r := o.state.Records[id]
	b.ReportAllocs()
	for b.Loop() {
		casework.SummaryOf(r)
	}
}

// A record made elsewhere may hold what no operation here would be let in with.
func TestWhatDrivesATerminalDoesNotLeaveARecord(t *testing.T) {
	esc := "红\x1b[31m色\u009b2J\u202e反\a\x7f"
	put := func(r casework.Record, v casework.Values) casework.Record {
		for f, x := range v {
			b, err := json.Marshal(x)
			if err != nil {
				t.Fatal(err)
			}
			r.Registers[f] = casework.Register{Value: b, Op: casework.OpID{ID: casework.ID{1}}}
		}
		return r
	}
	blank := func(k casework.Kind) casework.Record {
		return casework.Record{ID: casework.RecordID{ID: casework.ID{2}}, Kind: k, Registers: map[casework.Field]casework.Register{}}
	}
	p := casework.PersonOf(put(blank(casework.KindPerson), casework.Values{
		"name": esc, "address": esc, "caution": "“有狗”…先打电话", "appointment": map[string]string{"on": "2026-11-23", "note": esc},
		"schooling": map[string]string{"school": esc}, "guardian": map[string]string{"guardian_name": esc}, "health": map[string]any{"chronic": []string{esc}},
	}))
	v := casework.VisitOf(put(blank(casework.KindVisit), casework.Values{"summary": esc, "answers": map[string]string{esc: esc}, "signature": map[string]string{"reason": esc}}))
	task := casework.TaskOf(put(blank(casework.KindTask), casework.Values{"title": esc, "title_args": map[string]string{"What": esc}}))
	home := casework.HouseholdOf(put(blank(casework.KindHousehold), casework.Values{"address": esc}))
	shown, err := json.Marshal([]any{p.Name, p.Address, p.Caution, p.Appointment, p.Schooling, p.Guardian, p.Health, v.Summary, v.Answers, v.Signature, task.Title, task.TitleArgs, home.Address})
	if err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{`\u001b`, `\u0007`, "\u202e", "\u009b", "\x7f", `\u007f`} {
		if bytes.Contains(shown, []byte(bad)) {
			t.Errorf("%q is still there: %s", bad, shown)
		}
	}
	if p.Caution != "“有狗”…先打电话" || p.Name != "红[31m色2J反" {
		t.Errorf("what is harmless went, too: %q %q", p.Caution, p.Name)
	}
	if endless := casework.PersonOf(put(blank(casework.KindPerson), casework.Values{"name": string(bytes.Repeat([]byte("长"), 10000))})); len([]rune(endless.Name)) > 60 {
		t.Errorf("a name of %d characters", len([]rune(endless.Name)))
	}
}
