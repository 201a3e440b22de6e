package form

import (
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"
)

var formFile = flag.String("form", "", "a compiled questionnaire to measure with, too: -args -form FILE")

// measured are the questionnaires to measure: those of the packs and the one given.
func measured(b *testing.B) map[string][]byte {
	b.Helper()
	out := map[string][]byte{}
	for name, file := range map[string]string{
		"child": "../packs/child-visit.json", "elder": "../packs/elder-visit.json", "given": *formFile,
	} {
		if file == "" {
			continue
		}
		raw, err := os.ReadFile(filepath.FromSlash(file))
		if err != nil {
			b.Fatal(err)
		}
		out[name] = raw
	}
	return out
}

// plausible gives a question two answers to go back and forth between.
func plausible(def *Definition, it *Item) (first, second string) {
	switch it.Type {
	case TypeSelectOne, TypeSelectMultiple, TypeRank:
		if l := def.List(it.List); l != nil && len(l.Choices) > 0 {
			return l.Choices[0].Name, l.Choices[len(l.Choices)-1].Name
		}
		return "", ""
	case TypeDate:
		return "2026-11-20", "2010-01-01"
	case TypeDateTime:
		return "2026-11-20T10:00:00.000+08:00", "2010-01-01T10:00:00.000+08:00"
	case TypeAcknowledge:
		return "OK", ""
	}
	return "9", "70"
}

// BenchmarkKey answers every question that can be answered, one after the other, and
// reports the mean and the worst time of one answer with everything computed again.
func BenchmarkKey(b *testing.B) {
	for name, raw := range measured(b) {
		b.Run(name, func(b *testing.B) {
			def, err := Load(raw)
			if err != nil {
				b.Fatal(err)
			}
			in, err := Start(def, StartOptions{Depth: 3, Facts: map[string]string{"p_age": "9", "p_first_visit": "1"}}, noon())
			if err != nil {
				b.Fatal(err)
			}
			var paths, answers []string
			for round := range 2 {
				for _, p := range in.document() {
					if !p.code.item.Type.Shown() || p.code.item.Type == TypeNote {
						continue
					}
					first, second := plausible(def, p.code.item)
					if round == 1 {
						first = second
					}
					paths, answers = append(paths, p.path), append(answers, first)
				}
			}
			fastest := make([]time.Duration, len(paths))
			i := 0
			b.ReportAllocs()
			for b.Loop() {
				k := i % len(paths)
				start := time.Now()
				if _, err := in.Set(paths[k], answers[k]); err != nil && !in.byPath[paths[k]].readOnly {
					b.Fatal(err)
				}
				if d := time.Since(start); i < len(paths) || d < fastest[k] {
					fastest[k] = d
				}
				i++
				forget(in)
			}
			worst, at := time.Duration(0), ""
			for k := range min(i, len(paths)) {
				if fastest[k] > worst {
					worst, at = fastest[k], paths[k]
				}
			}
			b.ReportMetric(float64(worst.Nanoseconds())/1e3, "worst-µs")
			b.Logf("slowest answer: %s; %d questions, %d rules, %d faults", at, len(paths)/2, len(in.prog.rules), len(in.Faults()))
		})
	}
}

// BenchmarkOpen goes from compiled bytes to the first screen.
func BenchmarkOpen(b *testing.B) {
	for name, raw := range measured(b) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				def, err := Load(raw)
				if err != nil {
					b.Fatal(err)
				}
				in, err := Start(def, StartOptions{Depth: 3}, noon())
				if err != nil {
					b.Fatal(err)
				}
				in.Sections()
			}
		})
	}
}

// BenchmarkScreen is what one redraw asks the engine for.
func BenchmarkScreen(b *testing.B) {
	for name, raw := range measured(b) {
		b.Run(name, func(b *testing.B) {
			def, err := Load(raw)
			if err != nil {
				b.Fatal(err)
			}
			in, err := Start(def, StartOptions{Depth: 3}, noon())
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				sections := in.Sections()
				in.Questions(sections[len(sections)-1])
			}
		})
	}
}
