package xpath

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"doorstep/casework"
)

func TestProblemsPointAtTheirCharacter(t *testing.T) {
	for _, c := range []struct {
		src  string
		code casework.Code
		at   int
	}{
		{"", "xpath.empty", 0},
		{"  　 ", "xpath.empty", 0},
		{"${age} << 3", "xpath.unexpected", 8},
		{"${年龄} 小于 3", "xpath.unexpected", 6},
		{"${age} < ", "xpath.ends_early", 9},
		{"(${age} < 3", "xpath.missing", 11},
		{"selected(${who}, 'child)", "xpath.unclosed_string", 17},
		{"${age < 3", "xpath.unclosed_field", 0},
		{"1 + ${a b}", "xpath.bad_field_name", 4},
		{"${last-saved#age}", "xpath.last_saved", 0},
		{"1 # 2", "xpath.bad_character", 2},
		{"bad-axis::x", "xpath.unknown_axis", 0},
		{"1 + selectd(${who}, 'x')", "xpath.unknown_function", 4},
		{"false() and uuid()", "xpath.unsupported_function", 12},
		{"if(true(), 1)", "xpath.arguments", 0},
		{"/data/x:age > 3", "xpath.namespace", 6},
		{"weighted-checklist(1, 2, true())", "xpath.arguments", 0},
		{"regex(${name}, '(?=x)')", "xpath.lookaround", 15},
		{"regex(${name}, '(a)\\1')", "xpath.lookaround", 15},
		{"regex(${name}, '[')", "xpath.bad_pattern", 15},
		{strings.Repeat("(", 1000) + "1" + strings.Repeat(")", 1000), "xpath.too_deep", maxDepth},
		{strings.Repeat("-", 1000) + "1", "xpath.too_deep", 0},
		{strings.Repeat("x", maxSource+1), "xpath.too_long", maxSource},
	} {
		_, err := Compile(c.src)
		if got := casework.CodeOf(err); got != c.code {
			t.Errorf("%.40q: %v, want %s", c.src, err, c.code)
			continue
		}
		at, ok := Offset(err)
		if !ok || at != c.at && c.code != "xpath.too_deep" {
			t.Errorf("%.40q: error at %d, want %d", c.src, at, c.at)
		}
	}
}

// An author writes with the input method on; her text is untouched inside of quotes.
func TestFullWidthRepair(t *testing.T) {
	for _, c := range []struct{ src, want string }{
		{"＄｛age｝　＜　14", "${age} < 14"},
		{"selected（${who}，‘child’）", "selected(${who},'child')"},
		{"if（${age}＞＝６，“大，”，\"小（）\"）", `if(${age}>=6,"大，","小（）")`},
		{"“a” ！＝ 'b'", `"a" != 'b'`},
		{"${age} ≥ 3 and 1＋1－0 ＝ 2", "${age} >= 3 and 1+1-0 = 2"},
		{"\"混合”", `"混合"`},
		{"${age} < 14", "${age} < 14"},
	} {
		e := mustCompile(t, c.src)
		if e.Repaired() != c.want {
			t.Errorf("%s repaired to %s, want %s", c.src, e.Repaired(), c.want)
		}
		if (len(e.Warnings()) == 0) != (c.src == c.want) {
			t.Errorf("%s: warnings %v", c.src, e.Warnings())
		}
		again := mustCompile(t, e.Repaired())
		if len(again.Warnings()) != 0 {
			t.Errorf("%s still warns: %v", e.Repaired(), again.Warnings())
		}
		a, errA := e.Eval(visit())
		b, errB := again.Eval(visit())
		if errA != nil || errB != nil || a.String() != b.String() {
			t.Errorf("%s gives %v (%v), repaired %v (%v)", c.src, a, errA, b, errB)
		}
	}
	w := mustCompile(t, "1＋1").Warnings()
	if want := []Warning{{At: 1, From: "＋", To: "+"}}; !reflect.DeepEqual(w, want) {
		t.Errorf("warnings %v, want %v", w, want)
	}
}

func TestDependencies(t *testing.T) {
	for _, c := range []struct {
		src  string
		want Deps
	}{
		{"${b} > 1 and ${a} = ${b}", Deps{Fields: []string{"a", "b"}}},
		{". > 3 and . < ${max}", Deps{Fields: []string{"max"}, Self: true}},
		{"../age > 3", Deps{Names: []string{"age"}}},
		{"/data/group/age", Deps{Names: []string{"age", "data", "group"}}},
		{"today() > ${d}", Deps{Fields: []string{"d"}, Clock: true}},
		{"position(..)", Deps{Place: true}},
		{"sum(/data/r/*)", Deps{Names: []string{"data", "r"}, Anything: true}},
		{
			"instance('v')/root/item[town = ${t} and x = current()/../y]/label",
			Deps{Fields: []string{"t"}, Names: []string{"y"}, Instances: []string{"v"}},
		},
		{"pulldata('v', 'label', 'name', ${k})", Deps{Fields: []string{"k"}, Instances: []string{"v"}}},
		{"string-length() > 2", Deps{Self: true}},
		{"count(${r}[. != ''])", Deps{Fields: []string{"r"}}},
	} {
		got := mustCompile(t, c.src).Deps()
		if fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", c.want) {
			t.Errorf("%s: %+v, want %+v", c.src, got, c.want)
		}
	}
}

