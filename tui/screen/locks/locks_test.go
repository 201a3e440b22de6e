package locks_test

import (
	"context"
	"testing"
	"time"

	"doorstep/casework"
	"doorstep/tui/book/booktest"
	"doorstep/tui/keymap"
	"doorstep/tui/screen/locks"
	"doorstep/tui/stage"
	"doorstep/tui/tuitest"
)

func commands() []keymap.Command { return append(locks.Commands(), booktest.HomeCommands()...) }

func TestTheVisitCodeIsTypedTwice(t *testing.T) {
	var set []string
	r := tuitest.Run(t, 80, 24, booktest.Home{Screen: locks.NewCode(func(_ context.Context, code []byte) error {
		set = append(set, string(code))
		if len(set) == 1 {
			return casework.Problem("x", "laptop.visit_code_easy")
		}
		return nil
	}, true)}, commands())
	r.Keys("enter").Golden("code").Type("12345").Keys("enter").Shows("正好六位")
	r.Type("274913").Hides("274913").Keys("enter").Shows("再打一遍").Type("274914").Keys("enter").Shows("不一样")
	r.Type("111111").Keys("enter").Type("111111").Keys("enter").Shows("太好猜")
	r.Type("274913").Keys("enter", "esc").Shows("请定一个").Type("２７４９１３").Keys("enter").Type("274913").Keys("enter").Shows("home", "走访码定好了")
	if len(set) != 2 || set[1] != "274913" {
		t.Error(set)
	}
}

func TestOnTheFirstDayTheVisitCodeCanWait(t *testing.T) {
	r := tuitest.Run(t, 60, 20, booktest.Home{Screen: locks.NewCode(nil, true)}, commands(), tuitest.English(t))
	r.Keys("enter").Golden("code-en").Keys("esc").Shows("home", "set later")
}

func TestThePageSaysWhatLocksAndWhen(t *testing.T) {
	chosen := false
	r := tuitest.Run(t, 80, 24, booktest.Home{Screen: locks.New(locks.Options{
		Chosen: func() bool { return chosen }, Idle: 10 * time.Minute,
		Passphrase: func() stage.Screen { return booktest.Page("passphrase") },
		Code:       func() stage.Screen { return booktest.Page("code") },
	})}, commands())
	r.Keys("enter").Golden("locks").Keys("1").Shows("passphrase").Keys("esc", "2").Shows("code").Keys("esc")
	chosen = true
	r.Shows("已经定了").Keys("3").Shows("已经定了") // nothing locks in this test
}

// laptop is one that several people work on.
type laptop struct {
	labels []string
	at     int
	err    error
}

func (l *laptop) Stores() ([]string, int) { return l.labels, l.at }

func (l *laptop) Choose(i int) error { l.at = i; return l.err }

func (l *laptop) Add(label string) error {
	if l.err == nil {
		l.labels, l.at = append(l.labels, label), len(l.labels)
	}
	return l.err
}

func TestTwoPeopleOnOneLaptop(t *testing.T) {
	l := &laptop{labels: []string{"", "李"}}
	open := func() stage.Screen { return booktest.Page([]string{"first", "second", "third"}[l.at]) }
	r := tuitest.Run(t, 80, 24, booktest.Home{Screen: locks.NewWho(l, open)}, commands())
	r.Keys("enter").Golden("who").Keys("5").Shows("没有").Keys("down", "enter").Shows("second")
	r = tuitest.Run(t, 80, 24, booktest.Home{Screen: locks.NewWho(l, open)}, commands())
	r.Keys("enter", "1").Shows("first")
	r = tuitest.Run(t, 80, 24, booktest.Home{Screen: locks.NewWho(l, open)}, commands())
	r.Keys("enter", "0").Golden("name").Keys("enter").Shows("还没有写")
	l.err = casework.Problem("x", "locks.label")
	r.Type("13900001111").Keys("enter").Shows("不能用")
	l.err = nil
	r.Keys("esc").Shows("谁在用").Keys("0").Type("王").Keys("enter").Shows("third")
	if len(l.labels) != 3 || l.labels[2] != "王" {
		t.Error(l.labels)
	}
}
