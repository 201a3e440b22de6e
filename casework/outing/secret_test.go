package outing_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/casework/outing"
	"doorstep/casework/packs"
)

// Whatever the file says beside name, sex, birth and group, the sheet is the same: neither
// what it says nor what questions it asks tells of a category, a grade, an illness, a number.
func TestTheSheetTellsNothingOfTheFile(t *testing.T) {
	texts := rapid.SampledFrom([]string{"EL1", "TEKUN", "orphan", "HT-M", "1", "13900002231", "酗酒", "alone", "prison"})
	lists := rapid.SliceOf(texts)
	forms := map[string]*form.Definition{}
	for _, name := range []string{packs.ChildVisit, packs.ElderVisit} {
		def, err := packs.Default().Form(name)
		if err != nil {
			t.Fatal(err)
		}
		forms[name] = def
	}
	sp, today := speaker(t, "zh"), monday(t)
	rapid.Check(t, func(t *rapid.T) {
		plain := casework.Person{
			ID: casework.RecordID{ID: casework.ID{1}}, Name: "孙玉兰", Sex: rapid.SampledFrom([]string{"1", "2", ""}).Draw(t, "sex"),
			Birth: casework.DateOf(today.AddDays(-rapid.IntRange(0, 36000).Draw(t, "birth"))), Grid: "3组",
		}
		full := plain
		full.Address, full.Caution, full.Remark = texts.Draw(t, "address"), texts.Draw(t, "caution"), texts.Draw(t, "remark")
		full.Phones, full.Resident = lists.Draw(t, "phones"), resident(t)
		full.ChildCategories, full.ElderCategories, full.Layers = lists.Draw(t, "child"), lists.Draw(t, "elder"), lists.Draw(t, "layers")
		full.Living, full.Carer, full.SelfCare, full.SupportMode = texts.Draw(t, "living"), texts.Draw(t, "carer"), texts.Draw(t, "care"), texts.Draw(t, "support")
		full.Guardian = casework.Contact{Name: texts.Draw(t, "guardian"), Phone: texts.Draw(t, "guardian phone")}
		full.Supporter, full.Emergency = full.Guardian, full.Guardian
		full.Father.State, full.Mother.State = texts.Draw(t, "father"), texts.Draw(t, "mother")
		full.Ability.Level, full.Disability.Grade = texts.Draw(t, "ability"), texts.Draw(t, "disability")
		full.Health.State, full.Health.Illness = texts.Draw(t, "health"), texts.Draw(t, "illness")
		full.Standing = casework.Standing{Grade: rapid.IntRange(0, 4).Draw(t, "grade")}
		full.Duties, full.Areas = []casework.Duty{casework.DutyAid}, []casework.Area{"371002001002"}
		kinds := rapid.SampledFrom([]string{"contact", "danger", "report", "follow_up", "case", "measure", "card_survey", "verification", "alert"})
		var tasks []casework.Task
		for range rapid.IntRange(0, 3).Draw(t, "tasks") {
			tasks = append(tasks, casework.Task{Kind: kinds.Draw(t, "kind"), Title: texts.Draw(t, "title"), Step: "open"})
		}
		tasks = append(tasks, casework.Task{Kind: "need", Title: texts.Draw(t, "title"), Step: "open", TrueKind: "report"},
			casework.Task{Kind: "need", Title: texts.Draw(t, "title"), Step: "open", Triggers: []string{"HT-M"}})
		def := forms[rapid.SampledFrom([]string{packs.ChildVisit, packs.ElderVisit}).Draw(t, "form")]
		day := today.AddDays(rapid.IntRange(0, 400).Draw(t, "day"))
		a, err := outing.New(outing.Subject{Person: plain, Form: def}, "4703", day, sp)
		if err != nil {
			t.Fatal(err)
		}
		b, err := outing.New(outing.Subject{Person: full, Tasks: tasks, Form: def}, "4703", day, sp)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(a, b) {
			x, _ := json.Marshal(a)
			y, _ := json.Marshal(b)
			t.Fatalf("the file shows through:\n%s\n%s", x, y)
		}
	})
}

