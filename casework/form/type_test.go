package form

import (
	"slices"
	"strings"
	"testing"

	"doorstep/casework"
)

// oneOf is a form with one question of a type.
func oneOf(t testing.TB, typ Type, change func(*Item)) *Instance {
	t.Helper()
	it := &Item{Kind: Question, Type: typ, Name: "q", Path: "/data/q"}
	if typ.Selects() {
		it.List = "l"
	}
	if change != nil {
		change(it)
	}
	in, err := Start(load(t, &Definition{
		FormID: "one", Root: "data", Items: []*Item{it}, Lists: []*List{{Name: "l", Choices: []*Choice{{Name: "a"}, {Name: "b"}, {Name: "10"}}}},
	}), StartOptions{Worker: "张桂芬", Device: "D1"}, noon())
	if err != nil {
		t.Fatal(err)
	}
	return in
}

// What each type takes, how it is kept, and what is wrong with what it does not take.
func TestAnswersOfEveryType(t *testing.T) {
	ranged := func(it *Item) { it.Parameters = map[string]string{"start": "0", "end": "2", "step": "0.5"} }
	for _, k := range []struct {
		typ    Type
		change func(*Item)
		given  string
		kept   string
		wrong  casework.Code
	}{
		{TypeText, nil, "她说“没事”，𠮷家\n第二行", "她说“没事”，𠮷家\n第二行", ""},
		{TypeText, nil, "a\x00\x1b[31mb\u202ec", "a[31mbc", ""},
		{TypeBarcode, nil, "６９012345", "６９012345", ""},
		{TypeInteger, nil, " １２ ", "12", ""},
		{TypeInteger, nil, "-3", "-3", ""},
		{TypeInteger, nil, "1.5", "1.5", CodeNotInteger},
		{TypeInteger, nil, "99999999999999999999", "99999999999999999999", CodeNotInteger},
		{TypeInteger, nil, "十二", "十二", CodeNotInteger},
		{TypeDecimal, nil, "１.５", "1.5", ""},
		{TypeDecimal, nil, "1,000", "1,000", CodeNotNumber},
		{TypeDecimal, nil, "2026-11-22", "2026-11-22", CodeNotNumber},
		{TypeDecimal, nil, "NaN", "NaN", CodeNotNumber},
		{TypeRange, ranged, "1.5", "1.5", ""},
		{TypeRange, ranged, "2.5", "2.5", CodeOutOfRange},
		{TypeRange, ranged, "1.2", "1.2", CodeOutOfStep},
		{TypeRange, nil, "10", "10", ""},
		{TypeRange, nil, "11", "11", CodeOutOfRange},
		{TypeRange, func(it *Item) { it.Parameters = map[string]string{"start": "10", "end": "0", "step": "-2"} }, "4", "4", ""},
		{TypeDate, nil, "２０２６-１１-２２", "2026-11-22", ""},
		{TypeDate, nil, "2026-02-30", "2026-02-30", CodeNotDate},
		{TypeDate, nil, "2026-11-22T10:00", "2026-11-22T10:00", CodeNotDate},
		{TypeTime, nil, "14:30:00.000+08:00", "14:30:00.000+08:00", ""},
		{TypeTime, nil, "14:30", "14:30", ""},
		{TypeTime, nil, "25:00", "25:00", CodeNotTime},
		{TypeDateTime, nil, "2026-11-22T14:30:00.000+08:00", "2026-11-22T14:30:00.000+08:00", ""},
		{TypeDateTime, nil, "2026-11-22", "2026-11-22", CodeNotDate},
		{TypeGeopoint, nil, "37.51 122.12 0 0", "37.51 122.12 0 0", ""},
		{TypeGeopoint, nil, "122.12 37.51", "122.12 37.51", CodeNotPlace},
		{TypeGeopoint, nil, "37.51", "37.51", CodeNotPlace},
		{TypeSelectOne, nil, "a", "a", ""},
		{TypeSelectOne, nil, "c", "c", CodeNotAChoice},
		{TypeSelectOne, nil, "a b", "a b", CodeNotAChoice},
		{TypeSelectMultiple, nil, "  b   a b ", "b a", ""},
		{TypeSelectMultiple, nil, "a c", "a c", CodeNotAChoice},
		{TypeRank, nil, "10 a b", "10 a b", ""},
		{TypeRank, nil, "a x", "a x", CodeNotAChoice},
		{TypeAcknowledge, nil, "OK", "OK", ""},
		{TypeImage, nil, "照片.jpg", "照片.jpg", ""},
		{TypeAudio, nil, "声音.m4a", "声音.m4a", ""},
		{TypeVideo, nil, "v.mp4", "v.mp4", ""},
		{TypeFile, nil, "表.xlsx", "表.xlsx", ""},
	} {
		in := oneOf(t, k.typ, k.change)
		set(t, in, "/data/q", k.given)
		var wrong casework.Code
		for _, h := range in.Hindrances() {
			wrong = h.Code
		}
		if value(in, "/data/q") != k.kept || wrong != k.wrong {
			t.Errorf("%s %q: kept %q, wrong %q, want %q and %q", k.typ, k.given, value(in, "/data/q"), wrong, k.kept, k.wrong)
		}
		if raw := string(in.Submission()); k.wrong == "" && !strings.Contains(raw, "<q>") {
			t.Errorf("%s is not sent: %s", k.typ, raw)
		}
	}
}

