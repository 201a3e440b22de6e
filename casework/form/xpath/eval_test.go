package xpath

import (
	"testing"

	"doorstep/casework"
)

func TestExpressionsAtTheDoor(t *testing.T) {
	for _, c := range []struct{ src, want string }{
		// Questions
		{"${age} < 14 and selected(${who}, 'child')", "true"},
		{"${age} < 14 and not(selected(${who}, 'father'))", "true"},
		{"${mood} = ''", "true"},
		{"if(${mood}, 'asked', 'not yet')", "not yet"},
		{"if(${age} >= 16, 'A', if(${age} >= 8, 'B', 'C'))", "B"},
		{"${age}-1", "8"},
		{"-${age} mod 4", "-1"},
		{"string-length(${name})", "7"},
		{"substr(${name}, 0, 3)", "买买提"},
		{"substring-after(${name}, '·')", "吐尔逊"},
		{"count-selected(${who})", "2"},
		{"selected-at(${who}, 1)", "grandmother"},
		{"jr:choice-name(selected-at(${who}, 0), '${who}')", "孩子"},
		{"jr:choice-name('aunt', '${who}')", "aunt"},
		// What is not relevant is blank, whoever asks
		{"${carer_age}", ""},
		{"/data/carer/carer_age = ''", "true"},
		{"/data/carer = ''", "true"},
		// A blank is no zero and no "less"
		{"${mood} < 1", "false"},
		{"${mood} >= 0", "false"},
		{"coalesce(${mood}, ${carer_age}, 'unknown')", "unknown"},
		{"coalesce(1 div '', 0)", "0"},
		// Repeats and tables
		{"count(${benefit})", "2"},
		{"count-non-empty(/data/benefit/amount)", "1"},
		{"sum(/data/benefit[amount != '']/amount)", "600"},
		{"sum(${amount})", "NaN"},
		{"indexed-repeat(${b_name}, ${benefit}, 2)", "助学金"},
		{"indexed-repeat(${b_name}, ${benefit}, 3)", ""},
		{"join('、', ${b_name})", "低保、助学金"},
		{"position(/data/benefit[b_name = '助学金'])", "2"},
		{"instance('villages')/root/item[name = 'v2']/label", "㐂山村"},
		{"count(instance('villages')/root/item[town = 't1'])", "2"},
		{"instance('villages')/root/item[town = 't1'][2]/label", "𠮷家庄"},
		{"pulldata('villages', 'label', 'name', 'v3')", "𠮷家庄"},
		{"pulldata('villages', 'label', 'name', 'v9')", ""},
		// Days are civil days in Shanghai
		{"today()", "2026-11-23"},
		{"now()", "2026-11-23T07:30:00.000+08:00"},
		{"int(now()) = int(today())", "true"},
		{"date(0)", "1970-01-01"},
		{"date(${visited}) + 1", "20780"},
		{"date(${visited} + 1)", "2026-11-23"},
		{"today() - ${visited}", "1"},
		{"${visited} < today()", "true"},
		{"'2026-11-23' = string(today())", "true"},
		{"date('2026-02-29')", ""},
		{"date('改天')", ""},
		{"date('2026-1-2')", "2026-01-02"},
		{"date('2026-11-22T23:00:00.000Z')", "2026-11-22"},
		{"date-time('2026-11-22T23:00:00.000Z')", "2026-11-23T07:00:00.000+08:00"},
		{"date(decimal-date-time('2026-11-22'))", "2026-11-22"},
		{"decimal-time('12:00:00.000+08:00')", "0.5"},
		{"format-date(${visited}, '%Y年%n月%e日')", "2026年11月22日"},
		{"format-date('', '%Y')", ""},
		{"format-date-time('2026-11-22T09:05:07.080+08:00', '%H:%M:%S.%3 %h %%')", "09:05:07.080 9 %"},
		{"difference-in-months('2026-01-31', '2026-02-28')", "1"},
		{"difference-in-months('2026-01-31', '2026-02-27')", "0"},
		{"cht:difference-in-years('2016-11-23', today())", "10"},
		{"difference-in-years('2016-11-24', today())", "9"},
		{"add-date('2026-01-31', 0, 1)", "2026-02-28"},
		{"add-date('2024-02-29', 1, 0, 1)", "2025-03-01"},
		// Numbers as people write them
		{"round(2.15, 1)", "2.2"},
		{"round(-2.5)", "-2"},
		{"round(1234.5, -2)", "1200"},
		{"round(99.95, 1)", "100"},
		{"'10' < '9'", "false"},
		{"'a' < 'b'", "false"},
		{"number('1e3')", "NaN"},
		{"max(3, '12', 7)", "12"},
		{"0.1 + 0.2 = 0.3", "false"},
		{"5 div 0", "Infinity"},
		// Texts
		{"regex('371002199901011234', '[0-9]{17}[0-9X]')", "true"},
		{"regex('x371002199901011234', '[0-9]{17}[0-9X]')", "false"},
		{"translate('2026/11/22', '/', '-')", "2026-11-22"},
		{"normalize-space('  a \t b ')", "a b"},
		{"checklist(2, 2, ${age} > 5, ${age} > 50, 1 = 1)", "true"},
		{"weighted-checklist(5, -1, ${age} > 5, 3, true(), 2)", "true"},
		{"boolean-from-string('1')", "true"},
		// Axes
		{"name(/data/*[1])", "age"},
		{"count(/data/benefit[1]/following-sibling::benefit)", "1"},
		{"name(/data/benefit[1]/preceding-sibling::*[1])", "visited"},
		{"count(//amount | /data/benefit/b_name | //amount)", "4"},
		{"local-name(/data/benefit[last()]/amount/ancestor::*[1])", "benefit"},
	} {
		if got := eval(t, c.src, visit()).String(); got != c.want {
			t.Errorf("%s = %q, want %q", c.src, got, c.want)
		}
	}
}

