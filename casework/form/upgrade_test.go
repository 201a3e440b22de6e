package form

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"doorstep/casework"
	"pgregory.net/rapid"
)

// edition is the form of the door as the bureau changed it.
func edition(t testing.TB, change func(d *Definition)) *Definition {
	t.Helper()
	d, err := Load(doorForm(t).Encode())
	if err != nil {
		t.Fatal(err)
	}
	d.Version = "2"
	change(d)
	var place func(items []*Item, above string)
	place = func(items []*Item, above string) {
		for _, it := range items {
			it.Path = above + "/" + it.Name
			place(it.Items, it.Path)
		}
	}
	place(d.Items, "/data")
	if d, err = Load(d.Encode()); err != nil {
		t.Fatal(err)
	}
	return d
}

// without takes an item out of the form and gives it.
func without(items *[]*Item, name string) *Item {
	for i, it := range *items {
		if it.Name == name {
			*items = slices.Delete(*items, i, i+1)
			return it
		}
		if found := without(&it.Items, name); found != nil {
			return found
		}
	}
	return nil
}

// answers are what a draft holds that somebody gave or let stand, choice by choice.
func answers(in *Instance) []string {
	var out []string
	for _, p := range in.document() {
		if !p.code.item.Type.Shown() || p.code.item.Type == TypeNote || p.code.calculation != nil && !p.touched || p.node.Value+p.unknown == "" {
			continue
		}
		out = append(out, pieces(p.code.item, Answer{Path: p.path, Value: p.node.Value, Unknown: p.unknown})...)
	}
	slices.Sort(out)
	return out
}

func pieces(it *Item, a Answer) []string {
	values := []string{a.Value}
	if it.Type == TypeSelectMultiple {
		if values = strings.Fields(a.Value); len(values) == 0 {
			values = []string{""}
		}
	}
	for i, v := range values {
		values[i] = fmt.Sprintf("%s=%q%s", a.Path, v, a.Unknown)
	}
	return values
}

func accounted(def *Definition, in *Instance, p *Plan) []string {
	var out []string
	for _, k := range p.Kept {
		out = append(out, pieces(in.byPath[k.Path].code.item, k.Answer)...)
	}
	for _, l := range p.Dropped {
		out = append(out, pieces(in.byPath[l.Path].code.item, l.Answer)...)
	}
	slices.Sort(out)
	return out
}

func TestTheSameFormKeepsEverything(t *testing.T) {
	def := doorForm(t)
	rapid.Check(t, func(rt *rapid.T) {
		in := start(t, nil)
		wander(rt, in, nil)
		p, err := Upgrade(def, in.Journal(), def, noon())
		if err != nil {
			rt.Fatal(err)
		}
		if len(p.Dropped)+len(p.Asked) > 0 {
			rt.Fatalf("dropped %+v, asked %+v", p.Dropped, p.Asked)
		}
		again, err := p.Start(noon())
		if err != nil {
			rt.Fatal(err)
		}
		if got, want := portrait(again), portrait(in); got != want {
			rt.Fatalf("the same form:\n%s\nwas:\n%s", got, want)
		}
		if !slices.Equal(accounted(def, in, p), answers(in)) {
			rt.Fatal("not every answer is accounted for")
		}
	})
}

// No answer disappears without being named, whatever the bureau did to the form.
func TestNoAnswerDisappearsSilently(t *testing.T) {
	def := doorForm(t)
	rapid.Check(t, func(rt *rapid.T) {
		next := edition(t, func(d *Definition) { mangle(rt, d) })
		in := start(t, nil)
		wander(rt, in, nil)
		before := portrait(in)
		p, err := Upgrade(def, in.Journal(), next, noon())
		if err != nil {
			rt.Fatal(err)
		}
		if portrait(in) != before {
			rt.Fatal("planning changed the draft")
		}
		if got, want := accounted(def, in, p), answers(in); !slices.Equal(got, want) {
			rt.Fatalf("accounted for:\n%v\nthere were:\n%v", got, want)
		}
		again, err := p.Start(noon())
		if err != nil {
			rt.Fatal(err)
		}
		for _, k := range p.Kept {
			if q := again.byPath[k.To]; q == nil || q.node.Value != k.Value || q.unknown != k.Unknown {
				rt.Fatalf("%s was said to be kept at %s", k.Path, k.To)
			}
		}
		for _, a := range p.Asked {
			if v, ok := again.View(a.Path); !ok || v.Answered() || v.Required != a.Required || !again.Applies(a.Path) {
				rt.Fatalf("%s is not open", a.Path)
			}
		}
	})
}

