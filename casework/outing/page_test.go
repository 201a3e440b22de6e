package outing_test

import (
	"bytes"
	"flag"
	"os"
	"strings"
	"testing"

	"doorstep/casework"
	"doorstep/casework/lang"
	"doorstep/casework/outing"
	"doorstep/casework/packs"
)

var update = flag.Bool("update", false, "write the golden files anew")

func speaker(t testing.TB, tag string) *lang.Speaker {
	t.Helper()
	sp, err := lang.New(tag)
	if err != nil {
		t.Fatal(err)
	}
	return sp
}

func monday(t testing.TB) casework.Day {
	t.Helper()
	d, err := casework.NewDay(2026, 11, 23)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func date(t testing.TB, text string) casework.Date {
	t.Helper()
	d, err := casework.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func sheet(t testing.TB, tag, form, code string, p casework.Person, tasks ...casework.Task) outing.Sheet {
	t.Helper()
	def, err := packs.Default().Form(form)
	if err != nil {
		t.Fatal(err)
	}
	s, err := outing.New(outing.Subject{Person: p, Tasks: tasks, Form: def}, code, monday(t), speaker(t, tag))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// A child and an old man of 竹岛村, as they come out of the printer.
func TestThePageOfAChildAndAnOldMan(t *testing.T) {
	due := monday(t).AddDays(7)
	for _, tag := range []string{"zh", "en"} {
		sheets := []outing.Sheet{
			sheet(t, tag, packs.ChildVisit, "4703", casework.Person{Name: "林小溪", Sex: "2", Birth: date(t, "2017-03-01"), Grid: "3组"},
				casework.Task{Kind: "need", Title: "冬衣一套 <b>", Step: "open", Due: due}, casework.Task{Kind: "application", Title: "医保没缴，打 13900002231 问", Step: "open"}),
			sheet(t, tag, packs.ElderVisit, "0125", casework.Person{Name: "买买提·吐尔逊𠮷", Sex: "1", Birth: date(t, "1943"), Grid: "5组"}),
		}
		var b bytes.Buffer
		if err := outing.WriteHTML(&b, sheets, speaker(t, tag)); err != nil {
			t.Fatal(err)
		}
		file := "testdata/page." + tag + ".html"
		if *update {
			if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if got := b.String(); got != string(want) {
			t.Errorf("%s changed; look at it in a browser and run with -update", file)
		}
		for _, never := range []string{"http:", "https:", "<script", "<b>冬", "1390000"} {
			if strings.Contains(b.String(), never) {
				t.Errorf("%s holds %q", file, never)
			}
		}
	}
}
