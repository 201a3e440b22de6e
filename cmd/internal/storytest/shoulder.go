package storytest

import (
	"regexp"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"doorstep/casework/lang"
)

// settled is how long a screen may take to answer a key.
const settled = 250 * time.Millisecond

// quietOrders are the orders that wait until she opens them.
var quietOrders = []string{"HT-M", "HT-S", "HT-D", "HT-A"}

// shoulder fills in a questionnaire while someone reads along. A line of the file STEPS is
//
//	WHAT HAS THE FOCUS | KEY 'TEXT KEY …
//
// where 'TEXT is typed character by character. After every key the screen is searched for the
// words of the file WORDS and for every sentence of the orders that are to stay quiet. A
// comment begins with #.
func (s *screens) shoulder(ts *testscript.TestScript, name string, rest []string) {
	words := append(lines(ts.ReadFile(rest[0])), orders(ts)...)
	keys := 0
	look := func() string {
		shown := s.shown(ts, name)
		for _, w := range words {
			if strings.Contains(shown, w) {
				ts.Fatalf("someone who reads along sees %q after %d keys; the screen is\n%s", w, keys, shown)
			}
		}
		return shown
	}
	press := func(before string, args ...string) string {
		s.must(ts, append([]string{"send-keys", "-t", name}, args...)...)
		keys++
		pulse := time.NewTicker(pulse / 4)
		defer pulse.Stop()
		last := time.NewTimer(settled)
		defer last.Stop()
		for {
			if shown := look(); shown != before {
				return shown
			}
			select {
			case <-pulse.C:
			case <-last.C: // a key may do nothing
				return before
			}
		}
	}
	for _, step := range lines(ts.ReadFile(rest[1])) {
		label, todo, ok := strings.Cut(step, "|")
		if strings.HasPrefix(step, "#") {
			continue
		}
		if !ok {
			ts.Fatalf("%q is no step", step)
		}
		at := regexp.MustCompile(`(?m)> ` + strings.TrimSpace(label))
		if !until(func() bool { return at.MatchString(look()) }) {
			ts.Fatalf("waited for the question %q; the screen is\n%s", label, s.shown(ts, name))
		}
		before := look()
		for _, key := range strings.Fields(todo) {
			text, typed := strings.CutPrefix(key, "'")
			if !typed {
				before = press(before, key)
				continue
			}
			for _, r := range text {
				before = press(before, "-l", "--", string(r))
			}
		}
	}
	ts.Logf("%d keys, and no word of %d was read along", keys, len(words))
}

// orders are the sentences of the quiet orders, as the catalogue has them.
func orders(ts *testscript.TestScript) []string {
	speaker, err := lang.New("zh")
	ts.Check(err)
	var out []string
	for _, code := range quietOrders {
		for _, key := range []string{"", ".1", ".2", ".3", ".4", ".5", ".6"} {
			if key = "task.order." + code + key; speaker.Has(key) {
				out = append(out, speaker.Say(key))
			}
		}
	}
	if len(out) < 2*len(quietOrders) {
		ts.Fatalf("the catalogue has no orders any more: %v", out)
	}
	return out
}

// lines are the lines of a text that hold something.
func lines(text string) []string {
	var out []string
	for _, l := range strings.Split(text, "\n") {
		if l = strings.TrimSpace(l); l != "" {
			out = append(out, l)
		}
	}
	return out
}