func resident(t *rapid.T) casework.ResidentID {
	id, err := casework.ParseResidentID("371000199003070019", casework.MustDay("2026-11-23")) // 371000 is no county: nobody has it
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// Numbers that somebody wrote into a promise do not get on the paper; days do.
func TestNumbersInPromisesAreLeftOut(t *testing.T) {
	for written, want := range map[string]string{
		"打 13900002231 问": "打 … 问", "139-0000-2231": "…", "身份证３７１０００１９９００３０７００１９": "身份证…", "身份证37100019900307001X办好": "身份证…办好",
		"2026-11-30 送米 10 斤": "2026-11-30 送米 10 斤", "0631-5200000 转 12": "… 转 12", "3 组 12 号 150 元": "3 组 12 号 150 元", "卡 6222 0200 1234 5678": "卡 …",
	} {
		s := sheet(t, "zh", packs.ElderVisit, "4703", casework.Person{Name: "孙玉兰"}, casework.Task{Kind: "need", Title: written, Step: "open"})
		if len(s.Promises) != 1 || s.Promises[0].Text != want {
			t.Errorf("%q stands there as %v", written, s.Promises)
		}
	}
}

// What is done is not promised any more; what is due first stands first; there is an end.
func TestPromisesOnTheSheet(t *testing.T) {
	var tasks []casework.Task
	for i := range 9 {
		tasks = append(tasks, casework.Task{Kind: "need", Title: fmt.Sprint("事", i), Step: "open", Due: monday(t).AddDays(20 - i)})
	}
	tasks[8].Step, tasks[7].Due, tasks[6].Retracted = "done", 0, true
	s := sheet(t, "zh", packs.ElderVisit, "4703", casework.Person{Name: "孙玉兰"}, tasks...)
	got := ""
	for _, p := range s.Promises {
		got += p.Text
	}
	if got != "事5事4事3事2事1" {
		t.Error(got)
	}
}

// The questions about harm, mood and whoever cares stay at home; so do notes, files and the
// rows of rosters. The rest of the routine questions is there, with the keys of the screen.
func TestWhatIsAskedOnPaper(t *testing.T) {
	child := sheet(t, "zh", packs.ChildVisit, "4703", casework.Person{Name: "林小溪", Sex: "2", Birth: date(t, "2012-03-01")})
	elder := sheet(t, "zh", packs.ElderVisit, "4703", casework.Person{Name: "孙玉兰", Sex: "2", Birth: date(t, "1940")})
	if got := codes(child); got != "C0.3 C0.4 C0.5 C1.1 C7.4 C8.2" {
		t.Error(got)
	}
	if got := codes(elder); got != "E0.2 E0.3 E2.1 E2.5 E2.5.SYS E2.5.DIA E2.5.TEMP E4.4 E5.1 E9.1" {
		t.Error(got)
	}
	for _, q := range child.Questions {
		switch q.Code {
		case "C0.5":
			if q.When.Code != "C0.4" || len(q.When.Keys) != 2 || q.When.Keys[1] != "2" || !q.Many || len(q.Options) != 8 {
				t.Error(q)
			}
		case "C7.4":
			if o := q.Options[9]; o.Keys != "01" || o.Label != "住房" || q.Options[8].Keys != "9" {
				t.Error(q.Options)
			}
		case "C8.2":
			if q.Blank != outing.Date || len(q.Options) > 0 {
				t.Error(q)
			}
		}
	}
	var b bytes.Buffer
	if err := outing.WriteHTML(&b, []outing.Sheet{child, elder}, speaker(t, "zh")); err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"心情", "不想活", "有伤", "不放心", "报告", "赌博", "动手", "性侵", "伤过自己", "骗", "一级", "特困", "类别"} {
		if strings.Contains(b.String(), word) {
			t.Errorf("%q is on paper", word)
		}
	}
}

func codes(s outing.Sheet) string {
	var out []string
	for _, q := range s.Questions {
		out = append(out, q.Code)
	}
	return strings.Join(out, " ")
}

// In May nobody asks how warm the room is.
func TestTheDayDecidesWhatIsAsked(t *testing.T) {
	def, err := packs.Default().Form(packs.ElderVisit)
	if err != nil {
		t.Fatal(err)
	}
	s, err := outing.New(outing.Subject{Person: casework.Person{Name: "孙玉兰", Birth: date(t, "1940")}, Form: def}, "4703", day(t, 2026, 5, 4), speaker(t, "zh"))
	if err != nil || strings.Contains(codes(s), "E4.4") || !strings.Contains(codes(s), "E5.1") {
		t.Error(codes(s), err)
	}
}

// The type gets smaller before a sheet gets longer than its page.
func TestALongSheetIsPrintedSmaller(t *testing.T) {
	sp := speaker(t, "zh")
	s := sheet(t, "zh", packs.ElderVisit, "4703", casework.Person{Name: "孙玉兰", Birth: date(t, "1940")})
	short := s
	short.Questions = s.Questions[:4]
	if short.Size(sp) != outing.Sizes[0] || s.Size(sp) >= short.Size(sp) || s.Size(sp) < 12 {
		t.Error(short.Size(sp), s.Size(sp))
	}
	s.Questions = append(s.Questions, s.Questions...)
	s.Questions = append(s.Questions, s.Questions...)
	if s.Size(sp) != outing.Sizes[len(outing.Sizes)-1] {
		t.Error(s.Size(sp))
	}
}
