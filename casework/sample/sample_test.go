package sample_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"doorstep/casework"
	"doorstep/casework/packs"
	"doorstep/casework/rule"
	"doorstep/casework/sample"

	"pgregory.net/rapid"
)

var monday = casework.MustDay("2026-11-23")

func TestTheSameSeedGivesTheSameDistrict(t *testing.T) {
	bytesOf := func(seed uint64, day casework.Day) []byte {
		b, err := json.Marshal(sample.New(seed, 150, day).Ops)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	a := bytesOf(1, monday)
	if !bytes.Equal(a, bytesOf(1, monday)) {
		t.Error("seed 1 gave two districts")
	}
	if bytes.Equal(a, bytesOf(2, monday)) || bytes.Equal(a, bytesOf(1, monday+1)) {
		t.Error("another seed or day gave the same district")
	}
}

// Everything in it is ordinary work: the merge takes each operation from the worker who
// wrote it, within her rights, and nothing conflicts.
func TestEveryOperationIsAcceptedFromItsWorker(t *testing.T) {
	d := sample.New(7, 400, monday)
	s := casework.NewState()
	var last time.Time
	for i, op := range d.Ops {
		w, ok := d.Worker(op.Worker)
		if !ok {
			t.Fatalf("operation %d is by nobody of the district", i)
		}
		if out := s.Apply(op, w.Actor()); out.Verdict != casework.Accepted {
			t.Fatalf("operation %d (%s by %s): %+v", i, op.Kind, w.Role, out)
		}
		owner := s.Records[op.Record]
		if !op.Owner.IsZero() {
			if owner, ok = s.Records[op.Owner]; !ok {
				t.Fatalf("operation %d belongs to nobody yet", i)
			}
		}
		if owner.Kind == casework.KindPerson && !w.Actor().Holds(owner.Areas(), owner.Duties()) {
			t.Fatalf("operation %d: %s of %s works on someone elsewhere", i, w.Role, w.Scope.Area)
		}
		if op.At.After(last) {
			last = op.At
		}
		spec, _ := casework.SchemaOf(op.Kind)
		for _, w := range op.Writes {
			for _, m := range spec.Members(w.Field) {
				v := s.Records[op.Record].Value(m.Key)
				if l, coded := casework.List(m.Codes); coded && v != nil {
					var one string
					var many []string
					if json.Unmarshal(v, &one) == nil {
						many = []string{one}
					} else {
						_ = json.Unmarshal(v, &many)
					}
					for _, c := range many {
						if !l.Has(c) {
							t.Errorf("%s: %q is no code of %s", m.Key, c, m.Codes)
						}
					}
				}
			}
		}
	}
	if casework.DayOf(last) > monday {
		t.Errorf("something was written on %v", casework.DayOf(last))
	}
}

func TestTheDistrictHasEverybody(t *testing.T) {
	d := sample.New(3, 600, monday)
	k := sample.Read(d.State())
	if len(k.People) != 600 {
		t.Errorf("%d people", len(k.People))
	}
	seen := map[string]int{}
	names := ""
	for _, p := range k.People {
		names += p.Name + " "
		for _, c := range slices.Concat(p.ChildCategories, p.ElderCategories) {
			seen[c]++
		}
		if p.Resident.IsZero() {
			t.Errorf("%s: neither a number nor a reason why there is none", p.ID)
		}
		if n := p.Resident.Reveal(); n != "" && !strings.HasPrefix(n, "371099") {
			t.Error("an ID number that may be somebody's")
		} else if n != "" && (p.Resident.Birth().String() != p.Birth.String() || p.Resident.Sex() != p.Sex) {
			t.Error("an ID number that does not fit its person")
		}
		if len(k.Visits[p.ID]) == 0 {
			t.Errorf("nobody ever visited %s", p.Name)
		}
	}
	for _, l := range []casework.CodeList{casework.ChildCategories, casework.ElderCategories} {
		for _, term := range l.Items {
			if seen[term.Code] == 0 {
				t.Errorf("nobody is %s", term.Zh)
			}
		}
	}
	for _, part := range []string{"𠮷", "㐂", "买买提·吐尔逊"} {
		if !strings.Contains(names, part) {
			t.Errorf("no name has %s", part)
		}
	}
	results, modes, sources, tasks := map[string]int{}, map[string]int{}, map[string]int{}, 0
	oldest := monday
	total := 0
	for _, vs := range k.Visits {
		for _, v := range vs {
			results[v.Result]++
			modes[v.Mode]++
			sources[v.Source]++
			oldest = min(oldest, v.Date)
			total++
		}
	}
	for _, ts := range k.Tasks {
		tasks += len(ts)
	}
	for _, r := range []string{"met", "guardian_only", "not_met", "refused"} {
		if results[r] == 0 {
			t.Errorf("no visit was %s: %v", r, results)
		}
	}
	if modes["phone"] == 0 || sources["paper"] == 0 || tasks < 60 || monday.Sub(oldest) < 300 {
		t.Errorf("modes %v, sources %v, %d tasks, the oldest visit %v", modes, sources, tasks, oldest)
	}
	if mean := float64(total) / 600; mean < 3.3 || mean > 5 {
		t.Errorf("%.1f visits a person", mean)
	}
}

func village(d *sample.District, k sample.Known) []*casework.Person {
	var out []*casework.Person
	for _, p := range k.People {
		if p.Area() == d.Villages[0].Area {
			out = append(out, p)
		}
	}
	return out
}

func names(es []rule.Entry) string {
	var out []string
	for _, e := range es {
		out = append(out, e.Person.Name)
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

// The first screen of people.md §3, on any day of the calendar.
func TestTheSceneStandsOnAnyDay(t *testing.T) {
	table := rule.Default()
	check := func(t *rapid.T, today casework.Day, people int, seed uint64) {
		d := sample.New(seed, people, today)
		k := sample.Read(d.State())
		w := rule.Day(village(d, k), func(id casework.RecordID) []casework.VisitSummary { return k.Visits[id] }, table, today)
		if got := names(w.Overdue); got != "林小溪" || w.Overdue[0].Plan.Overdue != 2 || w.Overdue[0].Person.ID != d.Scene.Lin {
			t.Fatalf("%v: overdue %s", today, got)
		}
		if got := names(w.Today); got != "刘桂英 周大山 孙玉兰 赵铁柱" {
			t.Fatalf("%v: today %s", today, got)
		}
		if got := names(w.Along); got != "王秀英" {
			t.Fatalf("%v: along %s", today, got)
		}
		if len(w.Escalate) > 3 {
			t.Fatalf("%v: %s go to the supervisor", today, names(w.Escalate))
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		check(t, casework.MustDay("2026-01-01").AddDays(rapid.IntRange(0, 800).Draw(t, "day")), rapid.SampledFrom([]int{8, 65, 90}).Draw(t, "people"), rapid.Uint64().Draw(t, "seed"))
	})
}

func TestTheSceneOfTheTwentyThird(t *testing.T) {
	d := sample.New(1, 65, monday)
	k := sample.Read(d.State())
	people := map[casework.RecordID]*casework.Person{}
	for _, p := range k.People {
		people[p.ID] = p
	}
	lin, wang := people[d.Scene.Lin], people[d.Scene.Wang]
	if lin.Age(monday) != 9 || wang.Age(monday) != 71 || lin.Household != wang.Household || lin.Household != d.Scene.Household {
		t.Errorf("%d and %d, %v %v", lin.Age(monday), wang.Age(monday), lin.Household, wang.Household)
	}
	if people[d.Scene.Sun].Age(monday) != 86 || people[d.Scene.Liu].Age(monday) != 83 || people[d.Scene.Zhou].Carer != "李梅" || people[d.Scene.Zhao].Appointment.At != "14:00" {
		t.Error("the others are not as the scene has them")
	}
	if lin.Grid != "3组" || lin.Father.Place != "青岛" || lin.Mother.State != "lost_contact" || lin.Schooling.Class != "三年级" || lin.Caution == "" || lin.Standing.Grade != 2 {
		t.Errorf("%+v", lin)
	}
	zhang := d.Zhang()
	if zhang.Name != "张桂芬" || zhang.Scope.Area != d.Villages[0].Area || d.Villages[0].Name != "竹岛村" {
		t.Errorf("%+v of %s", zhang, d.Villages[0].Name)
	}
	visits := k.Visits[lin.ID]
	slices.SortFunc(visits, func(a, b casework.VisitSummary) int { return int(b.Date - a.Date) })
	if visits[0].Date.String() != "2026-11-06" || !visits[0].Seen || visits[1].Date.String() != "2026-10-21" || visits[1].Seen || visits[2].Mode != "phone" || visits[2].Worker == zhang.ID {
		t.Errorf("%+v", visits)
	}
	if len(k.Tasks[lin.ID]) != 3 || len(k.Tasks[d.Scene.Urgent]) == 0 {
		t.Errorf("tasks %+v", k.Tasks[lin.ID])
	}
	if people[d.Scene.Unfinished].Name != "李静静" {
		t.Error("nobody was interrupted")
	}
}

func TestALaptopHoldsItsVillageAndNothingElse(t *testing.T) {
	d := sample.New(5, 200, monday)
	ops := d.In(d.Villages[1].Area)
	s := casework.NewState()
	for _, op := range ops {
		s.Apply(op, casework.Actor{})
	}
	k := sample.Read(s)
	if len(k.People) != 65 {
		t.Errorf("%d people", len(k.People))
	}
	for _, r := range s.Records {
		if !r.Owner.IsZero() && s.Records[r.Owner].IsZero() {
			t.Errorf("a %s without its owner", r.Kind)
		}
		for _, a := range r.Areas() {
			if a != d.Villages[1].Area {
				t.Errorf("someone of %s", a)
			}
		}
	}
}

func BenchmarkFiveThousandPeople(b *testing.B) {
	for b.Loop() {
		d := sample.New(1, 5000, monday)
		visits := 0
		for _, op := range d.Ops {
			if op.Kind == casework.KindVisit {
				visits++
			}
		}
		b.ReportMetric(float64(visits), "visits")
		b.ReportMetric(float64(len(d.Ops)), "ops")
	}
}

// The answers are such as the questionnaires of a new district take, in the part that
// each question's class puts them in.
func TestTheAnswersFitTheQuestionnaires(t *testing.T) {
	d := sample.New(1, 65, monday)
	pack := packs.Default()
	told := map[string]bool{}
	for _, op := range d.Ops {
		if op.Kind != casework.KindVisit {
			continue
		}
		var id string
		parts := map[casework.Sensitivity]map[string]string{}
		for _, w := range op.Writes {
			part, ok := map[casework.Field]casework.Sensitivity{"answers": casework.Routine, "answers_personal": casework.Personal, "answers_restricted": casework.Restricted}[w.Field]
			switch {
			case w.Field == "form":
				_ = json.Unmarshal(w.Value, &id)
			case ok:
				var m map[string]string
				_ = json.Unmarshal(w.Value, &m)
				parts[part] = m
			}
		}
		def, err := pack.Form(id)
		if err != nil {
			t.Fatal(err)
		}
		for class, answers := range parts {
			for name, value := range answers {
				if told[name+value] {
					continue
				}
				told[name+value] = true
				it := def.Find(name)
				if it == nil {
					t.Errorf("%s has no question %s", id, name)
					continue
				}
				if got := casework.Sensitivity(def.Sensitivity(it)); got != class {
					t.Errorf("%s is of class %d, not %d", name, got, class)
				}
				if it.Type.Selects() {
					for _, c := range strings.Fields(value) {
						if def.List(it.List).Choice(c) == nil {
							t.Errorf("%s has no choice %q", name, c)
						}
					}
				}
			}
		}
	}
}

// What was filled in beside the visits reads as if a worker had filed it.
func TestTwoFormsStandInFiles(t *testing.T) {
	d := sample.New(7, 30, casework.MustDay("2026-11-22"))
	got := map[string]string{}
	for _, r := range d.State().Records {
		if r.Kind == casework.KindForm {
			f := casework.FilledFormOf(r)
			got[f.Form] = f.Scale + " " + f.Result + " " + f.Next.String()
			if f.Owner != d.Scene.Sun && f.Owner != d.Scene.Zhou || f.FormHash.IsZero() || len(f.Answers) < 8 {
				t.Errorf("%+v", f)
			}
		}
	}
	if len(got) != 2 || got["ability-assessment"] != "gbt42195 1 " || got["tekun-selfcare"] != "tekun6 PARTIAL 2027-10-27" {
		t.Error(got)
	}
}
