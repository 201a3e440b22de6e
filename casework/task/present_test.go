package task_test

import (
	"slices"
	"testing"
	"time"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/casework/packs"
	"doorstep/casework/task"
)

// Who was there stands in the record of either visit, whichever question asked it.
func TestTheRecordSaysWhoWasThere(t *testing.T) {
	for _, c := range []struct{ id, result, question string }{
		{packs.ChildVisit, "c0_4", "c0_5"}, {packs.ElderVisit, "e0_3", "e0_6"},
	} {
		def, err := packs.Default().Form(c.id)
		if err != nil {
			t.Fatal(err)
		}
		in, err := form.Start(def, form.StartOptions{}, func() time.Time { return time.Date(2026, 11, 22, 12, 0, 0, 0, casework.Shanghai) })
		if err != nil {
			t.Fatal(err)
		}
		for name, value := range map[string]string{c.result: "met", c.question: "child worker2"} {
			if _, err := in.Set(def.Find(name).Path, value); err != nil {
				t.Fatal(err)
			}
		}
		got, _ := task.Record(in, form.Closed{}, task.Circumstances{})["present"].([]string)
		if !slices.Equal(got, []string{"child", "worker2"}) {
			t.Errorf("%s: %v", c.id, got)
		}
		for _, choice := range def.List(def.Find(c.question).List).Choices {
			if !casework.Presents.Has(choice.Name) {
				t.Errorf("%s: the record has no code %s", c.id, choice.Name)
			}
		}
	}
}
