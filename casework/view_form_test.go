package casework

import (
	"encoding/json"
	"math/rand/v2"
	"testing"
	"time"
)

// filed is a form's record as it stands in the district.
func filed(t *testing.T, kind Kind, v Values) Record {
	t.Helper()
	var seed [32]byte
	a := Author{Worker: WorkerID{ID{9}}, Rand: rand.NewChaCha8(seed), Now: func() time.Time { return time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC) }}
	owner := RecordID{ID{7}}
	if kind == KindCheck {
		owner = RecordID{}
	}
	op, err := a.Create(RecordID{ID{8}}, kind, owner, v)
	if err != nil {
		t.Fatal(err)
	}
	if why := Examine(Record{}, op, Actor{Worker: a.Worker, Role: RoleChildDirector}); why != "" {
		t.Fatal(why)
	}
	r, _ := Merge(Record{}, op)
	return r
}

func TestOfAProtectedFormTheVillageKeepsADayAndAName(t *testing.T) {
	for part, officer := range map[Field]Role{"protected": RoleChildSupervisor, "sealed": RoleChildOfficer} {
		r := filed(t, KindForm, Values{"date": MustDay("2026-11-23"), "worker": WorkerID{ID{9}}, part: json.RawMessage(`{"form":"mandatory-report","answers":{"r_seen":"有伤"}}`)})
		for _, role := range []Role{RoleChildDirector, RoleElderVisitor, RoleSocialWorker, RoleDistrictAdmin} {
			f := FilledFormOf(r.As(role))
			if f.Form != "" || len(f.Answers) != 0 || !f.Protected || f.Date.String() != "2026-11-23" || f.Worker.ID != (ID{9}) {
				t.Errorf("%s reads %s: %+v", role, part, f)
			}
		}
		f := FilledFormOf(r.As(officer))
		if f.Form != "mandatory-report" || string(f.Answers["r_seen"]) != `"有伤"` || !f.Restricted["r_seen"] || !f.Protected {
			t.Errorf("%s reads %s: %+v", officer, part, f)
		}
	}
	bureau := filed(t, KindForm, Values{"date": MustDay("2026-11-23"), "sealed": json.RawMessage(`{"form":"mandatory-report"}`)})
	if f := FilledFormOf(bureau.As(RoleChildSupervisor)); f.Form != "" {
		t.Error("a supervisor reads what was for the bureau alone")
	}
}

func TestTheResultOfAFormStandsInThePartItRestsOn(t *testing.T) {
	r := filed(t, KindForm, Values{
		"date": MustDay("2026-11-23"), "form": "guardianship-assessment", "answers_restricted": json.RawMessage(`{"g_harm":"no"}`),
		"result_restricted": json.RawMessage(`{"result":"poor","score":24}`),
	})
	if f := FilledFormOf(r.As(RoleChildDirector)); f.Result != "" || f.Score != 0 || f.Form != "guardianship-assessment" {
		t.Errorf("%+v", f)
	}
	if f := FilledFormOf(r.As(RoleChildSupervisor)); f.Result != "poor" || f.Score != 24 || !f.Restricted["g_harm"] {
		t.Errorf("%+v", f)
	}
}

func TestACheckSaysItselfWhereItBelongs(t *testing.T) {
	r := filed(t, KindCheck, Values{
		"area": "371002104205", "duties": []string{"aid"}, "date": MustDay("2026-11-23"), "form": "publicity-check", "result": "0", "next": MustDay("2026-11-30"),
		"answers": json.RawMessage(`{"q_there":"yes"}`),
	})
	f := FormSummaryOf(r)
	if f.Area != "371002104205" || len(f.Duties) != 1 || f.Duties[0] != DutyAid || f.Result != "0" || f.Next.String() != "2026-11-30" || !f.Counts() || f.Protected {
		t.Errorf("%+v", f)
	}
	var by Author
	by.Now, by.Rand, by.Worker = func() time.Time { return time.Time{} }, rand.NewChaCha8([32]byte{1}), WorkerID{ID{9}}
	closed, err := by.Edit(r, Values{FieldSupersededBy: RecordID{ID{3}}}, "重填")
	if err != nil {
		t.Fatal(err)
	}
	r, _ = Merge(r, closed)
	if FormSummaryOf(r).Counts() {
		t.Error("a corrected check still stands")
	}
}
