package casework

import (
	"slices"
	"strings"
	"testing"
)

var villageRoles = []Role{RoleChildDirector, RoleAidCoordinator, RoleElderVisitor}

func eachField(t *testing.T, check func(t *testing.T, k KindSpec, f FieldSpec)) {
	t.Helper()
	for _, kind := range Kinds() {
		spec, ok := SchemaOf(kind)
		if !ok || spec.Kind != kind {
			t.Fatalf("the table has no kind %q", kind)
		}
		for _, f := range spec.Fields {
			t.Run(string(kind)+"/"+string(f.Key), func(t *testing.T) { check(t, spec, f) })
		}
	}
}

func TestEveryFieldIsWellFormed(t *testing.T) {
	if len(schema) != len(Kinds()) {
		t.Fatalf("%d kinds in the table, %d listed", len(schema), len(Kinds()))
	}
	eachField(t, func(t *testing.T, k KindSpec, f FieldSpec) {
		if f.Zh == "" || f.En == "" || f.Key == "" || f.Type == "" {
			t.Error("needs a key, a type and a label in both languages")
		}
		if strings.ContainsAny(string(f.Key), "/ .") {
			t.Error("a slash parts sets from their elements; keys have none")
		}
		coded := f.Type == TypeCode || f.Type == TypeCodes
		if coded != (f.Codes != "") {
			t.Error("a coded field names its list, and no other field does")
		}
		if coded {
			if l, ok := List(f.Codes); !ok || len(l.Items) == 0 {
				t.Errorf("no code list %q", f.Codes)
			}
		}
		if f.Set && f.Group != "" {
			t.Error("an element of a set is a register of its own, so it is in no group")
		}
		if f.Late && !k.Fact {
			t.Error("only a closed fact has late fields")
		}
		if g, ok := k.Find(f.Group); f.Group != "" && ok {
			t.Errorf("group %q has the name of the field %q", f.Group, g.Zh)
		}
	})
}

func TestKeysAndHeadingsNameOneFieldEach(t *testing.T) {
	for _, kind := range Kinds() {
		spec, _ := SchemaOf(kind)
		keys, headings := map[Field]bool{}, map[string]Field{}
		for _, f := range spec.Fields {
			if keys[f.Key] {
				t.Errorf("%s: two fields %q", kind, f.Key)
			}
			keys[f.Key] = true
			for _, h := range append([]string{f.Zh}, f.Aliases...) {
				if other, taken := headings[h]; taken {
					t.Errorf("%s: the heading %q could be %q or %q", kind, h, other, f.Key)
				}
				headings[h] = f.Key
			}
		}
	}
}

// A group is written, read and kept from people as one.
func TestMembersOfAGroupShareOneClearance(t *testing.T) {
	for _, kind := range Kinds() {
		spec, _ := SchemaOf(kind)
		for _, register := range spec.Registers() {
			members := spec.Members(register)
			if len(members) == 0 { // a set: only its elements are registers
				continue
			}
			for _, m := range members[1:] {
				first := members[0]
				if m.Sensitivity != first.Sensitivity || m.Late != first.Late ||
					!slices.Equal(m.Sees, first.Sees) || !slices.Equal(m.Writes, first.Writes) {
					t.Errorf("%s: %q and %q are one register but differ in who may see or write them", kind, first.Key, m.Key)
				}
			}
		}
	}
}

func TestFactsCanBeCorrectedAndTakenBack(t *testing.T) {
	for _, kind := range Kinds() {
		spec, _ := SchemaOf(kind)
		if s, ok := spec.Find(FieldStatus); !ok || s.Late != spec.Fact {
			t.Errorf("%s: needs a status; on a fact it may be written late", kind)
		}
		if !spec.Fact {
			continue
		}
		if s, ok := spec.Find(FieldSupersededBy); !ok || !s.Late {
			t.Errorf("%s: a closed fact must still be able to name its correction", kind)
		}
		for _, f := range []Field{"supersedes", "correction_reason"} {
			if s, ok := spec.Find(f); !ok || s.Late {
				t.Errorf("%s: a correction says with its first writing what it corrects and why (%s)", kind, f)
			}
		}
	}
}

func TestAVillageWorkerWritesRestrictedAnswersAndDoesNotReadThemBack(t *testing.T) {
	visit, _ := SchemaOf(KindVisit)
	for _, role := range villageRoles {
		for _, f := range []Field{"answers_restricted", "score", "grade_class", "triggers", "mood_note", "grade_reason"} {
			spec, ok := visit.Find(f)
			if !ok {
				t.Fatalf("no field %q", f)
			}
			if !role.MayWrite(visit, spec) || role.MaySee(spec) {
				t.Errorf("%s on %s: write %v, see %v", role, f, role.MayWrite(visit, spec), role.MaySee(spec))
			}
		}
		for _, f := range []Field{"grade", "answers_personal", "date", "next", "unknowns"} {
			if spec, _ := visit.Find(f); !role.MaySee(spec) {
				t.Errorf("%s cannot see %s", role, f)
			}
		}
	}
}