func TestWhy(t *testing.T) {
	w := mustCompile(t, "${age} < 14 and (selected(${who}, 'child') or ${age} > 80) and not(${mood} = 'low')").Why(visit())
	var b strings.Builder
	var write func(w Why, indent string)
	write = func(w Why, indent string) {
		fmt.Fprintf(&b, "%s%s %s: %s", indent, w.Op, w.Text, w.Value.String())
		for _, r := range w.Reads {
			fmt.Fprintf(&b, " [%s %s]", r.Name, r.Answer)
		}
		b.WriteByte('\n')
		for _, p := range w.Parts {
			write(p, indent+"  ")
		}
	}
	for _, p := range w.Parts {
		write(p, "")
	}
	want := ` ${age} < 14: true [age 9]
or selected(${who}, 'child') or ${age} > 80: true
   selected(${who}, 'child'): true [who child grandmother]
   ${age} > 80: false [age 9]
not not(${mood} = 'low'): true
   ${mood} = 'low': false [mood ]
`
	if b.String() != want || !w.Value.Bool() || w.Op != "and" {
		t.Errorf("got %s %v\n%s\nwant\n%s", w.Op, w.Value, b.String(), want)
	}
}

// The reasons never say other than the result.
func TestWhyAgreesWithEval(t *testing.T) {
	for _, three := range []bool{false, true} {
		c := visit()
		c.ThreeValued = three
		for _, src := range []string{
			"${mood} = 'low' or ${age} < 14", "${mood} = 'low' and ${age} < 14", "not(${mood})",
			"${age}", "not(not(${carer_age} < 3)) or false()",
		} {
			e := mustCompile(t, src)
			v, err := e.Eval(c)
			w := e.Why(c)
			_, unknown := v.Unknown()
			_, whyUnknown := w.Value.Unknown()
			if err != nil || v.Bool() != w.Value.Bool() || unknown != whyUnknown {
				t.Errorf("%s: Eval %v (%v), Why %v", src, v, err, w.Value)
			}
		}
	}
}

// Hostile formulas run into the bound on nodes and characters they may touch.
func TestHostileFormulasStop(t *testing.T) {
	c := visit()
	for range 2000 {
		c.Node.Append(&Node{Name: "row", Value: strings.Repeat("长", 100)})
	}
	long := "'" + strings.Repeat("a", 1000) + "'"
	for i := 0; i < 25; i++ {
		long = "concat(" + long + ",' ')"
	}
	for _, src := range []string{
		"count(//row[count(//row[count(//row) > 1]) > 1])",
		"//row < //row[. < //row]",
		"count(//row/following-sibling::row/preceding-sibling::row/following-sibling::row)",
		"join(join(join(concat(//row,//row),//row),//row),//row)",
		"translate(" + strings.Repeat("concat(join(/data,//row,//row),", 40) + "''" + strings.Repeat(")", 40) + ",'a','b')",
	} {
		if _, err := mustCompile(t, src).Eval(c); casework.CodeOf(err) != "xpath.too_costly" {
			t.Errorf("%.60s: %v", src, err)
		}
	}
	if _, err := mustCompile(t, long).Eval(c); err != nil {
		t.Errorf("an ordinary long text: %v", err)
	}
}

func FuzzCompile(f *testing.F) {
	for _, s := range []string{
		"${age} < 14 and selected(${who}, 'child')", "//a[1]/..", "instance('v')/root/item[x=current()/../y]",
		"‘a’＝“b”", "1div1mod-2", "indexed-repeat(${b_name}, ${benefit}, 2)", "regex('a','(a+)+$')",
		"format-date-time(now(),'%Y%q')", "substring('12345', 0 div 0, 1 div 0)", "/", "..", "@*|.", "date(1e9)",
		"add-date('9999-12-31', 9999999)", "round(5e-324, 300)", "\xff${\xff}", "substr('a',-1 div 0)",
	} {
		f.Add(s)
	}
	c := visit()
	f.Fuzz(func(t *testing.T, src string) {
		e, err := Compile(src)
		if err != nil {
			if at, ok := Offset(err); !ok || at < 0 || at > len([]rune(src)) {
				t.Fatalf("%q: no place in %v", src, err)
			}
			return
		}
		for _, three := range []bool{false, true} {
			c.ThreeValued = three
			v, err := e.Eval(c)
			if err != nil && casework.CodeOf(err) == "" {
				t.Fatalf("%q: %v", src, err)
			}
			_, _, _ = v.String(), v.Number(), v.Bool()
			e.Why(c)
		}
		if _, err := Compile(e.Repaired()); err != nil {
			t.Fatalf("%q repaired to %q: %v", src, e.Repaired(), err)
		}
	})
}

func TestFiltersNameTheirKey(t *testing.T) {
	for src, want := range map[string]string{
		"town = ${t}": "town t", "${t} = town": "town t", "x != '' and (kind = 'a' and town = ${t})": "town t",
		"town != ${t}": "", "town = ${t} or x": "", "not(town = ${t})": "", "../town = ${t}": "", "town[1] = ${t}": "",
		"town = 't1'": "", "${a} = ${b}": "", "* = ${t}": "",
	} {
		column, field, ok := mustCompile(t, src).Key()
		if got := strings.TrimSpace(column + " " + field); got != want || ok != (want != "") {
			t.Errorf("%s: key %q, want %q", src, got, want)
		}
	}
}
