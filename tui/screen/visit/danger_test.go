package visit_test

import (
	"strconv"
	"strings"
	"testing"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/casework/packs"
	"doorstep/tui/screen/visit"
	"doorstep/tui/tuitest"
)

func quiet(t *testing.T) (*shelf, *tuitest.Robot) {
	t.Helper()
	s := newShelf(t, 1)
	for path, value := range map[string]string{"c0_3": "door", "c0_4": "met"} {
		if _, err := s.form.Set(s.form.Definition().Find(path).Path, value); err != nil {
			t.Fatal(err)
		}
	}
	r := start(t, s, 80, 24)
	it := s.form.Definition().Find("c6_2")
	if _, err := s.form.Set(it.Path, "disclosed"); err != nil {
		t.Fatal(err)
	}
	if len(s.form.Triggers()) == 0 {
		t.Fatal("what was disclosed fires nothing")
	}
	return s, r
}

func TestQuietOrdersWaitUntilSheOpensThem(t *testing.T) {
	_, r := quiet(t)
	r.Shows("*  已答").Hides("110", "报告", "危险")
	r.Keys("ctrl+o").Shows("110")
}

func TestAnUnopenedOrderComesBackWhenSheLeaves(t *testing.T) {
	s, r := quiet(t)
	r.Keys("esc").Golden("leaving").Hides("110")
	r.Keys("1").Shows("110")
	r.Keys("1")
	if r.Depth() != 1 {
		t.Error("she could not leave after reading", r.Depth())
	}
	if len(s.dropped) != 0 {
		t.Error("the draft is gone")
	}
}

// forbidden are the words of quiet orders: none may be read before she opens them.
func forbidden(t *testing.T) []string {
	t.Helper()
	say := tuitest.Speaker(t, "zh").Say
	var out []string
	for _, code := range []string{"HT-M", "HT-S", "HT-D", "HT-A"} {
		out = append(out, say("task.order."+code), say("task.order."+code+".1"), say("task.order."+code+".2"))
	}
	return append(out, "110", "报警", "危险", "急办")
}

// worst is the digit of the worst answer to a question: one that fires, else the one that counts most.
func worst(in *form.Instance, path string) (keys []string) {
	best, at := -1, 0
	for i, c := range in.Choices(path) {
		points := 0
		if c.Score != nil {
			points = *c.Score
		}
		if c.HardTrigger != "" {
			points = 1000 + i
		}
		if points > best && c.Name != "none" {
			best, at = points, i
		}
	}
	for range at / 9 {
		keys = append(keys, "0")
	}
	return append(keys, strconv.Itoa(at%9+1))
}

// walk answers every question that comes up with the worst, and looks at every frame.
func walk(t *testing.T, s *shelf, look func(r *tuitest.Robot)) *tuitest.Robot {
	t.Helper()
	r := start(t, s, 80, 24)
	seen := map[string]int{}
	for range 200 {
		page, ok := r.Top().(*visit.Screen)
		if !ok { // an order that may fill the screen, or the list of what is missing
			r.Keys("2")
			if _, ok = r.Top().(*visit.Screen); !ok {
				r.Keys("esc")
				return r
			}
			continue
		}
		path := page.At()
		if seen[path]++; seen[path] > 2 {
			return r
		}
		v, _ := s.form.View(path)
		if strings.Contains(r.Screen(), "收起来了：") {
			first := "1  " + s.form.Choices(path)[0].Label["zh"]
			r.Hides(first).Keys("1").Hides(first)
			if now, _ := s.form.View(path); now.Answered() {
				t.Fatal("a question nobody sees was answered")
			}
			r.Keys("ctrl+t").Shows(first) // nobody looks on now
		}
		switch v.Item.Type {
		case form.TypeSelectOne, form.TypeSelectMultiple, form.TypeAcknowledge:
			r.Keys(worst(s.form, path)...)
		case form.TypeInteger:
			r.Type("3")
		case form.TypeDecimal:
			r.Type("41")
		case form.TypeDate:
			r.Type("+7")
		default:
			r.Type("x")
		}
		look(r)
		if page, ok = r.Top().(*visit.Screen); ok && page.At() == path {
			r.Keys("enter")
			look(r)
		}
	}
	return r
}

