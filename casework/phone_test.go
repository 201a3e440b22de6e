package casework_test

import (
	"fmt"
	"testing"

	"doorstep/casework"
)

func TestPhones(t *testing.T) {
	for _, c := range []struct{ text, want, mask string }{
		{"13912342231", "[13912342231]", "139****2231"},
		{"+86 139-1234-2231", "[13912342231]", "139****2231"},
		{"0086 13912342231", "[13912342231]", ""},
		{"8613912342231", "[13912342231]", ""},
		{"１３９１２３４２２３１", "[13912342231]", ""},
		{"'13912342231", "[13912342231]", ""},
		{"0631-5812345", "[0631-5812345]", "0631-5****45"},
		{"06315812345", "[0631-5812345]", ""},
		{"010 62345678", "[010-62345678]", ""},
		{"(0631)5812345转12", "[0631-5812345-12]", ""},
		{"5812345", "[5812345]", "58****45"},
		{"120", "[120]", "120"},
		{"12345", "[12345]", "12345"},
		{"13912342231/0631-5812345", "[13912342231 0631-5812345]", ""},
		{"13912342231、13812345678", "[13912342231 13812345678]", ""},
		{"13912342231 13812345678", "[13912342231 13812345678]", ""},
		{"13912342231；13912342231", "[13912342231]", ""},
		{"13912342231\n13812345678", "[13912342231 13812345678]", ""},
		{"爸13912342231 妈13812345678", "[13912342231 13812345678]", ""},
	} {
		got, err := casework.ParsePhones(c.text)
		if err != nil || fmt.Sprint(got) != c.want || c.mask != "" && got[0].Mask() != c.mask {
			t.Errorf("%q: %v %v %v", c.text, got, got[0].Mask(), err)
		}
	}
	for text, code := range map[string]casework.Code{
		"": "phone.empty", "1391234223": "phone.malformed", "12912342231": "phone.malformed", "139****2231": "phone.hidden",
		"1.39E+10": "phone.scientific", "无": "phone.malformed", "139123422311": "phone.malformed",
	} {
		if got, err := casework.ParsePhones(text); casework.CodeOf(err) != code || len(got) != 0 {
			t.Errorf("%q: %v %v", text, got, err)
		}
	}
	got, err := casework.ParsePhones("13912342231/1391234")
	if len(got) != 1 || casework.CodeOf(err) != "phone.malformed" {
		t.Error("what can be read is kept and the rest is told:", got, err)
	}
}

func FuzzPhones(f *testing.F) {
	for _, s := range []string{"13912342231/0631-5812345", "+86 139", "(0631)5812345转12", "爸139"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, _ := casework.ParsePhones(s)
		for _, p := range got {
			if again, err := casework.ParsePhone(string(p)); err != nil || again != p {
				t.Fatal(s, p, again, err)
			}
			_ = p.Mask()
		}
	})
}
