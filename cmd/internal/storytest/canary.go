package storytest

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// flocks is how many kinds of canary there are: name, ID number, telephone, address, answer.
const flocks = 5

// canaries writes what no file may hold in plain:
//
//	FOLDER/roster.csv   N/5 children, each with a name, an ID number, a telephone and an address of its own
//	FOLDER/visit-I.json for each of them a visit whose words are her own
//	FOLDER/words        all of it, one a line, for nodata
//	FOLDER/names        the names alone
func canaries(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: canaries FOLDER N")
	}
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	dir := ts.MkAbs(args[0])
	ts.Check(os.MkdirAll(dir, 0o700))
	var roster, words, names strings.Builder
	roster.WriteString("姓名,性别,身份证号,村居,联系电话,家庭住址\n")
	for i := range n / flocks {
		c := canary(i)
		fmt.Fprintf(&roster, "%s,女,%s,竹岛村,%s,%s\n", c.name, c.id, c.phone, c.address)
		fmt.Fprintln(&names, c.name)
		for _, w := range []string{c.name, c.id, c.phone, c.address, c.answer} {
			fmt.Fprintln(&words, w)
		}
	}
	ts.Check(os.WriteFile(filepath.Join(dir, "roster.csv"), []byte(roster.String()), 0o600))
	ts.Check(os.WriteFile(filepath.Join(dir, "words"), []byte(words.String()), 0o600))
	ts.Check(os.WriteFile(filepath.Join(dir, "names"), []byte(names.String()), 0o600))
	soon := time.Now().AddDate(0, 0, 3).Format(time.DateOnly)
	for i := range n / flocks {
		visit := map[string]any{
			"c0_1": "yes", "c0_3": "door", "c0_4": "not_met", "c8_1_reason": canary(i).answer,
			"c8_1": "2", "c8_2": soon, "c6_5": "none", "c8_3_worker": "OK",
			"c6_2": map[string]string{"unknown": "not_asked"}, "c6_6": map[string]string{"unknown": "not_observed"},
		}
		b, err := json.Marshal(visit)
		ts.Check(err)
		ts.Check(os.WriteFile(filepath.Join(dir, fmt.Sprintf("visit-%d.json", i)), b, 0o600))
	}
}

// bird is one child whose every word is looked for.
type bird struct{ name, id, phone, address, answer string }

// canary is the ith: words that stand nowhere else, a number that adds up.
func canary(i int) bird {
	first := []rune("翯翾翿耖耔耰耱聃聍聐聒聩聱")
	second := []rune("蓥蓼蔟蔻蔼蕖蕲薮薹藁藜藿蘅蘖虬虺")
	a, b := first[i%len(first)], second[i/len(first)%len(second)]
	id := fmt.Sprintf("371002201%d%02d%02d%03d", 3+i%5, 1+i%12, 1+i%28, 2*(100+i))
	return bird{
		name: "蔺" + string(a) + string(b), id: id + check(id), phone: fmt.Sprintf("198%08d", 70000007+13*i),
		address: fmt.Sprintf("竹岛村%c%c巷%d号", b, a, 1000+i), answer: fmt.Sprintf("%c%c说第%d句话给张老师听", a, b, 5000+i),
	}
}

// check is the last character of a resident ID number (GB 11643-1999).
func check(fore string) string {
	weights := []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	sum := 0
	for i, w := range weights {
		sum += w * int(fore[i]-'0')
	}
	return string("10X98765432"[sum%11])
}

// storm is somebody at the keys who reads nothing, and a battery that fails whenever it
// likes: ROUNDS times the program is started and killed, each time after some keys and
// words. It must never break down.
func (s *screens) storm(ts *testscript.TestScript, name string, args []string) {
	if len(args) < 5 {
		ts.Fatalf("usage: screen storm NAME SIZE WORDS SEED ROUNDS PROGRAM ARGS…")
	}
	words := strings.Fields(ts.ReadFile(args[1]))
	seed, err := strconv.ParseUint(args[2], 10, 64)
	ts.Check(err)
	rounds, err := strconv.Atoi(args[3])
	ts.Check(err)
	dice := rand.New(rand.NewPCG(seed, 7))
	keys := strings.Fields("1 2 3 4 5 7 8 0 Enter Enter Enter Tab Down Down Up Space Escape F1 F2 F3 F5 F7 F8 F9 C-l C-r C-w C-z C-f C-y NPage PPage Home End IC DC BSpace")
	for round := range rounds {
		ts.Check(s.start(ts, name, args[0], args[4:]))
		s.wait(ts, name, "今日", true)
		var pressed []string
		for range 4 + dice.IntN(10) {
			if dice.IntN(5) == 0 {
				s.must(ts, "send-keys", "-t", name, "-l", "--", words[dice.IntN(len(words))])
			}
			press := []string{"send-keys", "-t", name}
			for range 1 + dice.IntN(6) {
				press = append(press, keys[dice.IntN(len(keys))])
			}
			s.must(ts, press...)
			pressed = append(pressed, press[3:]...)
		}
		// She may have found 结束; anything else is a crash.
		if code := s.killed(ts, name); code != "137" && code != "0" {
			ts.Fatalf("round %d: the program ended with %s after %s; the screen is\n%s", round, code, pressed, s.shown(ts, name))
		}
		s.must(ts, "kill-session", "-t", name)
	}
}

// leavesNothing looks for words in everything a terminal still has when the program has
// ended: what is shown, what scrolled out of it, the other page, the title, the clipboard.
func (s *screens) leavesNothing(ts *testscript.TestScript, name, file string) {
	all := s.must(ts, "capture-pane", "-p", "-J", "-S", "-", "-t", name)
	if other, err := s.tmux("capture-pane", "-p", "-J", "-a", "-t", name); err == nil { // there is none when no program draws there
		all += other
	}
	all += s.must(ts, "display-message", "-p", "-t", name, "#{pane_title} #{window_name}") + s.must(ts, "list-buffers")
	for _, w := range strings.Fields(ts.ReadFile(file)) {
		if strings.Contains(all, w) {
			ts.Fatalf("the terminal still has %q:\n%s", w, all)
		}
	}
}