func TestTheWorstVisitShowsNoWordOfItsOrdersUntilTheyAreOpened(t *testing.T) {
	words := forbidden(t)
	loud := tuitest.Speaker(t, "zh").Say("visit.matters")
	for _, name := range []string{packs.ChildVisit, packs.ElderVisit} {
		for depth := 1; depth <= 3; depth++ {
			s := shelfOf(t, name, depth, "zh")
			s.broken = true // so that the last Enter does not end the walk
			frames := 0
			r := walk(t, s, func(r *tuitest.Robot) {
				if screen := r.Screen(); !strings.HasPrefix(strings.TrimSpace(screen), loud) {
					frames++
					for _, w := range words {
						for _, line := range strings.Split(screen, "\n") {
							if strings.Contains(asked(s.form, line, w), w) {
								t.Fatalf("%s, depth %d: %q is on the screen\n%s", name, depth, w, screen)
							}
						}
					}
				}
			})
			var quiet []string
			for _, trigger := range s.form.Triggers() {
				if trigger.Quiet {
					quiet = append(quiet, trigger.Code)
				}
			}
			if len(quiet) == 0 || frames < 10 {
				t.Fatalf("%s, depth %d: nothing to hide in %d frames (%v)\n%s", name, depth, frames, s.form.Triggers(), r.Screen())
			}
			if _, ok := r.Top().(*visit.Screen); !ok {
				r.Keys("esc")
			}
			r.Keys("ctrl+o").Shows(tuitest.Speaker(t, "zh").Say("task.order." + quiet[0]))
		}
	}
}

// asked takes the form's own questions and choices that hold a word out of a line: those are
// asked of everybody.
func asked(in *form.Instance, line, word string) string {
	line = strings.ReplaceAll(line, "0 到 110", "") // how old a carer may be
	out := func(text string) {
		if text != "" && strings.Contains(text, word) {
			line = strings.ReplaceAll(line, text, "")
		}
	}
	for it := range in.Definition().All() {
		out(it.Label["zh"])
		out(it.Hint["zh"])
		if l := in.Definition().List(it.List); l != nil {
			for _, c := range l.Choices {
				out(c.Label["zh"])
			}
		}
	}
	return line
}

func TestWhatMayFillTheScreenDoesSoOnce(t *testing.T) {
	s := shelfOf(t, packs.ElderVisit, 3, "zh")
	for path, value := range map[string]string{"e0_2": "door", "e0_3": "met"} {
		if _, err := s.form.Set(s.form.Definition().Find(path).Path, value); err != nil {
			t.Fatal(err)
		}
	}
	r := start(t, s, 80, 24)
	for range 60 {
		page, ok := r.Top().(*visit.Screen)
		if !ok {
			t.Fatal(r.Screen())
		}
		if strings.HasSuffix(page.At(), "/e5_1") {
			break
		}
		r.Keys("enter")
	}
	gas := 0
	for i, c := range s.form.Choices(s.form.Definition().Find("e5_1").Path) {
		if c.HardTrigger == "HT-G" {
			gas = i + 1
		}
	}
	r.Keys(strconv.Itoa(gas)).Golden("gas").Keys("2").Shows("隐患")
	r.Keys(strconv.Itoa(gas), strconv.Itoa(gas)).Shows("隐患").Hides("闻到燃气味，")
}

func TestAnAnswerAboutHarmDoesNotStayToBeReadOverHerShoulder(t *testing.T) {
	s, r := quiet(t)
	v, _ := s.form.View(s.form.Definition().Find("c6_2").Path)
	if v.Class != casework.Restricted {
		t.Fatal("the question is not a restricted one any more")
	}
	for range 12 {
		r.Hides("孩子说了")
		r.Keys("down")
		if page, ok := r.Top().(*visit.Screen); ok && strings.HasSuffix(page.At(), "/c6_2") {
			r.Shows("孩子说了").Keys("down").Hides("孩子说了").Shows("（已填）")
			return
		}
	}
	t.Fatal(r.Screen())
}