// mangle changes a form as bureaus do: questions go, move, change type; choices go; counts come.
func mangle(rt *rapid.T, d *Definition) {
	names := []string{
		"mode", "well", "present", "carer_age", "b_name", "amount", "benefit", "sibling", "siblings", "mood", "words", "next", "gas", "s7",
		"school", "sib_name",
	}
	for range rapid.IntRange(1, 5).Draw(rt, "changes") {
		name := rapid.SampledFrom(names).Draw(rt, "name")
		it := find(d.Items, name)
		if it == nil {
			continue
		}
		switch rapid.IntRange(0, 5).Draw(rt, "change") {
		case 0:
			if name != "present" && name != "siblings" && name != "amount" && name != "mode" && name != "well" && name != "s7" { // others' formulas name them
				without(&d.Items, name)
			}
		case 1:
			if it.Kind == Question && it.Type != TypeAcknowledge {
				it.Type = rapid.SampledFrom([]Type{TypeText, TypeInteger, TypeDate}).Draw(rt, "type")
				it.List = ""
			}
		case 2:
			if it.Kind == Question && d.Lists != nil && it.List != "" {
				l := d.Lists[slices.IndexFunc(d.Lists, func(l *List) bool { return l.Name == it.List })]
				if len(l.Choices) > 1 {
					l.Choices = l.Choices[1:]
				}
			}
		case 3:
			it.Unknown = false
		case 4:
			if it.Kind == Repeat {
				it.RepeatCount = rapid.SampledFrom([]string{"", "1", "${siblings}"}).Draw(rt, "count")
			}
		case 5:
			if it.Kind != Group {
				if moved := without(&d.Items, name); moved != nil {
					d.Items = append(d.Items, moved)
				}
			}
		}
	}
}

func find(items []*Item, name string) *Item {
	for _, it := range items {
		if it.Name == name {
			return it
		}
		if found := find(it.Items, name); found != nil {
			return found
		}
	}
	return nil
}

// A row that is hidden because a count was typed lower goes over, hidden, and comes back with the count.
func TestHiddenRowsGoOver(t *testing.T) {
	in := start(t, nil)
	set(t, in, "/data/s1/siblings", "3", "/data/s1/sibling[3]/sib_name", "㐂儿", "/data/s1/siblings", "1")
	def := doorForm(t)
	p, err := Upgrade(def, in.Journal(), def, noon())
	if err != nil || len(p.Dropped) > 0 {
		t.Fatalf("%v %+v", err, p.Dropped)
	}
	over, err := p.Start(noon())
	if err != nil {
		t.Fatal(err)
	}
	if v, _ := over.View("/data/s1/sibling"); len(v.Instances) != 1 {
		t.Errorf("%d rows are shown", len(v.Instances))
	}
	if i := slices.IndexFunc(p.Kept, func(k Carried) bool { return k.Key == "sibling[3]/sib_name" }); i < 0 || !p.Kept[i].Idle {
		t.Errorf("%+v", p.Kept)
	}
	set(t, over, "/data/s1/siblings", "3")
	if v, _ := over.View("/data/s1/sibling"); len(v.Instances) != 3 || value(over, "/data/s1/sibling[3]/sib_name") != "㐂儿" {
		t.Error("the hidden row does not come back")
	}
}

