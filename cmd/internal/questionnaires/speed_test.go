package questionnaires

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/store/sheet"
)

var workbook = flag.String("workbook", "", "a real questionnaire to measure with, too: -args -workbook FILE.xlsx")

// grown is a questionnaire of the size of the WHO verbal autopsy: 560 rows, 1,000 formulas,
// 150,000 characters of them, skips that hang on skips, and totals over everything.
func grown(b *testing.B) []byte {
	b.Helper()
	survey := [][]string{{"type", "name", "label::中文 (zh)", "label::English (en)", "relevant", "constraint", "required", "calculation", "choice_filter"}}
	row := func(cells ...string) { survey = append(survey, cells) }
	formulas, n := 0, 0
	asked := func(back int) string { return fmt.Sprintf("q%03d", max(1, n-back)) }
	for section := range 14 {
		relevant := ""
		if section > 0 {
			relevant = fmt.Sprintf("not(selected(${%s}, 'no')) or ${%s} != 'no'", asked(3), asked(10))
			if section%3 == 0 { // as in real ones, the age decides about a third
				relevant = fmt.Sprintf("${age} >= %d or selected(${%s}, 'yes')", section, asked(3))
			}
			formulas++
		}
		row("begin group", fmt.Sprintf("s%02d", section), "一节", "A section", relevant)
		if section == 0 {
			row("integer", "age", "多大？", "Age", "", ". >= 0 and . < 130", "yes")
			formulas++
		}
		for k := range 38 {
			n++
			name := fmt.Sprintf("q%03d", n)
			skip := fmt.Sprintf("(${age} > %d and selected(${%s}, 'yes')) or (${age} <= %d and not(selected(${%s}, 'no')) and ${%s} != 'unknown')",
				k%12, asked(1), k%12, asked(7), asked(12))
			if k%3 > 0 {
				skip = fmt.Sprintf("(${%s} = 'yes' and not(selected(${%s}, 'unknown'))) or (${%s} != 'no' and ${%s} != 'unknown')", asked(1), asked(5), asked(7), asked(12))
			}
			if n < 14 {
				skip = fmt.Sprintf("${age} > %d", n%5)
			}
			switch k % 4 {
			case 0, 1:
				row("select_one ynd", name, "有没有？", "Is there?", skip, "not(. = 'unknown' and ${age} < 1)", "yes", "", "")
				formulas += 2
			case 2:
				row("integer", name, "几天？", "How many days?", skip, ". >= 0 and . <= 365 and (. < 99 or ${age} > 2)", fmt.Sprintf("selected(${%s}, 'yes')", asked(2)))
				formulas += 3
			default:
				row("calculate", name, "", "", "", "", "", fmt.Sprintf(
					"if(selected(${%s}, 'yes') and ${age} > %d, 'yes', if(selected(${%s}, 'no'), 'no', coalesce(${%s}, 'unknown')))", asked(2), k, asked(3), asked(4)))
				formulas++
			}
		}
		row("end group", "")
	}
	var sum []string
	for i := 2; i < n; i += 20 {
		sum = append(sum, fmt.Sprintf("if(${q%03d} = 'yes', 1, 0)", i))
	}
	row("calculate", "total", "", "", "", "", "", strings.Join(sum, " + "))
	raw, err := sheet.WriteBook([]sheet.Page{
		{Name: "survey", Rows: survey},
		{Name: "choices", Rows: [][]string{{"list_name", "name", "label::中文 (zh)", "label::English (en)"}, {"ynd", "yes", "有", "Yes"}, {"ynd", "no", "没有", "No"}, {"ynd", "unknown", "不知道", "Unknown"}}},
		{Name: "settings", Rows: [][]string{{"form_id", "version", "form_title"}, {"grown", "1", "大问卷"}}},
	})
	if err != nil {
		b.Fatal(err)
	}
	return raw
}

// BenchmarkWHO measures what a questionnaire of the size of the WHO verbal autopsy costs: from
// the workbook to what laptops get, from that to the first screen, and one key, where the worst
// question is reported beside the mean. With -workbook it measures that workbook, too.
func BenchmarkWHO(b *testing.B) {
	books := map[string][]byte{"generated": grown(b)}
	if *workbook != "" {
		raw, err := os.ReadFile(*workbook)
		if err != nil {
			b.Fatal(err)
		}
		books["given"] = raw
	}
	for name, raw := range books {
		def := compiled(b, raw)
		b.Run("publish/"+name, func(b *testing.B) {
			for b.Loop() {
				compiled(b, raw)
			}
		})
		body := def.Encode()
		b.Run("open/"+name, func(b *testing.B) {
			for b.Loop() {
				d, err := form.Load(body)
				if err != nil {
					b.Fatal(err)
				}
				opened(b, d).Sections()
			}
		})
		b.Run("key/"+name, func(b *testing.B) { everyKey(b, def) })
	}
}

func compiled(b *testing.B, raw []byte) *form.Definition {
	book, err := sheet.OpenBook("x.xlsx", raw)
	if err != nil {
		b.Fatal(err)
	}
	d, fs := sheet.ReadForm(book, nil)
	if d == nil {
		b.Fatal(fs)
	}
	return d
}

func opened(b *testing.B, d *form.Definition) *form.Instance {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, casework.Shanghai)
	in, err := form.Start(d, form.StartOptions{}, func() time.Time { return now })
	if err != nil {
		b.Fatal(err)
	}
	return in
}

// everyKey answers every question in turn, one way and then another.
func everyKey(b *testing.B, d *form.Definition) {
	in := opened(b, d)
	type key struct{ path, value string }
	var keys []key
	for round := range 2 {
		for it := range d.All() {
			if it.Kind != form.Question || !it.Type.Shown() || it.Type == form.TypeNote || strings.Contains(it.Path, "[") || inRepeat(d, it) {
				continue
			}
			value := []string{"9", "70"}[round]
			switch l := d.List(it.List); {
			case it.Type.Selects() && l != nil && len(l.Choices) > 0:
				value = l.Choices[(len(l.Choices)-1)*round].Name
			case it.Type == form.TypeDate || it.Type == form.TypeDateTime:
				value = []string{"2026-11-20", "2010-01-01"}[round]
			}
			keys = append(keys, key{it.Path, value})
		}
	}
	fastest := make([]time.Duration, len(keys))
	i := 0
	for b.Loop() {
		k := i % len(keys)
		began := time.Now()
		if _, err := in.Set(keys[k].path, keys[k].value); err != nil && casework.CodeOf(err) != "form.not_answerable" {
			b.Fatal(err)
		}
		if took := time.Since(began); i < len(keys) || took < fastest[k] {
			fastest[k] = took
		}
		i++
	}
	worst := time.Duration(0)
	for k := range min(i, len(keys)) {
		worst = max(worst, fastest[k])
	}
	b.ReportMetric(float64(worst.Nanoseconds())/1e3, "worst-µs")
}

func inRepeat(d *form.Definition, it *form.Item) bool {
	for up := it; up != nil; up = d.Parent(up) {
		if up.Kind == form.Repeat {
			return true
		}
	}
	return false
}
