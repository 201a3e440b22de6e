package form_test

import (
	"bytes"
	"strings"
	"testing"

	"doorstep/casework"
	"doorstep/casework/form"
)

const small = `{"form_id":"f","root":"data","items":[
 {"kind":"group","name":"g","path":"/data/g","sensitivity":2,"items":[{"kind":"question","type":"select_one","name":"a","path":"/data/g/a","list":"l"}]},
 {"kind":"question","type":"text","name":"b","path":"/data/b","label":{"zh":"谁？"}}],
 "lists":[{"name":"l","choices":[{"name":"x","label":{"en":"X"},"score":3}]}]}`

func TestADefinitionIsNamedByItsBytes(t *testing.T) {
	d, err := form.Load([]byte(small))
	if err != nil {
		t.Fatal(err)
	}
	again, err := form.Load(d.Encode())
	if err != nil || again.Hash() != d.Hash() || !bytes.Equal(again.Encode(), d.Encode()) {
		t.Errorf("canonical bytes change on the way: %v", err)
	}
	other, err := form.Load([]byte(strings.Replace(small, "谁？", "谁来了？", 1)))
	if err != nil || other.Hash() == d.Hash() {
		t.Error("another question has the same name")
	}
}

func TestLookingThingsUp(t *testing.T) {
	d, err := form.Load([]byte(small))
	if err != nil {
		t.Fatal(err)
	}
	a := d.Find("a")
	if a == nil || d.At("/data/g/a") != a || d.Parent(a).Name != "g" || d.Parent(d.Find("b")) != nil || d.Find("nobody") != nil {
		t.Error("names, paths, parents")
	}
	if d.Sensitivity(a) != 2 || d.Sensitivity(d.Find("b")) != 0 {
		t.Error("a restricted group keeps all that is in it")
	}
	if *d.List("l").Choice("x").Score != 3 || d.List("l").Choice("y") != nil || d.List("m").Choice("x") != nil {
		t.Error("choices")
	}
	if got := d.Say(d.List("l").Choice("x").Label, "zh"); got != "" {
		t.Errorf("no language was promised, and %q was said", got)
	}
	d.Languages = []string{"en", "zh"}
	if d.Say(d.List("l").Choice("x").Label, "zh") != "X" {
		t.Error("better English than nothing")
	}
	var names []string
	for it := range d.All() {
		names = append(names, it.Name)
	}
	if strings.Join(names, " ") != "g a b" {
		t.Errorf("in the order of the sheet: %v", names)
	}
}

func TestABrokenDefinitionIsNotLoaded(t *testing.T) {
	swap := func(old, to string) string { return strings.Replace(small, old, to, 1) }
	for name, c := range map[string]struct {
		raw  string
		want casework.Code
	}{
		"cut short":       {small[:100], "form.definition_unreadable"},
		"two in one":      {small + small, "form.definition_unreadable"},
		"from the future": {swap(`"root"`, `"aura":1,"root"`), "form.definition_unreadable"},
		"nameless":        {swap(`"name":"b"`, `"name":""`), "form.definition_broken"},
		"same path":       {swap(`"/data/b"`, `"/data/g"`), "form.definition_broken"},
		"no such list":    {swap(`"list":"l"`, `"list":"m"`), "form.definition_broken"},
		"no such type":    {swap(`"text"`, `"telepathy"`), "form.definition_broken"},
		"no such kind":    {swap(`"group"`, `"heap"`), "form.definition_broken"},
		"nothing":         {swap(`{"kind":"question","type":"text","name":"b","path":"/data/b","label":{"zh":"谁？"}}`, `null`), "form.definition_broken"},
	} {
		if _, err := form.Load([]byte(c.raw)); casework.CodeOf(err) != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := form.Load(make([]byte, form.MaxBytes+1)); casework.CodeOf(err) != "form.definition_too_big" {
		t.Errorf("%v", err)
	}
	deep := strings.Repeat(`{"kind":"group","name":"g","path":"/p","items":[`, 80)
	if _, err := form.Load([]byte(`{"items":[` + deep + strings.Repeat(`]}`, 80) + `]}`)); casework.CodeOf(err) != "form.definition_broken" {
		t.Errorf("%v", err)
	}
}

func TestWhichDefaultsAreComputed(t *testing.T) {
	for s, want := range map[string]bool{
		"2026-11-22": false, "don't know": false, "well-known": false, "7": false, "甲 + 乙": false,
		"today()": true, "${a}": true, "1 + 2": true, "if(1=1,'a','b')": true,
	} {
		if (&form.Item{Default: s}).DefaultIsExpression() != want {
			t.Errorf("%q is computed: %v", s, !want)
		}
	}
}

// Domain §11: ≥ 40 red, 22–39 orange, 10–21 blue, 0–9 green.
func TestBands(t *testing.T) {
	g := form.Grading{Bands: []form.Band{{From: 40, Grade: 1}, {From: 22, Grade: 2}, {From: 10, Grade: 3}, {From: 0, Grade: 4}}}
	for total, want := range map[int]int{0: 4, 9: 4, 10: 3, 21: 3, 22: 2, 39: 2, 40: 1, 500: 1, -1: 0} {
		if g.Of(total) != want {
			t.Errorf("%d points are grade %d", total, g.Of(total))
		}
	}
	if (form.Grading{}).Of(50) != 0 {
		t.Error("no bands, no grade")
	}
}

func FuzzLoad(f *testing.F) {
	f.Add([]byte(small))
	f.Fuzz(func(t *testing.T, raw []byte) {
		d, err := form.Load(raw)
		if err != nil {
			return
		}
		again, err := form.Load(d.Encode())
		if err != nil || again.Hash() != d.Hash() {
			t.Errorf("loaded once and not again: %v", err)
		}
	})
}
