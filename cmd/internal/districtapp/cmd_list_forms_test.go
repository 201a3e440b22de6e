package districtapp

import (
	"strings"
	"testing"

	"doorstep/casework"
	"doorstep/casework/packs"
	"doorstep/casework/sample"
)

// practised is a district with the invented people in it, at the keyboard of its server.
func practised(t *testing.T, db string) *console {
	t.Helper()
	c := newConsole(t, db)
	c.found()
	a, err := Open(t.Context(), Options{Data: c.data, OpenDB: c.program().OpenDB, Now: c.now, Rand: c.program().Rand})
	must(t, err)
	d := sample.New(1, 20, casework.DayOf(c.now()))
	must(t, a.Rehearse(t.Context(), d))
	report := casework.Author{Worker: d.Zhang().ID, Now: c.now, Rand: c.program().Rand}
	id, err := report.NewRecord()
	must(t, err)
	op, err := report.Create(id, casework.KindForm, d.Scene.Lin, casework.Values{
		"date": "2026-11-23", "worker": d.Zhang().ID,
		"protected": map[string]any{"form": packs.MandatoryReport, "answers": map[string]string{"r_seen": "手臂有伤"}},
	})
	must(t, err)
	must(t, a.Load(t.Context(), []casework.Op{op}))
	must(t, a.Close())
	return c
}

// Records are listed as a role may read them; whoever runs the server reads no result.
func TestRecordsAreListedAsARoleMayReadThem(t *testing.T) {
	onBoth(t, func(t *testing.T, db string) {
		c := practised(t, db)
		type list struct{ Records []recordRow }
		for role, want := range map[string]struct {
			result bool // of the assessments
			report bool
		}{
			"": {}, "district_admin": {}, "elder_visitor": {result: true}, "child_supervisor": {true, true}, "child_officer": {true, true},
		} {
			args := []string{"list", "records"}
			if role != "" {
				args = append(args, "--as", role)
			}
			got := reads[list](c, args...).Records
			if n := map[bool]int{false: 2, true: 3}[want.report]; len(got) != n {
				t.Fatalf("as %s %d records, not %d", role, len(got), n)
			}
			forms := map[string]recordRow{}
			for _, r := range got {
				forms[r.Form] = r
				if r.Worker == "" || r.Owner == "" || r.Village == "" || r.Title == "" || r.Date == 0 {
					t.Errorf("%+v", r)
				}
			}
			if r := forms[packs.AbilityAssessment]; (r.Result == "1" && r.Words == "轻度失能") != want.result || r.Owner != "孙玉兰" {
				t.Errorf("as %s: %+v", role, r)
			}
			if _, there := forms[packs.MandatoryReport]; there != want.report {
				t.Errorf("as %s the report is named: %v", role, there)
			}
			if out := c.does(args...); strings.Contains(out, "强制") || strings.Contains(out, "手臂") || strings.Contains(out, "情况记录") != want.report {
				t.Error("a list tells what it is:", out)
			}
		}
		if n := len(reads[list](c, "list", "records", "--as", "child_officer", "--area", "371002999999").Records); n != 0 {
			t.Error(n, "records of no village")
		}
	})
}

func TestTheFormsInForceAreListed(t *testing.T) {
	c := newConsole(t, "")
	c.found()
	type list struct{ Forms []formRow }
	got := reads[list](c, "list", "forms").Forms
	if len(got) != 13 {
		t.Fatalf("%d forms", len(got))
	}
	for _, f := range got {
		visit := f.Form == packs.ChildVisit || f.Form == packs.ElderVisit
		if f.Published || f.Title == "" || f.Version == "" || f.Visits != visit || (len(f.FilledBy) == 0) != visit {
			t.Errorf("%+v", f)
		}
	}
	if out := c.does("list", "forms"); !strings.Contains(out, "银行卡") {
		t.Error(out)
	}
}
