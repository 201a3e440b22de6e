package visit_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"doorstep/tui/stage"
	"doorstep/tui/tuitest"
)

func TestTheMouseChoosesJumpsAndScrolls(t *testing.T) {
	s := everyShelf(t, "zh")
	r := start(t, s, 80, 24)
	click := func(text string) {
		t.Helper()
		for y, line := range strings.Split(r.Screen(), "\n") {
			if i := strings.Index(line, text); i >= 0 {
				r.Click(tuitest.Width(line[:i])+1, y)
				return
			}
		}
		t.Fatal(text, r.Screen())
	}
	click("2  否")
	if s.value("one") != "c2" {
		t.Error(s.value("one"), r.Screen())
	}
	click("填写")
	r.Shows("> 多大年纪")
	r.Keys("1", "2")
	r.Click(18+1+5, 3).Keys("3") // before the first digit
	r.Keys("tab")
	if s.value("age") != "312" {
		t.Error(s.value("age"))
	}
	for range 3 {
		r.Send(tea.MouseWheelMsg{Button: tea.MouseWheelDown})
	}
	r.Send(stage.Ribbon("离线"))
	r.Hides("多大年纪").Keys("down").Shows("体温")
	click("选择")
	click("有哪些东西")
	click("2  轮椅")
	if s.value("tools") != "c2" {
		t.Error(s.value("tools"), r.Screen())
	}
	click("家里人")
	click("住在一起的人")
	r.Keys("insert").Type("李静").Keys("esc")
	click("李静")
	r.Shows("住在一起的人：第 1 行")
}

func TestTheImportantPagesOnOtherScreens(t *testing.T) {
	for _, size := range [][2]int{{60, 20}, {120, 40}} {
		name := map[int]string{60: "60x20", 120: "120x40"}[size[0]]
		s := everyShelf(t, "zh")
		r := goes(t, start(t, s, size[0], size[1]), "tools").Keys("1", "3").Golden("several-" + name)
		goes(t, r, "day").Type("正月初五").Golden("day-" + name)
		goes(t, r, "words").Type("想孙子了").Keys("f2").Golden("large-" + name).Keys("esc")
		r.Keys("f8").Golden("problems-" + name).Keys("esc")
		r.Keys("ctrl+f").Golden("codes-" + name).Keys("esc")
		goes(t, r, "rooms").Type("3").Keys("tab", "insert").Type("李静").Keys("esc", "insert").Type("李明").Keys("esc")
		goes(t, r, "crowded").Keys("f9").Golden("why-" + name)
	}
}
