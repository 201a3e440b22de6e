package form

import (
	"fmt"
	"testing"
	"time"
)

// load makes a definition ready that a test wrote down.
func load(t testing.TB, d *Definition) *Definition {
	t.Helper()
	loaded, err := Load(d.Encode())
	if err != nil {
		t.Fatal(err)
	}
	return loaded
}

// heavy is a form of 300 questions with 500 formulas of the kinds that occur: skips, limits,
// conditions of being required, sums over what stands before. All of them read the first question.
func heavy(t testing.TB) *Definition {
	d := &Definition{FormID: "heavy", Version: "1", Root: "data", DefaultLanguage: "zh", Lists: []*List{{
		Name: "yn", Choices: []*Choice{{Name: "yes"}, {Name: "no"}},
	}}}
	name := func(i int) string { return fmt.Sprintf("q%03d", i) }
	formulas := 0
	var group *Item
	for i := range 300 {
		if i%20 == 0 {
			group = &Item{Kind: Group, Name: fmt.Sprintf("g%d", i/20), Path: fmt.Sprintf("/data/g%d", i/20)}
			d.Items = append(d.Items, group)
		}
		it := &Item{Kind: Question, Type: TypeInteger, Name: name(i), Path: group.Path + "/" + name(i)}
		group.Items = append(group.Items, it)
		if i == 0 {
			continue
		}
		switch i % 3 {
		case 0:
			it.Type = TypeCalculate
			it.Calculation = fmt.Sprintf("if(${%s} > 5, round(${q000} * 1.5, 1), coalesce(${%s}, 0)) + %d", name(0), name(i-1), i)
			formulas++
			if i%6 == 0 {
				it.Relevant = "${q000} >= 0"
				formulas++
			}
		case 1:
			it.Relevant = fmt.Sprintf("${q000} > 3 and (${%s} != 7 or ${q000} < 90)", name(i-1))
			it.Constraint = ". >= 0 and . <= ${q000} + 100"
			formulas += 2
		case 2:
			it.Type, it.List = TypeSelectOne, "yn"
			it.Required = "${q000} > 10 and not(${q000} = 13)"
			it.Relevant = fmt.Sprintf("${q000} != 5 or selected(${%s}, 'no')", name(max(2, i-3)))
			formulas += 2
		}
	}
	for i := 2; formulas < 500; i, formulas = i+1, formulas+1 {
		d.Items[i%15].Items[i%20].ReadOnly = "${q000} > 1000"
	}
	return load(t, d)
}

// BenchmarkAllDirty300x500 changes the one question that every formula reads.
func BenchmarkAllDirty300x500(b *testing.B) {
	in, err := Start(heavy(b), StartOptions{}, noon())
	if err != nil {
		b.Fatal(err)
	}
	for i, p := range in.document() {
		if p.code.item.Type == TypeInteger || p.code.item.Type == TypeSelectOne {
			set(b, in, p.path, map[bool]string{true: "yes", false: fmt.Sprint(i % 90)}[p.code.item.Type == TypeSelectOne])
		}
	}
	if n := len(in.prog.rules); n < 500 || len(in.Faults()) > 0 {
		b.Fatalf("%d rules, faults %v", n, in.Faults())
	}
	i := 0
	for b.Loop() {
		i++
		for k := range in.prog.rules {
			in.dirty.set(k)
		}
		set(b, in, "/data/g0/q000", fmt.Sprint(10+i%80))
		forget(in)
	}
}

// roster is a repeat with twenty formulas to a row.
func roster(t testing.TB) *Definition {
	r := &Item{Kind: Repeat, Name: "member", Path: "/data/member", Label: Text{"zh": "家里人"}}
	add := func(it *Item) {
		it.Kind, it.Path = Question, r.Path+"/"+it.Name
		r.Items = append(r.Items, it)
	}
	add(&Item{Type: TypeInteger, Name: "age", Constraint: ". >= 0 and . < 120"})
	add(&Item{Type: TypeDecimal, Name: "income", Required: "${age} >= 16", Constraint: ". >= 0"})
	add(&Item{Type: TypeCalculate, Name: "place", Calculation: "position(..)"})
	add(&Item{Type: TypeCalculate, Name: "share", Calculation: "round(${income} div ${total} * 100, 1)"})
	for i := range 15 {
		formula := fmt.Sprintf("if(${age} > %d, ${income} * %d, ${age} + %d)", 5*i, i, i)
		if i%3 == 0 {
			add(&Item{Type: TypeText, Name: fmt.Sprintf("t%d", i), Relevant: fmt.Sprintf("${age} > %d", 4*i)})
			continue
		}
		add(&Item{Type: TypeCalculate, Name: fmt.Sprintf("c%d", i), Calculation: formula})
	}
	d := &Definition{FormID: "roster", Version: "1", Root: "data", DefaultLanguage: "zh", Items: []*Item{
		r,
		{Kind: Question, Type: TypeCalculate, Name: "total", Path: "/data/total", Calculation: "sum(${income})"},
		{Kind: Question, Type: TypeCalculate, Name: "heads", Path: "/data/heads", Calculation: "count(${member})"},
	}}
	return load(t, d)
}

// BenchmarkRepeat100x20 types into rows of a roster of a hundred.
func BenchmarkRepeat100x20(b *testing.B) {
	in, err := Start(roster(b), StartOptions{}, noon())
	if err != nil {
		b.Fatal(err)
	}
	for i := range 100 {
		if _, err := in.Add("/data/member"); err != nil {
			b.Fatal(err)
		}
		row := fmt.Sprintf("/data/member[%d]", i+1)
		set(b, in, row+"/age", fmt.Sprint(i), row+"/income", "100")
	}
	if n := len(in.prog.rules); n < 20 || len(in.Faults()) > 0 || value(in, "/data/heads") != "100" || value(in, "/data/member[7]/place") != "7" {
		b.Fatalf("%d rules, faults %v", n, in.Faults())
	}
	i, worst := 0, time.Duration(0)
	fastest := map[string]time.Duration{}
	for b.Loop() {
		i++
		question := []string{"age", "income"}[i%2]
		path := fmt.Sprintf("/data/member[%d]/%s", i%100+1, question)
		began := time.Now()
		set(b, in, path, fmt.Sprint(20+i%53))
		if took := time.Since(began); fastest[path] == 0 || took < fastest[path] {
			fastest[path] = took
		}
		forget(in)
	}
	for _, d := range fastest {
		worst = max(worst, d)
	}
	b.ReportMetric(float64(worst.Nanoseconds())/1e3, "worst-µs")
}

// forget keeps a measurement from growing the journal without end.
func forget(in *Instance) {
	if len(in.journal) > 1000 {
		in.journal, in.done, in.steps = in.journal[:1], in.done[:1], nil
	}
}
