package task_test

import (
	"bytes"
	"encoding/json"
	"math/rand"
	"slices"
	"strings"
	"testing"
	"time"

	"doorstep/casework"
	"doorstep/casework/lang"
	"doorstep/casework/rule"
	"doorstep/casework/task"

	"pgregory.net/rapid"
)

var (
	today = casework.MustDay("2026-11-23")
	noon  = today.Time().Add(14 * time.Hour)
	table = rule.Default()
	girl  = casework.Person{ID: rid(1), Name: "林小溪", Birth: casework.Date{Year: 2017, Month: 5, Day: 1}, Duties: []casework.Duty{"child"}}
	aunt  = casework.Person{ID: rid(2), Name: "孙玉兰", Birth: casework.Date{Year: 1940, Month: 5, Day: 1}, Duties: []casework.Duty{"elder"}}
)

func rid(n byte) casework.RecordID { return casework.RecordID{ID: casework.ID{n}} }

func finished(change func(*task.Finished)) task.Finished {
	f := task.Finished{Person: girl, Visit: rid(9), Date: today, At: noon}
	change(&f)
	return f
}

func speakers(t *testing.T) []*lang.Speaker {
	t.Helper()
	var out []*lang.Speaker
	for _, tag := range []string{"zh", "en"} {
		s, err := lang.New(tag)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, s)
	}
	return out
}

func TestEveryKindOfTaskCanBeWalkedToItsEnd(t *testing.T) {
	for _, term := range casework.TaskKinds.Items {
		k, ok := task.KindOf(term.Code)
		if !ok {
			t.Errorf("%s has no steps", term.Code)
			continue
		}
		step, walked := k.First(), 0
		for {
			if !casework.TaskSteps.Has(step) {
				t.Errorf("%s: %q is not in the list of steps", k.Code, step)
			}
			next := k.Next(step)
			if len(next) == 0 {
				break
			}
			if walked++; walked > 20 {
				t.Fatalf("%s never ends", k.Code)
			}
			step = next[0]
		}
		if walked != len(k.Steps)-1 {
			t.Errorf("%s: %d of %d steps walked", k.Code, walked, len(k.Steps)-1)
		}
	}
	if len(task.Kinds) != len(casework.TaskKinds.Items) {
		t.Error("a kind of the table is not in the code list")
	}
	if k, _ := task.KindOf("referral"); !slices.Equal(k.Next("sent"), []string{"accepted", "refused"}) || k.Next("refused") != nil {
		t.Error("a referral is accepted or refused, and refused ends it")
	}
	if k, _ := task.KindOf("need"); k.Next("from a newer program") != nil {
		t.Error("after an unknown step nothing follows")
	}
}

func TestDeadlines(t *testing.T) {
	for _, c := range []struct{ kind, step, day, at string }{
		{"contact", "open", "2026-11-23", "16:00"},
		{"report", "discovered", "2026-11-23", "14:00"}, // at once
		{"report", "called", "2026-11-24", "14:00"},
		{"report", "informed", "2026-11-27", ""},
		{"follow_up", "open", "2026-11-30", ""},
		{"referral", "sent", "2026-11-26", ""}, // three working days
		{"application", "handed_in", "2026-11-26", ""},
		{"emergency_aid", "aided", "2026-12-07", ""}, // ten working days
		{"publicity", "posted", "2026-11-30", ""},
		{"need", "open", "", ""},
		{"need", "doing", "2026-12-23", ""},
		{"need", "closed", "", ""},
	} {
		k, _ := task.KindOf(c.kind)
		day, at := k.Deadline(c.step, noon, table.Calendar)
		clock := ""
		if !at.IsZero() {
			clock = at.In(casework.Shanghai).Format("15:04")
		}
		if day.String() != c.day || clock != c.at {
			t.Errorf("%s after %s: %v %s, want %s %s", c.kind, c.step, day, clock, c.day, c.at)
		}
	}
}

func TestASecretVisitOpensATaskThatTellsNothing(t *testing.T) {
	got := task.Open(finished(func(f *task.Finished) { f.Triggers = []string{"HT-M", "HT-D", "HT-M"} }), table)
	if len(got) != 1 {
		t.Fatalf("%+v", got)
	}
	o := got[0]
	if o.Kind != "contact" || o.TitleKey != "task.title.contact" || o.TrueKind != "report" || o.DueAt.Sub(noon) != 2*time.Hour {
		t.Errorf("%+v", o)
	}
	spec, _ := casework.SchemaOf(casework.KindTask)
	for f, v := range o.Values() {
		row, ok := spec.Find(f)
		if !ok {
			t.Errorf("the schema has no %q", f)
		}
		b, _ := json.Marshal(v)
		if row.Sensitivity < casework.Restricted && (bytes.Contains(b, []byte("HT-")) || bytes.Contains(b, []byte("report")) || bytes.Contains(b, []byte("danger"))) {
			t.Errorf("%s says %s to everyone on the file", f, b)
		}
	}
}

