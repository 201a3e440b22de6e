package task_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/casework/packs"
	"doorstep/casework/rule"
	"doorstep/casework/task"
)

// anyAnswer is what somebody might answer, right or wrong.
func anyAnswer(r *rapid.T, in *form.Instance, it *form.Item) string {
	if it.Type.Selects() && it.ListFrom == "" {
		choices := in.Definition().List(it.List).Choices
		return choices[rapid.IntRange(0, len(choices)-1).Draw(r, it.Name)].Name
	}
	return rapid.SampledFrom([]string{"2026-11-20", "14:30", "120", "㐂田𠮷", "", "<b>&\"", "-3", "2026-02-30", "2026-11-22 09:00"}).Draw(r, it.Name)
}

// Whatever was answered, every form makes a record and tasks that the district takes, and a
// protected one says nothing outside of its one register.
func TestWhateverIsAnsweredTheRecordIsTaken(t *testing.T) {
	a := casework.Author{Worker: casework.WorkerID{ID: casework.ID{9}}, Now: func() time.Time { return formAt }, Rand: &counter{}}
	by := casework.Actor{Worker: a.Worker, Role: casework.RoleAidCoordinator}
	take := func(r *rapid.T, kind casework.Kind, owner casework.RecordID, v casework.Values) casework.Op {
		id, err := a.NewRecord()
		if err != nil {
			r.Fatal(err)
		}
		op, err := a.Create(id, kind, owner, v)
		if err != nil {
			r.Fatal(err)
		}
		if why := casework.Examine(casework.Record{}, op, by); why != "" {
			f, _ := casework.Unfit(op)
			r.Fatalf("%s: %s at %s", kind, why, f.Key)
		}
		return op
	}
	rapid.Check(t, func(r *rapid.T) {
		f := rapid.SampledFrom(packs.Forms()).Draw(r, "form")
		in := filledIn(t, f.ID, map[string]string{"p_age": rapid.SampledFrom([]string{"", "9", "83"}).Draw(r, "age")})
		for it := range in.Definition().All() {
			if it.Kind == form.Question && it.Type.Shown() && it.Type != form.TypeNote && in.Applies(it.Path) && rapid.Bool().Draw(r, "answer "+it.Name) {
				_, _ = in.Set(it.Path, anyAnswer(r, in, it))
			}
		}
		closed := closedAs(in)
		closed.Answers = map[casework.Sensitivity][]form.Answer{}
		for it := range in.Definition().All() {
			if v, ok := in.View(it.Path); ok && it.Kind == form.Question && v.Value != "" {
				closed.Answers[v.Class] = append(closed.Answers[v.Class], form.Answer{Key: it.Name, Value: v.Value, Class: v.Class})
			}
		}
		v := task.FormRecord(in, closed, task.FormFiled{FormHash: casework.Hash{1}, Entered: formAt})
		op := take(r, casework.KindForm, lin.ID, v)
		if task.Protected(f.ID) {
			for _, w := range op.Writes {
				if w.Field != "date" && w.Field != "entered" && w.Field != "source" && w.Field != "protected" && w.Field != "sealed" {
					r.Fatalf("%s lies open", w.Field)
				}
			}
		}
		for _, o := range task.OpenForm(task.FormDone{In: in, Closed: closed, Person: lin, Record: op.Record, At: formAt}, rule.Default()) {
			take(r, casework.KindTask, lin.ID, o.Values())
		}
		for _, c := range task.Care(in, lin.ID) {
			take(r, casework.KindCare, lin.ID, c)
		}
	})
}

// counter is randomness enough for ids that differ.
type counter struct{ n uint32 }

func (c *counter) Read(p []byte) (int, error) {
	c.n++
	for i := range p {
		p[i] = byte(c.n >> (8 * (i % 4)))
	}
	return len(p), nil
}
