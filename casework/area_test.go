package casework_test

import (
	"encoding/json"
	"testing"

	"doorstep/casework"
)

func TestAreas(t *testing.T) {
	for _, c := range []struct {
		text, want, parent string
		level              casework.AreaLevel
	}{
		{"371002", "371002000000", "371000000000", casework.LevelCounty},
		{"３７１００２ ", "371002000000", "371000000000", casework.LevelCounty},
		{"371002001", "371002001000", "371002000000", casework.LevelTownship},
		{"371002001203", "371002001203", "371002001000", casework.LevelVillage},
		{"430400000000", "430400000000", "430000000000", casework.LevelCity},
		{"370000", "370000000000", "", casework.LevelProvince},
		{"419001", "419001000000", "419000000000", casework.LevelCounty}, // a county directly below its province
	} {
		a, err := casework.ParseArea(c.text)
		if err != nil || a.String() != c.want || a.Level() != c.level || a.Parent().String() != c.parent {
			t.Errorf("%s: %v %v %v %v", c.text, a, a.Level(), a.Parent(), err)
		}
	}
	for _, bad := range []string{"", "37100", "3710020012034", "37100200120a", "000000000000", "371002000203", "北京市"} {
		if a, err := casework.ParseArea(bad); casework.CodeOf(err) != "area.malformed" {
			t.Errorf("%q: %v %v", bad, a, err)
		}
	}
}

func TestAreaFamily(t *testing.T) {
	district, town, village := area(t, "371002"), area(t, "371002001"), area(t, "371002001203")
	other := area(t, "371002002201")
	for _, c := range []struct {
		a, b casework.Area
		want bool
	}{
		{district, village, true},
		{district, district, true},
		{town, village, true},
		{town, other, false},
		{village, town, false},
		{village, village, true},
		{"", village, false},
		{district, "", false},
		{"371", village, false},
	} {
		if got := c.a.Contains(c.b); got != c.want {
			t.Errorf("%s contains %s: %v", c.a, c.b, got)
		}
	}
	if village.Township() != town || village.Village() != village || village.County() != district || town.Village() != "" || town.Prefix() != "371002001" {
		t.Error(village.Township(), village.Village(), village.County(), town.Village(), town.Prefix())
	}
	if casework.Area("").Prefix() != "" || casework.Area("").Parent() != "" {
		t.Error("no area, no prefix")
	}
	var a casework.Area
	if json.Unmarshal([]byte(`"371002001203"`), &a) != nil || a != village || json.Unmarshal([]byte(`"x"`), &a) == nil {
		t.Error(a)
	}
}

func area(t *testing.T, s string) casework.Area {
	t.Helper()
	a, err := casework.ParseArea(s)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func FuzzArea(f *testing.F) {
	for _, s := range []string{"371002", "371002001203", "３７１００２", "0", "99"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a, err := casework.ParseArea(s)
		if err != nil {
			return
		}
		for p := a; p != ""; p = p.Parent() {
			if len(p) != 12 || !p.Contains(a) {
				t.Fatal(s, a, p)
			}
		}
	})
}
