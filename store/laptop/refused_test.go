package laptop

import (
	"errors"
	"strings"
	"testing"

	"doorstep/casework"
	"doorstep/casework/lang"
)

func TestWhatCannotBeKeptNamesItsField(t *testing.T) {
	s := newStore(t, 31)
	who := person(t, s, child("林小溪", zhudao))
	seen, err := s.Record(t.Context(), who)
	try(t, err)
	for _, c := range []struct {
		field casework.Field
		value any
		code  casework.Code
		says  string
	}{
		{"name", strings.Repeat("长", 10000), "laptop.refused_text", "姓名"},
		{"name", "红\x1b[31m色", "laptop.refused_text", "60"},
		{"address", "\u202e反过来", "laptop.refused_text", "现住址"},
		{"guardian_name", strings.Repeat("长", 61), "laptop.refused_text", "监护人"},
		{"phones/1", strings.Repeat("1", 65), "laptop.refused_value", "联系电话"},
		{"standing_grade", "1", "laptop.refused", "这一项不归你改"},
	} {
		if c.code == "laptop.refused" {
			enrolled(t, s)
		}
		op, err := s.Author().Edit(seen, casework.Values{c.field: c.value}, "")
		try(t, err)
		err = s.Save(t.Context(), op)
		wants(t, err, c.code)
		for _, tag := range []string{"zh", "en"} {
			sp, lost := lang.New(tag)
			try(t, lost)
			said := sp.Error(err)
			if strings.ContainsAny(said, "\x1b\u202e[") || tag == "zh" && !strings.Contains(said, c.says) || strings.Contains(said, "forbidden") {
				t.Errorf("%s: %s", c.field, said)
			}
		}
		var e *casework.Error
		if errors.As(err, &e); strings.Contains(e.Error(), "长长") {
			t.Error("the error repeats what was typed:", e)
		}
	}
	if p, _ := s.Person(who); p.Name != "林小溪" {
		t.Error(p.Name)
	}
}

// What comes from the district is believed, but it does not get at the terminal.
func TestHostileWordsInNewsAreHarmless(t *testing.T) {
	s := newStore(t, 32)
	who := person(t, s, child("林小溪", zhudao))
	d := enrolled(t, s)
	talk(t, s, d)
	for _, name := range []string{"红\x1b]0;pwned\a色", strings.Repeat("长", 10000), "\u202e反过来"} {
		r := d.state.Records[who]
		op, err := other.Edit(r, casework.Values{"name": name}, "")
		try(t, err)
		d.state.Records[who], _ = casework.Merge(r, op)
		d.write(func() casework.Op {
			o, err := other.Edit(d.state.Records[who], casework.Values{"grid": name[:3] + "组"}, "")
			try(t, err)
			return o
		}(), false, "")
		talk(t, s, d)
		for range 2 {
			p, ok := s.Person(who)
			if !ok || strings.ContainsAny(p.Name, "\x1b\a\u202e") || len([]rune(p.Name)) > 60 || p.Name == "林小溪" {
				t.Fatalf("%.80q", p.Name)
			}
			s.Find(string([]rune(p.Name)[:1]))
			s = again(t, s)
		}
	}
}
