package packs_test

import (
	"bytes"
	"strings"
	"testing"

	"doorstep/casework"
	"doorstep/casework/packs"
)

func day(s string) casework.Day { return casework.MustDay(s) }

func TestAPackSurvivesItsJourney(t *testing.T) {
	p := packs.Default()
	q, err := packs.Load(p.Encode())
	if err != nil {
		t.Fatal(err)
	}
	if q.Hash() != p.Hash() || !bytes.Equal(q.Encode(), p.Encode()) {
		t.Error("a pack that was loaded is not the pack that was sent")
	}
	q.Terms[0].Amount++
	if q.Hash() == p.Hash() {
		t.Error("another term is another pack")
	}
	if packs.Default().Terms[0].Amount != p.Terms[0].Amount {
		t.Error("a copy of the default pack changes the default")
	}
	for name, raw := range map[string]string{
		"cut":     string(p.Encode()[:5000]),
		"newer":   strings.Replace(string(p.Encode()), `"version"`, `"wisdom":1,"version"`, 1),
		"nothing": "",
	} {
		if _, err := packs.Load([]byte(raw)); casework.CodeOf(err) != "packs.unreadable" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestEveryRowSaysWhereItComesFrom(t *testing.T) {
	p := packs.Default()
	n := 0
	check := func(what string, o packs.Origin) {
		n++
		if o.Source == "" || o.Status == "" || o.EffectiveFrom == 0 {
			t.Errorf("%s has no source, status or date: %+v", what, o)
		}
	}
	for _, r := range p.Frequencies {
		check("frequency", r.Origin)
		for _, m := range r.Modes {
			if !knows(casework.VisitModes, m) {
				t.Errorf("frequency of %s %d%s counts an unknown mode %q", r.Subject, r.Grade, r.Layer, m)
			}
		}
		if (r.EveryDays > 0) == (r.Times > 0) {
			t.Errorf("frequency of %s %d%s is given twice or not at all", r.Subject, r.Grade, r.Layer)
		}
	}
	for _, r := range p.Bands {
		check("band", r.Origin)
	}
	for _, r := range p.Standards {
		check("standard", r.Origin)
	}
	for _, r := range p.Calendar {
		check("calendar", r.Origin)
	}
	for _, r := range p.Terms {
		check("term", r.Origin)
	}
	if n != 10+7+9+1+6 {
		t.Errorf("%d rows", n)
	}
}

func knows(l casework.CodeList, code string) bool {
	for _, x := range l.Items {
		if x.Code == code {
			return true
		}
	}
	return false
}

// Domain §14.7: 42,163 hours at 20.00 yuan are 843,260.00 yuan.
func TestTheCareHourCostsWhatHuancuiPaid(t *testing.T) {
	p := packs.Default()
	row, ok := p.Price("371002001001", "care_hour", "tekun_dispersed", day("2026-11-22"))
	if !ok || row.Amount != 2000 {
		t.Fatalf("%+v %v", row, ok)
	}
	if got := row.Amount.ForMinutes(42163 * 60); got != 84326000 {
		t.Errorf("42,163 hours cost %s", got.Yuan())
	}
	if _, ok := p.Price("110108001001", "care_hour", "tekun_dispersed", day("2026-11-22")); ok {
		t.Error("Huancui's price does not hold in Haidian")
	}
}

// the allowance of community orphans went from 2,002 to 2,124 yuan.
func TestAStandardHoldsFromItsDay(t *testing.T) {
	p := packs.Default()
	for on, want := range map[string]casework.Fen{"2023-12-31": 200200, "2024-01-01": 212400, "2026-11-22": 212400} {
		row, ok := p.Price("371002001001", "child_allowance", "orphan_community", day(on))
		if !ok || row.Amount != want {
			t.Errorf("%s: %v", on, row.Amount)
		}
	}
	if _, ok := p.Price("371002001001", "child_allowance", "orphan_community", day("2022-06-01")); ok {
		t.Error("a standard held before its first day")
	}
}

func TestWeihaiAsksTheOldWhoLiveAloneEveryTwoDays(t *testing.T) {
	p := packs.Default()
	every := func(p packs.Pack, area casework.Area) (n int) {
		for _, f := range p.FrequenciesFor("elder", 3, area, day("2026-11-22")) {
			if f.EveryDays == 2 {
				n++
				if !f.Counts("phone", 1) || f.Counts("neighbour", 3) {
					t.Error("the two-day check is at the door or by telephone, and a greeting is enough")
				}
			}
		}
		return n
	}
	if every(p, "371002001001") != 1 || every(p, "110108001001") != 0 {
		t.Error("the two-day check holds in Weihai and nowhere else")
	}
	for i := range p.Frequencies {
		if p.Frequencies[i].EveryDays == 2 {
			p.Frequencies[i].On = false
		}
	}
	if every(p, "371002001001") != 0 {
		t.Error("the district cannot switch the row off")
	}
}

func TestRedIsOnlyAtTheDoor(t *testing.T) {
	for _, f := range packs.Default().FrequenciesFor("child", 1, "371002001001", day("2026-11-22")) {
		if f.Counts("phone", 3) || !f.Counts("door", 2) || f.Counts("door", 1) || f.FirstContactHours != 24 {
			t.Errorf("%+v", f)
		}
	}
}

func TestTheYear2026(t *testing.T) {
	p := packs.Default()
	for on, want := range map[string]bool{
		"2026-02-17": false, // Spring Festival, a Tuesday
		"2026-02-14": true,  // a Saturday worked instead
		"2026-02-13": true,
		"2026-10-10": true,
		"2026-10-11": false,
		"2026-11-22": false, // Sunday
		"2026-11-23": true,
	} {
		works, known := p.Works(day(on))
		if works != want || !known {
			t.Errorf("%s: works %v, known %v", on, works, known)
		}
	}
	if works, known := p.Works(day("2031-01-01")); !works || known {
		t.Error("a year without a calendar is Monday to Friday, and says that it is not known")
	}
	if !strings.Contains(p.Calendar[0].Status, "replace by the official notice") {
		t.Error("the calendar does not say that it waits for the official notice")
	}
}

func TestTerms(t *testing.T) {
	p, today := packs.Default(), day("2026-11-22")
	if p.Term(packs.FollowUpUnknown, today) != 7 || p.Term(packs.Lease, today) != 14 || p.Term(packs.IdleLock, today) != 10 {
		t.Error("seven days, fourteen days, ten minutes")
	}
	if p.Term("patience", today) != 0 {
		t.Error("an unknown term has no length")
	}
}

// Domain §11 and §12: the bands of the tables are those the questionnaires grade by.
func TestBandsAreThoseOfTheQuestionnaires(t *testing.T) {
	p := packs.Default()
	for subject, id := range map[string]string{"child": packs.ChildVisit, "elder": packs.ElderVisit} {
		d, err := p.Form(id)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, b := range p.Bands {
			if b.Subject != subject {
				continue
			}
			n++
			if d.Grading.Of(b.From) != b.Grade || b.From > 0 && d.Grading.Of(b.From-1) != b.Grade+1 {
				t.Errorf("%s: %d points are grade %d, and the form says %d", subject, b.From, b.Grade, d.Grading.Of(b.From))
			}
		}
		if n != len(d.Grading.Bands) {
			t.Errorf("%s has %d bands here and %d in the form", subject, n, len(d.Grading.Bands))
		}
	}
}

func FuzzLoad(f *testing.F) {
	f.Add([]byte(`{"version":"1","forms":{"a":{"root":"data","items":[]}}}`))
	f.Add(packs.Default().Encode())
	f.Fuzz(func(t *testing.T, raw []byte) {
		p, err := packs.Load(raw)
		if err != nil {
			return
		}
		if again, err := packs.Load(p.Encode()); err != nil || again.Hash() != p.Hash() {
			t.Errorf("loaded once and not again: %v", err)
		}
	})
}