func TestAPlanTellsWhatHappens(t *testing.T) {
	in := start(t, nil)
	set(t, in, "/data/s0/mode", "door", "/data/s0/present", "child carer", "/data/s1/lives", "alone", "/data/s1/danger", "well wire", "/data/s5/words", "都好")
	if _, err := in.SetUnknown("/data/s5/mood", UnknownNotAsked); err != nil {
		t.Fatal(err)
	}
	for i, name := range []string{"低保", "助学金", "𠮷补贴"} {
		if _, err := in.Add("/data/s1/benefit"); err != nil {
			t.Fatal(err)
		}
		row := fmt.Sprintf("/data/s1/benefit[%d]", i+1)
		set(t, in, row+"/b_name", name, row+"/amount", "200")
	}
	if _, err := in.Remove("/data/s1/benefit[2]"); err != nil {
		t.Fatal(err)
	}
	next := edition(t, func(d *Definition) {
		find(d.Items, "benefit").Name = "help"
		find(d.Items, "total").Calculation = "sum(/data/s1/help/amount[. != ''])"
		find(d.Items, "mood").Unknown = false
		find(d.Items, "lives").Label = Text{"zh": "现在跟谁住"}
		words := without(&d.Items, "words")
		words.Relevant, words.Sensitivity = "${mode} = 'phone'", 0
		d.Items = append(d.Items, words)
		for _, l := range d.Lists {
			switch l.Name {
			case "danger":
				l.Choices = l.Choices[:2]
			case "people":
				l.Choices[0].Label = Text{"zh": "孩子"}
			}
		}
		find(d.Items, "s7").Items = append(find(d.Items, "s7").Items,
			&Item{Kind: Question, Type: TypeText, Name: "fish", Label: Text{"zh": "会游泳吗"}, Required: "true()"},
			&Item{Kind: Question, Type: TypeText, Name: "boat", Label: Text{"zh": "家里有船吗"}})
	})
	p, err := Upgrade(doorForm(t), in.Journal(), next, noon())
	if err != nil {
		t.Fatal(err)
	}
	lost := func(key string) Lost {
		t.Helper()
		for _, l := range p.Dropped {
			if l.Key == key {
				return l
			}
		}
		t.Fatalf("%s is not named among %+v", key, p.Dropped)
		return Lost{}
	}
	if l := lost("mood"); l.Why != LostMark || l.Unknown != UnknownNotAsked || l.Class != casework.Restricted || l.Label != "mood" {
		t.Errorf("%+v", l)
	}
	if l := lost("danger"); l.Why != LostChoice || l.Value != "wire" {
		t.Errorf("%+v", l)
	}
	if len(p.Dropped) != 2 {
		t.Errorf("dropped %+v", p.Dropped)
	}
	kept := map[string]Carried{}
	for _, k := range p.Kept {
		kept[k.Key] = k
	}
	if k := kept["danger"]; k.Value != "well" {
		t.Errorf("%+v", k)
	}
	if k := kept["lives"]; !k.Reworded || k.Shown != "一个人" || k.Label != "现在跟谁住" {
		t.Errorf("%+v", k)
	}
	if k := kept["present"]; !k.Reworded || k.Shown != "孩子、carer" {
		t.Errorf("%+v", k)
	}
	if k := kept["words"]; !k.Idle || k.To != "/data/words" || k.Answer.Class <= k.Class {
		t.Errorf("%+v", k)
	}
	if k := kept["benefit[2]/b_name"]; k.To != "/data/s1/help[2]/b_name" || k.Shown != "助学金" || !k.Idle {
		t.Errorf("a row in the bin: %+v", k)
	}
	asked := map[string]bool{}
	for _, a := range p.Asked {
		asked[a.Label] = a.Required
	}
	if req, ok := asked["会游泳吗"]; !ok || !req {
		t.Error("a new question that must be answered is not named")
	}
	if req, ok := asked["家里有船吗"]; !ok || req {
		t.Error("a new question is not named")
	}
	if req, ok := asked["mood"]; !ok || !req {
		t.Error("a question that lost its answer is not named")
	}
	again, err := p.Start(noon())
	if err != nil {
		t.Fatal(err)
	}
	v, _ := again.View("/data/s1/help")
	if len(v.Instances) != 2 || len(v.InstanceBin) != 1 || value(again, "/data/s1/total") != "400" || again.Journal()[0].Version != "2" {
		t.Errorf("%d rows, %d in the bin, total %s", len(v.Instances), len(v.InstanceBin), value(again, "/data/s1/total"))
	}
}
