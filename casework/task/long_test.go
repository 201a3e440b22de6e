package task_test

import (
	"math/rand"
	"slices"
	"strings"
	"testing"
	"time"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/casework/packs"
	"doorstep/casework/task"
)

// Whoever writes much at a door can still finish: what the editor took, the record takes.
func TestAVisitFullOfLongWordsIsAnOrdinaryOperation(t *testing.T) {
	for _, words := range []string{
		strings.Repeat("孩子说想妈妈，不愿意上学。", 23), strings.Repeat("长", 5000), strings.Repeat("<\"\n", 1600),
	} {
		for name, given := range map[string][]string{
			"child-visit": {"c0_3=door", "c0_4=met", "c0_5=child", "c7_4=medical housing", "c8_1=4"},
			"elder-visit": {"e0_2=door", "e0_3=met", "e9_1=meals"},
		} {
			in := wordy(t, name, words, given)
			closed, left := in.Finalise()
			if len(left) > 0 {
				t.Fatalf("%s: %v", name, left)
			}
			author := casework.Author{Worker: casework.WorkerID{ID: casework.ID{7}}, Now: func() time.Time { return noon }, Rand: rand.New(rand.NewSource(1))}
			var values []casework.Values
			values = append(values, task.Record(in, closed, task.Circumstances{Entered: noon, Grade: 2}))
			kinds := []casework.Kind{casework.KindVisit}
			for _, o := range task.Open(task.Finished{Person: girl, Visit: rid(9), Date: closed.Day, At: noon, Needs: task.Promises(in)}, table) {
				values, kinds = append(values, o.Values()), append(kinds, casework.KindTask)
			}
			if len(values) < 2 {
				t.Errorf("%s: no promise was made", name)
			}
			for i, v := range values {
				op, err := author.Create(rid(byte(20+i)), kinds[i], girl.ID, v)
				if err != nil {
					t.Fatal(err)
				}
				if why := casework.Examine(casework.Record{}, op, casework.Actor{Worker: author.Worker, Role: casework.RoleChildDirector}); why != "" {
					t.Errorf("%s with %d characters: the %s is refused: %s", name, len([]rune(words)), kinds[i], why)
				}
			}
		}
	}
}

// wordy is a questionnaire with words in every text it asks for, as far as they may stand there.
func wordy(t *testing.T, name, words string, given []string) *form.Instance {
	t.Helper()
	def, err := packs.Default().Form(name)
	if err != nil {
		t.Fatal(err)
	}
	in, err := form.Start(def, form.StartOptions{Day: today, Depth: 3}, func() time.Time { return noon })
	if err != nil {
		t.Fatal(err)
	}
	put := func(path, value string) {
		if _, err := in.Set(path, value); err != nil {
			t.Fatal(path, err)
		}
	}
	for _, g := range given {
		q, value, _ := strings.Cut(g, "=")
		put(def.Find(q).Path, value)
	}
	fill := func(path string) {
		v, _ := in.View(path)
		switch choices := in.Choices(path); {
		case len(choices) > 0:
			at := max(0, slices.IndexFunc(choices, func(c *form.Choice) bool { return c.Name == "none" || c.Name == "no" || c.Name == "refused" }))
			put(path, choices[at].Name)
		case v.Item.Type == form.TypeDate:
			put(path, today.AddDays(7).String())
		case v.Item.Type == form.TypeAcknowledge:
			put(path, "OK")
		case v.Item.Type == form.TypeText:
			put(path, words)
			if len(in.Hindrances()) > 0 && in.Hindrances()[0].Path == path {
				put(path, "长话短说")
			}
		default:
			put(path, "3")
		}
	}
	for range 300 {
		left := in.Hindrances()
		if len(left) == 0 {
			break
		}
		fill(left[0].Path)
	}
	for it := range def.All() {
		if v, ok := in.View(it.Path); ok && it.Type == form.TypeText && v.Value == "" && in.Applies(it.Path) {
			put(it.Path, words)
			if len(in.Hindrances()) > 0 {
				put(it.Path, "长话短说")
			}
		}
	}
	return in
}