// A branch that is not taken may be wrong without harm: half-filled forms are normal.
func TestLaziness(t *testing.T) {
	c := visit()
	for _, src := range []string{
		"if(true(), 'ok', instance('nowhere')/root)",
		"coalesce('ok', ${nobody})",
		"if(true() or ${nobody} = 1, 'ok', '')",
		"if(false() and ${nobody} = 1, '', 'ok')",
	} {
		if got := eval(t, src, c).String(); got != "ok" {
			t.Errorf("%s = %q", src, got)
		}
	}
}

func TestProblemsWhileEvaluating(t *testing.T) {
	for _, c := range []struct {
		src  string
		code casework.Code
		at   int
	}{
		{"1 + ${nobody}", "xpath.unknown_field", 4},
		{"count(instance('x')/root)", "xpath.unknown_table", 6},
		{"pulldata('x', 'a', 'b', 'c')", "xpath.unknown_table", 0},
		{"count('text')", "xpath.not_nodes", 6},
		{"'text'/a", "xpath.not_nodes", 0},
		{"(1 + 1)[1]", "xpath.not_nodes", 1},
		{"regex('a', concat('(', ''))", "xpath.bad_pattern", 11},
	} {
		_, err := mustCompile(t, c.src).Eval(visit())
		if got := casework.CodeOf(err); got != c.code {
			t.Errorf("%s: %v, want %s", c.src, err, c.code)
			continue
		}
		if at, _ := Offset(err); at != c.at {
			t.Errorf("%s: error at %d, want %d", c.src, at, c.at)
		}
	}
}

// "Touches a blank" is unknown and names it, unless the rest decides.
func TestThreeValued(t *testing.T) {
	c := visit()
	c.ThreeValued = true
	for _, x := range []struct{ src, want string }{
		{"${mood} = 'low'", "? mood"},
		{"${mood} = 'low' and ${age} < 5", "false"},
		{"${mood} = 'low' or ${age} < 14", "true"},
		{"${mood} = 'low' or ${sleep} < 18", "? mood sleep"},
		{"not(${mood} = 'low')", "? mood"},
		{"not(${mood} = 'low') and ${age} = 9", "? mood"},
		{"${mood}", "? mood"},
		{"${mood} = ''", "true"},
		{"${age} != ''", "true"},
		{"if(${mood} = 'low', 1, 2)", "? mood"},
		{"if(${age} = 9, 'nine', ${mood})", "nine"},
		{"coalesce(${mood}, 'none')", "none"},
		{"coalesce(${mood}, ${sleep})", "? mood sleep"},
		{"selected(${mood}, 'low')", "? mood"},
		{"${age} + ${sleep} > 3", "? sleep"},
		{"sum(/data/benefit/amount)", "? amount"},
		{"count(/data/benefit)", "2"},
		{"count(/data/benefit[amount > 100])", "? amount"},
		{"today() > ${visited}", "true"},
		{"${carer_age} < 18", "false"}, // not relevant: known not to apply
	} {
		v := eval(t, x.src, c)
		got := v.String()
		if blanks, unknown := v.Unknown(); unknown {
			got = "?"
			for _, b := range blanks {
				got += " " + b
			}
		}
		if got != x.want {
			t.Errorf("%s = %s, want %s", x.src, got, x.want)
		}
	}
}

func BenchmarkEval(b *testing.B) {
	e, c := mustCompile(b, "${age} < 14 and selected(${who}, 'child') and not(${mood} = 'low')"), visit()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := e.Eval(c); err != nil {
			b.Fatal(err)
		}
	}
}