// Whatever quiet triggers fire, what the village reads is the same.
func TestWhatTheVillageReadsDoesNotDependOnTheSecret(t *testing.T) {
	codes := []string{"HT-M", "HT-S", "HT-D", "HT-A", "HT-X"}
	rapid.Check(t, func(t *rapid.T) {
		one := rapid.SliceOfNDistinct(rapid.SampledFrom(codes), 1, 4, rapid.ID[string]).Draw(t, "one")
		two := rapid.SliceOfNDistinct(rapid.SampledFrom(codes), 1, 4, rapid.ID[string]).Draw(t, "two")
		read := func(triggers []string) string {
			var out []any
			for _, o := range task.Open(finished(func(f *task.Finished) { f.Triggers, f.Unknowns = triggers, 1 }), table) {
				o.TrueKind, o.Triggers = "", nil
				out = append(out, o)
			}
			b, _ := json.Marshal(out)
			return string(b)
		}
		if a, b := read(one), read(two); a != b {
			t.Fatalf("%v reads %s\n%v reads %s", one, a, two, b)
		}
	})
}

func TestWhatAVisitLeavesToBeDone(t *testing.T) {
	got := task.Open(finished(func(f *task.Finished) {
		f.Person = aunt
		f.Triggers = []string{"HT-G"}
		f.Unknowns = 2
		f.Needs = []task.Promise{
			{Need: "none"},
			{Need: "medical", Title: "陪她去镇医院", Owner: "张桂芬", Due: casework.MustDay("2026-11-30")},
			{Need: "meals"},
			{Need: "housing", Due: casework.MustDay("2028-01-01")},
		}
		f.Broken = []string{"smoke"}
	}), table)
	var kinds []string
	for _, o := range got {
		kinds = append(kinds, o.Kind+" "+o.Due.String())
		if o.OpenedBy != rid(9) || o.OpenedOn != today {
			t.Errorf("%+v does not name its visit", o)
		}
	}
	want := "danger 2026-11-24|follow_up 2026-11-30|need 2026-11-30|need 2026-12-23|need 2027-02-21|repair 2026-11-30"
	if strings.Join(kinds, "|") != want {
		t.Errorf("%s\nwant %s", strings.Join(kinds, "|"), want)
	}
	if len(task.Open(finished(func(*task.Finished) {}), table)) != 0 {
		t.Error("a visit that found nothing leaves nothing")
	}
	if o := task.Open(finished(func(f *task.Finished) { f.Unseen = 2 }), table); len(o) != 1 || o[0].Kind != "contact" || o[0].TrueKind != "" {
		t.Errorf("twice not seen goes to the supervisor: %+v", o)
	}
}

func TestWhatIsOpenedIsAnOrdinaryOperation(t *testing.T) {
	author := casework.Author{Worker: casework.WorkerID{ID: casework.ID{1}}, Now: func() time.Time { return noon }, Rand: rand.New(rand.NewSource(1))}
	director := casework.Actor{Worker: author.Worker, Role: casework.RoleChildDirector}
	f := finished(func(f *task.Finished) {
		f.Triggers, f.Unknowns, f.Broken = []string{"HT-S", "HT-H"}, 1, []string{"one_key"}
		f.Needs = []task.Promise{{Need: "schooling", Title: "问助学金", Owner: "镇救助窗口"}}
	})
	state := casework.NewState()
	for _, o := range task.Open(f, table) {
		id, _ := author.NewRecord()
		op, err := author.Create(id, casework.KindTask, girl.ID, o.Values())
		if err != nil {
			t.Fatal(err)
		}
		if out := state.Apply(op, director); out.Verdict != casework.Accepted {
			t.Fatalf("%s: %+v", o.Kind, out)
		}
		read := casework.TaskOf(state.Records[id])
		if read.Kind != o.Kind || read.Due != o.Due || !read.Open() || read.Owner != girl.ID {
			t.Errorf("%+v", read)
		}
		hers := casework.TaskOf(state.Records[id].As(casework.RoleChildDirector))
		if hers.TrueKind != "" || hers.Triggers != nil {
			t.Errorf("she reads back %+v", hers)
		}
		for _, s := range speakers(t) {
			if title := task.Title(read, s); title == "" || strings.Contains(title, "[") {
				t.Errorf("%s: title %q", o.Kind, title)
			}
		}
	}
}

