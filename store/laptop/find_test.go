package laptop

import (
	"fmt"
	"slices"
	"testing"

	"doorstep/casework"
)

func TestFindingSomeone(t *testing.T) {
	s := newStore(t, 1)
	named := func(name string, area casework.Area, grid, number string) casework.RecordID {
		v := child(name, area)
		v["grid"] = grid
		if number != "" {
			v["resident"] = map[string]string{"number": number}
		}
		return person(t, s, v)
	}
	lin := named("林小溪", zhudao, "3组", idNumber(1))
	shan := named("单小军", zhudao, "5组", idNumber(2))
	mai := named("买买提·吐尔逊", beishi, "3组", "")
	rare := named("𠮷㐂", beishi, "", "")
	s.NameVillages(map[casework.Area]string{zhudao: "竹岛村", beishi: "北河村"})
	tail := idNumber(1)[14:]
	cases := []struct {
		text string
		by   HitBy
		want []casework.RecordID
	}{
		{"林小", ByName, []casework.RecordID{lin}},
		{"linxiaoxi", ByName, []casework.RecordID{lin}},
		{"lxx", ByName, []casework.RecordID{lin}},
		{"shan", ByName, []casework.RecordID{shan}},
		{"dan", ByName, []casework.RecordID{shan}},
		{"ｌｉｎ", ByName, []casework.RecordID{lin}},
		{"小", ByName, []casework.RecordID{lin, shan}},
		{"吐尔逊", ByName, []casework.RecordID{mai}},
		{"㐂", ByName, []casework.RecordID{rare}},
		{tail, ByID, []casework.RecordID{lin}},
		{casework.Narrow(tail), ByID, []casework.RecordID{lin}},
		{tail[1:], ByID, nil},
		{"竹岛", ByPlace, []casework.RecordID{lin, shan}},
		{"竹岛村3组", ByPlace, []casework.RecordID{lin}},
		{"beihe", ByPlace, []casework.RecordID{mai, rare}},
		{"3组", ByPlace, []casework.RecordID{lin, mai}},
		{"查无此人", ByName, nil},
		{"  ", ByName, nil},
	}
	check := func() {
		t.Helper()
		for _, c := range cases {
			var got []casework.RecordID
			for _, h := range s.Find(c.text) {
				if h.By != c.by {
					t.Errorf("%s: found by %s", c.text, h.By)
				}
				got = append(got, h.Person.ID)
			}
			by := func(a, b casework.RecordID) int { return a.Compare(b.ID) }
			slices.SortFunc(got, by)
			slices.SortFunc(c.want, by)
			if !slices.Equal(got, c.want) {
				t.Errorf("%s: %d found, want %d", c.text, len(got), len(c.want))
			}
		}
	}
	check()
	// Someone is renamed and someone is new: found at once, under the new name only.
	r, err := s.Record(t.Context(), lin)
	try(t, err)
	op, err := s.Author().Edit(r, casework.Values{"name": "赵铁柱"}, "")
	try(t, err)
	try(t, s.Save(t.Context(), op))
	if len(s.Find("linxiaoxi")) != 0 || len(s.Find("ztz")) != 1 || s.Find("ztz")[0].Person.Name != "赵铁柱" {
		t.Error("the search shows yesterday's name")
	}
	for i := range mostStale + 10 {
		named(fmt.Sprintf("孙玉兰%c", []rune(given)[i%len([]rune(given))]), zhudao, "9组", "")
		if n := len(s.Find("syl")); n != i+1 {
			t.Fatalf("%d found of %d", n, i+1)
		}
	}
}

func TestSomeoneEnteredByMistakeIsNotFound(t *testing.T) {
	s := newStore(t, 2)
	who := person(t, s, child("林小溪", zhudao))
	r, err := s.Record(t.Context(), who)
	try(t, err)
	op, err := s.Author().Retract(r, "重复")
	try(t, err)
	try(t, s.Save(t.Context(), op))
	if n := len(s.Find("林小溪")); n != 0 {
		t.Fatalf("%d found", n)
	}
	if p, ok := s.Person(who); !ok || !p.Retracted {
		t.Fatal("her file should stay, marked")
	}
}

func TestPeopleAreListedAsOneWalks(t *testing.T) {
	s := newStore(t, 3)
	a := person(t, s, child("周大山", beishi))
	b := person(t, s, child("孙玉兰", zhudao))
	order := func() (ids []casework.RecordID) {
		for _, p := range s.People() {
			ids = append(ids, p.ID)
		}
		return ids
	}
	before := s.People()
	late, early := child("林小溪", zhudao), child("赵铁柱", zhudao)
	late["grid"], early["grid"] = "10组", "9组"
	ten, nine := person(t, s, late), person(t, s, early)
	if got := order(); !slices.Equal(got, []casework.RecordID{b, nine, ten, a}) {
		t.Fatal("9组 does not come before 10组", got)
	}
	for _, id := range []casework.RecordID{nine, ten} {
		r, err := s.Record(t.Context(), id)
		try(t, err)
		op, err := s.Author().Edit(r, casework.Values{"area": "371002104100"}, "")
		try(t, err)
		try(t, s.Save(t.Context(), op))
	}
	if got := order(); !slices.Equal(got, []casework.RecordID{nine, ten, b, a}) {
		t.Fatal(got)
	}
	r, err := s.Record(t.Context(), b)
	try(t, err)
	op, err := s.Author().Edit(r, casework.Values{"area": "371002104203"}, "")
	try(t, err)
	try(t, s.Save(t.Context(), op))
	if got := order(); !slices.Equal(got, []casework.RecordID{nine, ten, a, b}) {
		t.Fatal(got)
	}
	if before[0].ID != b || before[0].Area() != zhudao {
		t.Fatal("the list a screen holds changed under it")
	}
}