func TestTypesNobodyTypes(t *testing.T) {
	for typ, want := range map[Type]string{
		TypeStart: "2026-11-23T12:00:01.000+08:00", TypeToday: "2026-11-23", TypeUsername: "张桂芬", TypeDeviceID: "D1",
		TypeHidden: "", TypeEnd: "", TypeNote: "", TypeCalculate: "3",
	} {
		in := oneOf(t, typ, func(it *Item) {
			if typ == TypeCalculate {
				it.Calculation = "1 + 2"
			}
		})
		if got := value(in, "/data/q"); got != want {
			t.Errorf("%s holds %q, want %q", typ, got, want)
		}
		if _, err := in.Set("/data/q", "x"); casework.CodeOf(err) != "form.not_answerable" {
			t.Errorf("%s was typed into: %v", typ, err)
		}
	}
	closed, wrong := oneOf(t, TypeEnd, nil).Finalise()
	if len(wrong) > 0 || len(closed.Answers[casework.Routine]) != 1 || !strings.HasPrefix(closed.Answers[casework.Routine][0].Value, "2026-11-23T12:00:0") {
		t.Errorf("the end of a visit: %+v %v", closed.Answers, wrong)
	}
	for _, typ := range Types {
		if typ.Shown() == slices.Contains([]Type{TypeStart, TypeEnd, TypeToday, TypeUsername, TypeDeviceID, TypeHidden, TypeCalculate}, typ) {
			t.Errorf("%s: shown %v", typ, typ.Shown())
		}
	}
}

// A calculation with a trigger is computed when that question changes, and at no other time.
func TestACalculationThatWaitsForItsTrigger(t *testing.T) {
	q := func(typ Type, name, calculation string, trigger ...string) *Item {
		return &Item{Kind: Question, Type: typ, Name: name, Path: "/data/" + name, Calculation: calculation, Trigger: trigger}
	}
	in, err := Start(load(t, &Definition{FormID: "w", Root: "data", Items: []*Item{
		q(TypeInteger, "a", ""), q(TypeInteger, "b", ""), q(TypeCalculate, "sum", "${a} + ${b}"), q(TypeCalculate, "then", "${a} + ${b}", "b"),
		q(TypeCalculate, "moment", "now()", "b"),
	}}), StartOptions{}, noon())
	if err != nil {
		t.Fatal(err)
	}
	if value(in, "/data/moment") != "" {
		t.Error("computed before anybody answered")
	}
	set(t, in, "/data/b", "1", "/data/a", "5")
	moment := value(in, "/data/moment")
	if value(in, "/data/sum") != "6" || value(in, "/data/then") != "" || moment == "" {
		t.Errorf("sum %q, then %q, moment %q", value(in, "/data/sum"), value(in, "/data/then"), moment)
	}
	set(t, in, "/data/b", "2")
	if value(in, "/data/then") != "7" || value(in, "/data/moment") == moment {
		t.Errorf("then %q", value(in, "/data/then"))
	}
}
