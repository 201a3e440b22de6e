package casework_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"doorstep/casework"
)

var today = casework.MustDay("2026-11-22")

func TestResidentLadder(t *testing.T) {
	for _, c := range []struct {
		text, want, sex, birth string
		code                   casework.Code
	}{
		{text: "11010519491231002X", want: "11010519491231002X", sex: "2", birth: "1949-12-31"},
		{text: "11010519491231002x", want: "11010519491231002X"},
		{text: "11010519491231002Ｘ", want: "11010519491231002X"},
		{text: "440524188001010014", code: "resident.age"}, // legal by the standard, but 146 years old
		{text: "110108201503171024", want: "110108201503171024", sex: "2", birth: "2015-03-17"},
		{text: "370303201311020034", want: "370303201311020034", sex: "1"},
		{text: "440307194506082017", want: "440307194506082017", sex: "1"},
		{text: "310105193812250034", want: "310105193812250034", sex: "1"},
		{text: "371002201809010042", want: "371002201809010042", sex: "2"},
		{text: "371002195202290019", want: "371002195202290019", sex: "1", birth: "1952-02-29"},
		{text: "130503670401001", want: "130503196704010016", sex: "1", birth: "1967-04-01"},
		{text: " '110108 20150317 1024", want: "110108201503171024"},
		{text: "１１０１０８２０１５０３１７１０２４　", want: "110108201503171024"},
		{text: "\u202e110108201503171024\u200b", want: "110108201503171024"},
		{text: `="110108201503171024"`, want: "110108201503171024"}, // how spreadsheets keep digits in a CSV file
		{text: "", code: "resident.empty"},
		{text: "　'", code: "resident.empty"},
		{text: "1.10108E+17", code: "resident.scientific"},
		{text: "１.１０１０８Ｅ＋１７", code: "resident.scientific"},
		{text: "11010820150317102", code: "resident.length"},
		{text: "1101082015031710244", code: "resident.length"},
		{text: "无", code: "resident.length"},
		{text: "11010820150317102A", code: "resident.chars"},
		{text: "1101082015X3171024", code: "resident.chars"},
		{text: "一二三四五六七八九十一二三四五六七八", code: "resident.chars"},
		{text: "110108201502301024", code: "resident.date"},
		{text: "371002195302290019", code: "resident.date"},
		{text: "110108203003171021", code: "resident.future"},
		{text: "110108201503171025", code: "resident.check"},
		{text: "110108201503171042", code: "resident.check"}, // two digits changed places
		{text: "CHN110178051201", want: "CHN110178051201"},
	} {
		id, err := casework.ParseResidentID(c.text, today)
		if got := casework.CodeOf(err); got != c.code || id.Reveal() != c.want {
			t.Errorf("%q: got %q %q, want %q %q", c.text, id.Reveal(), got, c.want, c.code)
			continue
		}
		if c.sex != "" && id.Sex() != c.sex || c.birth != "" && id.Birth().String() != c.birth {
			t.Errorf("%q: sex %q birth %v", c.text, id.Sex(), id.Birth())
		}
	}
	if id, err := casework.ParseResidentID("440524188001010014", casework.MustDay("1949-10-01")); err != nil || id.Sex() != "1" {
		t.Errorf("the standard's second example: %v", err)
	}
}

func TestOneHundredAndThirtyIsStillAlive(t *testing.T) {
	born := casework.MustDay("1949-12-31")
	if _, err := casework.ParseResidentID("11010519491231002X", born.AddMonths(12*131).AddDays(-1)); err != nil {
		t.Error(err)
	}
	if _, err := casework.ParseResidentID("11010519491231002X", born.AddMonths(12*131)); casework.CodeOf(err) != "resident.age" {
		t.Error(err)
	}
	if _, err := casework.ParseResidentID("11010519491231002X", born); err != nil {
		t.Error("a child is registered on the day of birth:", err)
	}
}

func TestResidentKinds(t *testing.T) {
	for _, c := range []struct {
		number string
		want   casework.IDKind
	}{
		{"110108201503171024", casework.IDCitizen},
		{withCheck("81000020150317102"), casework.IDPermit},
		{withCheck("83000020150317102"), casework.IDPermit},
		{withCheck("93270320150317102"), casework.IDForeign},
		{"USA110178051201", casework.IDForeignFore},
	} {
		id, err := casework.ParseResidentID(c.number, today)
		if err != nil || id.Kind() != c.want {
			t.Errorf("%s: %v %v", c.number, id.Kind(), err)
		}
	}
}

func TestResidentDoubts(t *testing.T) {
	id := mustID(t, "110108201503171024")
	far := mustID(t, withCheck("99010820150317102"))
	if far.Kind() != casework.IDForeign || len(far.Doubts("", casework.Date{})) != 0 {
		t.Error("a foreign number has no province")
	}
	odd := mustID(t, withCheck("78010820150317102"))
	for _, c := range []struct {
		id    casework.ResidentID
		sex   string
		birth string
		want  []casework.Code
	}{
		{id, "2", "2015-03-17", nil},
		{id, "0", "2015", nil},
		{id, "", "2015-03", nil},
		{id, "1", "", []casework.Code{"resident.sex"}},
		{id, "2", "2015-03-18", []casework.Code{"resident.birth"}},
		{id, "2", "2014", []casework.Code{"resident.birth"}},
		{id, "2", "农历2015-01-27", nil}, // the same day by the other calendar
		{id, "2", "农历2015-03-17", nil}, // the lunar digits were registered as they stand
		{id, "2", "农历2015-02-27", []casework.Code{"resident.birth"}},
		{id, "2", "农历2013-01-27", []casework.Code{"resident.birth"}},
		{odd, "1", "2015-04", []casework.Code{"resident.province", "resident.sex", "resident.birth"}},
	} {
		var birth casework.Date
		if c.birth != "" {
			birth = mustDate(t, c.birth)
		}
		var got []casework.Code
		for _, e := range c.id.Doubts(c.sex, birth) {
			got = append(got, e.Code)
		}
		if fmt.Sprint(got) != fmt.Sprint(c.want) {
			t.Errorf("%s %s: %v, want %v", c.sex, c.birth, got, c.want)
		}
	}
}