func TestWhichOrdersMayFillTheScreen(t *testing.T) {
	for code, quiet := range map[string]bool{
		"HT-M": true, "HT-S": true, "HT-D": true, "HT-A": true,
		"HT-H": false, "HT-G": false, "HT-C": false, "HT-N": false,
		"HT-FUTURE": true,
	} {
		if task.Quiet(code) != quiet {
			t.Errorf("%s: quiet %v", code, task.Quiet(code))
		}
		o, ok := task.OrderOf(code, girl, today)
		if ok != (code != "HT-FUTURE") {
			t.Errorf("%s: no order", code)
		}
		if ok && quiet != (o.Class == casework.Restricted) {
			t.Errorf("%s: class %d", code, o.Class)
		}
	}
}

func TestOrdersSayWhatToDoAndWhomToRing(t *testing.T) {
	numbers := map[string]string{"HT-D": "110", "HT-S": "120 110 12356", "HT-M": "110", "HT-A": "110", "HT-H": "120", "HT-G": "119", "HT-C": "120", "HT-N": "110"}
	for _, o := range task.Orders {
		var rung []string
		for _, l := range o.Steps {
			if l.Number != "" {
				rung = append(rung, l.Number)
			}
			for _, s := range speakers(t) {
				text := s.Say(l.Key)
				if strings.Contains(text, "[") || l.Number != "" && !strings.Contains(text, l.Number) {
					t.Errorf("%s: %q should name %s", l.Key, text, l.Number)
				}
			}
		}
		if strings.Join(rung, " ") != numbers[o.Trigger] {
			t.Errorf("%s rings %v", o.Trigger, rung)
		}
		for _, s := range speakers(t) {
			if !s.Has(o.Title) {
				t.Errorf("%s has no title", o.Trigger)
			}
		}
	}
	child, _ := task.OrderOf("HT-S", girl, today)
	old, _ := task.OrderOf("HT-S", aunt, today)
	if len(child.Steps) != len(old.Steps)+1 {
		t.Error("the school hears of a child, not of an elder")
	}
}

func TestTheCallScriptReadsAloud(t *testing.T) {
	zh := speakers(t)[0]
	var lines []string
	for _, r := range task.Script(task.Situation{Worker: "张桂芬", Post: "竹岛村儿童主任", Place: "竹岛村3组12号 ", Name: "林小溪", Age: 9, Seen: "胳膊上有新伤", Safe: "task.safe.no"}) {
		if r.Class != casework.Restricted {
			t.Errorf("%s is not restricted", r.Key)
		}
		lines = append(lines, r.Say(zh))
	}
	got := strings.Join(lines, "\n")
	for _, want := range []string{"竹岛村儿童主任张桂芬", "竹岛村3组12号。", "林小溪，9 岁", "胳膊上有新伤", "不安全"} {
		if !strings.Contains(got, want) {
			t.Errorf("the script does not say %q:\n%s", want, got)
		}
	}
	for _, r := range task.Script(task.Situation{Age: -1}) {
		if s := r.Say(zh); strings.Contains(s, "[") || strings.Contains(s, "-1") {
			t.Errorf("%q", s)
		}
	}
}

func TestClosingNeedsEvidenceAndASecondPair(t *testing.T) {
	zhang, li := casework.WorkerID{ID: casework.ID{1}}, casework.WorkerID{ID: casework.ID{2}}
	it := casework.Task{Assignee: zhang}
	if err := task.Close(it, false, "", li); casework.CodeOf(err) != "task.no_evidence" {
		t.Error(err)
	}
	if err := task.Close(it, true, "", zhang); casework.CodeOf(err) != "task.same_person" {
		t.Error(err)
	}
	if err := task.Close(it, false, "家里已自己办好", li); err != nil {
		t.Error(err)
	}
}

func TestAYoungChildIsNotReferredBehindTheGuardiansBack(t *testing.T) {
	if err := task.Refer(girl, false, today); casework.CodeOf(err) != "task.notice_missing" {
		t.Error(err)
	}
	if err := task.Refer(girl, true, today); err != nil {
		t.Error(err)
	}
	if err := task.Refer(aunt, false, today); err != nil {
		t.Error(err)
	}
	fourteen := girl
	fourteen.Birth = casework.Date{Year: 2012, Month: 11, Day: 23}
	if err := task.Refer(fourteen, false, today); err != nil {
		t.Error("on the day she turns 14 she is not under 14:", err)
	}
	nobody := casework.Person{Duties: []casework.Duty{"child"}}
	if err := task.Refer(nobody, false, today); err == nil {
		t.Error("a child of unknown age may be under 14")
	}
}