func TestWhatATaskIsAboutIsKeptFromTheVillage(t *testing.T) {
	task, _ := SchemaOf(KindTask)
	for _, role := range villageRoles {
		for _, f := range []Field{"true_kind", "report", "triggers", "excluded"} {
			if spec, _ := task.Find(f); role.MaySee(spec) {
				t.Errorf("%s sees %s", role, f)
			}
		}
	}
}

func TestNobodyInTheVillageConfirmsAGrade(t *testing.T) {
	person, _ := SchemaOf(KindPerson)
	visit, _ := SchemaOf(KindVisit)
	for _, role := range villageRoles {
		for _, f := range []Field{"standing_grade", "standing_reason"} {
			if spec, _ := person.Find(f); role.MayWrite(person, spec) {
				t.Errorf("%s may write %s", role, f)
			}
		}
		if spec, _ := visit.Find("review"); role.MayWrite(visit, spec) {
			t.Errorf("%s may review her own visits", role)
		}
	}
	if spec, _ := person.Find("standing_grade"); !RoleChildSupervisor.MayWrite(person, spec) {
		t.Error("the supervisor cannot confirm a grade")
	}
}

func TestBankDataAndIllnessOfHighestClassStayAtTheBureau(t *testing.T) {
	person, _ := SchemaOf(KindPerson)
	benefit, _ := SchemaOf(KindBenefit)
	hiv, _ := person.Find("hiv")
	for _, role := range append(villageRoles, RoleChildSupervisor, RoleAidOfficer, RoleDistrictAdmin, RoleSocialWorker) {
		if role.MaySee(hiv) || role.MayWrite(person, hiv) {
			t.Errorf("%s may read or write the HIV status", role)
		}
	}
	if !RoleChildOfficer.MaySee(hiv) {
		t.Error("the child-welfare officer named for it cannot see the HIV status")
	}
	for _, role := range villageRoles {
		for _, f := range benefit.Members("account") {
			if role.MaySee(f) {
				t.Errorf("%s sees %s", role, f.Key)
			}
		}
		for _, f := range person.Members("account") {
			if role.MaySee(f) {
				t.Errorf("%s sees %s", role, f.Key)
			}
		}
	}
}

// The fields that domain §6 asks for, by the paper form that has them.
func TestThePaperFormsFindTheirFields(t *testing.T) {
	forms := map[string]map[Kind][]Field{
		"6.1 child file": {
			KindPerson: {
				"name", "sex", "birth", "resident", "ethnic", "photo", "hukou_address", "address", FieldArea, "hukou_type",
				"child_categories", "category_since", "category_proof", "health_state", "disability_kind", "disability_grade", "disability_card",
				"illness", "vaccinated", "insured_medical", "school", "grade_class", "boarding", "attendance", "dropout_on",
				"father_name", "father_resident", "father_phone", "father_state", "father_place", "father_since",
				"mother_name", "mother_resident", "mother_phone", "mother_state", "mother_place", "mother_since", "relatives",
				"guardian_relation", "guardian_birth", "guardian_health", "guardian_education", "guardian_phone", "guardian_rating",
				"entrusted_name", "entrusted_on", "income_sources", "assistance", "account_owner", "account_number", "account_card",
				"emergency_name", "emergency2_name", "responsible", "supervisor",
			},
		},
		"6.2 child visit": {KindVisit: {
			"date", "started", "ended", "mode", "place", "present", "axes", "living_note", "health_note", "school_note",
			"mood_note", "guardian_note", "contact_note", "safety_note", "rights_note", "problems", "needs_note", "measures", "next", "signature", "review",
		}},
		"6.6 elder ledger": {KindPerson: {
			"phones", "elder_categories", "living", "ability_level", "ability_on", "chronic", "medicines", "supporter_name",
			"supporter_phone", "emergency_phone", "responsible", "willingness", "agreed_mode", "agreed_every",
		}},
		"6.7 elder visit": {KindVisit: {
			"date", "mode", "health_note", "mood_note", "economy_note", "support_note", "safety_note", "surroundings_note",
			"needs_note", "grade", "measures", "emergency_note", "signature",
		}},
		"6.8 care record": {KindCare: {"recipient", "self_care_level", "carer", "agreement", "date", "start", "end", "minutes", "items", "abnormal", "signature"}},
		"6.10 card survey": {KindBenefit: {
			"payee", "scheme", "bank", "last4", "card_holder", "card_relation", "card_agreement", "card_agreement_on",
			"card_agreement_filed", "card_withdrawn_by", "card_problem", "card_corrected_on",
		}},
	}
	for form, kinds := range forms {
		for kind, fields := range kinds {
			spec, _ := SchemaOf(kind)
			for _, f := range fields {
				_, one := spec.Find(f)
				_, set := spec.Find(f + "/1")
				if !one && !set {
					t.Errorf("%s: %s has no %q", form, kind, f)
				}
			}
		}
	}
}