func TestNoPrintingShowsTheNumber(t *testing.T) {
	const number = "110108201503171024"
	id := mustID(t, number)
	card, err := casework.ParseDisabilityCard(number+"62B1", today)
	if err != nil || card.Kind() != "6" || card.Grade() != "2" || card.Reveal() != number+"62B1" {
		t.Fatal(card, err)
	}
	var log bytes.Buffer
	l := slog.New(slog.NewTextHandler(&log, nil))
	type row struct {
		Who  casework.ResidentID
		Card casework.DisabilityCard
	}
	l.Info("seen", "id", id, "card", card, "row", row{id, card})
	var all strings.Builder
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d", "%X", "%10.3s", "%t"} {
		fmt.Fprintf(&all, verb+"\n", id)
		fmt.Fprintf(&all, verb+"\n", row{id, card})
		fmt.Fprintf(&all, verb+"\n", &row{id, card})
		fmt.Fprintf(&all, verb+"\n", []casework.ResidentID{id})
	}
	fmt.Fprintln(&all, id, card, id.String(), id.GoString(), card.GoString(), fmt.Errorf("x %w", errors.New(card.String())))
	if _, err := json.Marshal(id); err == nil {
		t.Error("JSON must go through Register")
	}
	for _, hidden := range []string{number, "20150317", fmt.Sprintf("%x", number)} {
		if strings.Contains(all.String()+log.String(), hidden) {
			t.Errorf("%q shows in %s%s", hidden, all.String(), log.String())
		}
	}
	if id.Mask() != "110108********1024" {
		t.Error(id.Mask())
	}
}

func TestResidentRegister(t *testing.T) {
	id := mustID(t, "110108201503171024")
	none, err := casework.AbsentID("foundling")
	if err != nil || none.Reveal() != "" || none.Mask() != "" {
		t.Fatal(err)
	}
	for _, v := range []casework.ResidentID{id, none, {}} {
		back, err := casework.ResidentOf(v.Register(), today)
		if err != nil || back != v {
			t.Errorf("%s: %v", v.Register(), err)
		}
	}
	if _, err := casework.AbsentID("because"); casework.CodeOf(err) != "resident.reason" {
		t.Error(err)
	}
	if _, err := casework.ResidentOf([]byte(`[1]`), today); casework.CodeOf(err) != "resident.malformed" {
		t.Error(err)
	}
}

func TestPapers(t *testing.T) {
	for text, code := range map[string]casework.Code{
		"110108201503171024":     "disability_card.length",
		"11010820150317102482":   "disability_card.kind",
		"11010820150317102465":   "disability_card.grade",
		"11010820150317102562":   "resident.check",
		"110108201503171024 62":  "",
		"110108201503171024６２b2": "",
		"11010820150317102462C1": "disability_card.length",
	} {
		if _, err := casework.ParseDisabilityCard(text, today); casework.CodeOf(err) != code {
			t.Errorf("%s: %v", text, err)
		}
	}
	for text, code := range map[string]casework.Code{
		"91350100M000100Y43":  "", // the standard's own example
		"91350100m000100y43 ": "",
		"91350100M000100Y44":  "credit_code.check",
		"91350100M000100O43":  "credit_code.chars",
		"91350100M00010":      "credit_code.length",
	} {
		if _, err := casework.ParseCreditCode(text); casework.CodeOf(err) != code {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func FuzzResidentID(f *testing.F) {
	for _, s := range []string{"11010519491231002X", "130503670401001", "1.10108E+17", "CHN110178051201", "１１０１０８２０１５０３１７１０２４", "\xff\xfe"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		id, err := casework.ParseResidentID(s, today)
		if err != nil {
			if casework.CodeOf(err) == "" {
				t.Fatalf("%q: an error without a sentence: %v", s, err)
			}
			return
		}
		again, err := casework.ParseResidentID(id.Reveal(), today)
		if err != nil || again != id {
			t.Fatalf("%q is not stable", s)
		}
		if b := id.Birth(); b > today {
			t.Fatalf("%q born tomorrow", s)
		}
		_, _ = casework.ParseDisabilityCard(s, today)
		_, _ = casework.ParseCreditCode(s)
	})
}

// withCheck appends the check character to 17 digits by trying all eleven.
func withCheck(s string) string {
	for _, c := range "0123456789X" {
		if _, err := casework.ParseResidentID(s+string(c), today); err == nil {
			return s + string(c)
		}
	}
	panic(s)
}

func mustID(t *testing.T, s string) casework.ResidentID {
	t.Helper()
	id, err := casework.ParseResidentID(s, today)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func mustDate(t *testing.T, s string) casework.Date {
	t.Helper()
	d, err := casework.ParseDate(s)
	if err != nil {
		t.Fatal(s, err)
	}
	return d
}
