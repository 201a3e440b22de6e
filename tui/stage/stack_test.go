package stage_test

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"doorstep/tui/keymap"
	"doorstep/tui/stage"
	"doorstep/tui/tuitest"
)

func TestAnAnswerFindsItsScreenAndALateOneNobody(t *testing.T) {
	child := &page{place: "p", left: "儿童"}
	child.update = func(_ *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
		if do, ok := msg.(stage.Do); ok && do.ID == "open" {
			return stage.PopWith("好"), func() tea.Msg { return "晚了" }
		}
		return stage.None(), nil
	}
	h := home()
	h.update = func(_ *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
		if do, ok := msg.(stage.Do); ok && do.ID == "open" {
			return stage.Push(child), func() tea.Msg { return "查到了" }
		}
		return stage.None(), nil
	}
	s := stage.New(stage.Config{Speaker: tuitest.Speaker(t, "zh"), Now: func() time.Time { return tuitest.Start }, Keys: keymap.Must(keymap.Own(), commands()), Home: h, After: func(time.Duration, tea.Msg) tea.Cmd { return nil }})
	s.Init()
	_, answer := s.Update(tuitest.Key("enter"))
	h.got = nil
	s.Update(answer())
	compare(t, h.got, []tea.Msg{"查到了"})
	if len(child.got) != 0 {
		t.Errorf("an answer went to the wrong screen: %v", child.got)
	}
	_, fromChild := s.Update(tuitest.Key("enter"))
	compare(t, h.got, []tea.Msg{"查到了", stage.Returned{Value: "好"}})
	s.Update(fromChild())
	if len(h.got) != 2 {
		t.Errorf("the answer for a screen that has gone reached another: %v", h.got)
	}
}

func TestOnlyTheAnswerToTheLastQuestionCounts(t *testing.T) {
	var l stage.Latest
	first, second := l.Ask(func() any { return "li" }), l.Ask(func() any { return "lin" })
	if v, fresh, mine := l.Take(first()); v != nil || fresh || !mine {
		t.Errorf("a late answer: %v %v %v", v, fresh, mine)
	}
	if v, fresh, _ := l.Take(second()); v != "lin" || !fresh {
		t.Errorf("the last answer: %v %v", v, fresh)
	}
	l.Drop()
	if _, fresh, _ := l.Take(second()); fresh {
		t.Error("a dropped question has no answer")
	}
	var other stage.Latest
	if _, _, mine := other.Take(second()); mine {
		t.Error("somebody else's answer")
	}
}

func TestACrashIsOneSentenceAndTheStackSurvives(t *testing.T) {
	h := home()
	var where string
	bad := &page{place: "p", left: "坏页", draw: func() { panic("买买提·吐尔逊 的答案") }}
	bad.update = func(_ *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
		if _, ok := msg.(stage.Do); ok {
			panic("买买提·吐尔逊 的答案")
		}
		return stage.None(), func() tea.Msg { panic("买买提·吐尔逊 的答案") }
	}
	h.update = func(_ *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
		if _, ok := msg.(stage.Do); ok {
			return stage.Push(bad), nil
		}
		return stage.None(), nil
	}
	r := run(t, 80, 24, h, commands(), func(c *stage.Config) {
		c.Crashed = func(_ keymap.Place, w string) { where += w }
	})
	r.Keys("enter").Shows("这一页显示不出来", "坏页").Hides("买买提")
	r.Keys("enter").Shows("刚才这一步没有做成").Hides("买买提")
	r.Keys("x").Shows("刚才的事没有办完").Hides("买买提")
	r.Keys("esc").Shows("今日")
	if !strings.Contains(where, "stage_test") || strings.Contains(where, "买买提") {
		t.Errorf("the report must say where and nothing else: %q", where)
	}
}

func TestWhatOthersShouldKnowReachesEveryScreen(t *testing.T) {
	child := &page{place: "p", left: "儿童"}
	child.started = tea.Batch(
		func() tea.Msg { return stage.Tell{Msg: "改了"} },
		func() tea.Msg { return stage.Ribbon("待上传 1 份") },
	)
	h := home()
	h.update = func(_ *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
		if _, ok := msg.(stage.Do); ok {
			return stage.Push(child), nil
		}
		return stage.None(), nil
	}
	r := run(t, 80, 24, h, commands())
	h.got = nil
	r.Keys("enter").Shows("待上传 1 份")
	compare(t, h.got[1:], []tea.Msg{"改了"})
	compare(t, child.got, []tea.Msg{"改了"})
	r.Send("外面来的")
	r.Send(tea.ResumeMsg{})
	compare(t, child.got, []tea.Msg{"改了", "外面来的"})
}
