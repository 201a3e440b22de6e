package visit_test

import (
	"context"
	"testing"
	"time"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/tui/keymap"
	"doorstep/tui/screen/visit"
	"doorstep/tui/tuitest"
)

// keeping is a book that keeps in memory what the disk does not take.
type keeping struct {
	*shelf
	full    bool
	waits   []form.Change
	tries   int
	written []form.Change
}

func (k *keeping) Answered(_ context.Context, _ casework.ID, changes ...form.Change) error {
	k.tries++
	k.waits = append(k.waits, changes...)
	if k.full {
		return casework.Problem("desk.Answered", "desk.unsaved", "Count", len(k.waits))
	}
	k.written, k.waits = append(k.written, k.waits...), nil
	return nil
}

func TestWhileTheDiskTakesNothingSheIsToldAndItIsTriedAgain(t *testing.T) {
	k := &keeping{shelf: newShelf(t, 2)}
	commands := append([]keymap.Command{{ID: "go", Where: "home", Keys: []string{"enter"}, Label: "tui.cmd.open"}}, visit.Commands()...)
	r := tuitest.Run(t, 80, 24, home{visit.New(k, doors(false), k.begin)}, commands).Keys("enter")
	r.Keys("2").Hides("还没存上")
	k.full = true
	r.Keys("enter", "2").Shows("还没存上盘", "正在再试")
	r.Advance(2 * time.Second)
	r.Keys("enter", "2")
	r.Golden("unsaved")
	tries := k.tries
	r.Advance(7 * time.Second)
	if n := k.tries - tries; n < 2 || n > 3 {
		t.Errorf("tried %d times in seven seconds", n)
	}
	r.Shows("还没存上")
	k.full = false
	r.Advance(4 * time.Second)
	r.Hides("还没存上")
	tries = k.tries
	r.Advance(time.Minute)
	if k.tries != tries {
		t.Error("tried again although nothing waits")
	}
	if want := k.form.Journal()[1:]; len(k.written) != len(want) {
		t.Errorf("%d changes were written, %d were made", len(k.written), len(want))
	} else {
		for i := range want {
			if k.written[i].Path != want[i].Path || k.written[i].Value != want[i].Value {
				t.Errorf("change %d is %+v, not %+v", i, k.written[i], want[i])
			}
		}
	}
}

func TestLeavingAVisitThatIsNotOnTheDiskSaysSo(t *testing.T) {
	k := &keeping{shelf: newShelf(t, 2), full: true}
	commands := append([]keymap.Command{{ID: "go", Where: "home", Keys: []string{"enter"}, Label: "tui.cmd.open"}}, visit.Commands()...)
	r := tuitest.Run(t, 80, 24, home{visit.New(k, doors(false), k.begin)}, commands).Keys("enter")
	r.Keys("2", "esc").Shows("先记在内存里").Hides("已经存好")
}

func TestAFinishedVisitMayFindRoomWhereAnAnswerDidNot(t *testing.T) {
	k := &keeping{shelf: newShelf(t, 1), full: true}
	commands := append([]keymap.Command{{ID: "go", Where: "home", Keys: []string{"enter"}, Label: "tui.cmd.open"}}, visit.Commands()...)
	r := tuitest.Run(t, 80, 24, home{visit.New(k, doors(false), k.begin)}, commands).Keys("enter")
	r.Keys("1", "1", "1", "enter").Shows("走访完成")
	if k.finished != 1 {
		t.Error(k.finished)
	}
}
