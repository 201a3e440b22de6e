package widget_test

import (
	"fmt"
	"testing"

	tea "charm.land/bubbletea/v2"
	"pgregory.net/rapid"

	"doorstep/tui/cell"
	"doorstep/tui/stage"
	"doorstep/tui/tuitest"
	"doorstep/tui/widget"
)

func people(n int) []widget.Row {
	rows := []widget.Row{{Text: "3组", Heading: true}}
	for i := range n {
		if i == 5 {
			rows = append(rows, widget.Row{Text: "5组", Heading: true})
		}
		rows = append(rows, widget.Row{Text: fmt.Sprintf("今天     赵铁柱%02d 男 12岁", i)})
	}
	return rows
}

func listSheet(l *widget.List) *sheet {
	s := &sheet{}
	s.update = func(_ *stage.Env, msg tea.Msg) stage.Action { l.Update(msg); return stage.None() }
	s.draw = func(env *stage.Env, size stage.Size) stage.Frame {
		lines, cursor := l.Draw(env, size)
		return stage.Frame{Body: lines, Cursor: cursor}
	}
	return s
}

func TestAListIsChosenByDigitAndByArrow(t *testing.T) {
	l := &widget.List{Last: 7}
	l.Set(people(30))
	r := tuitest.Run(t, 60, 20, listSheet(l), nil)
	r.Golden("list-first")
	if l.At() != 1 {
		t.Errorf("the cursor begins on the first person, not on a heading: %d", l.At())
	}
	if !l.Pick("6") || l.At() != 7 || l.Pick("8") {
		t.Errorf("digit 6 is the sixth person: %d", l.At())
	}
	r.Keys("up", "up")
	if l.At() != 4 {
		t.Errorf("arrows jump over headings: %d", l.At())
	}
	r.Keys("pgdown").Golden("list-second")
	if !l.Pick("1") {
		t.Error("digits count from the top of the page")
	}
	r.Keys("end", "pgdown", "pgup", "home")
	if l.At() != 1 {
		t.Errorf("%d", l.At())
	}
	r.Click(5, 4)
	if l.At() != 2 {
		t.Errorf("a click on the third line of the body: %d", l.At())
	}
	if got := l.Where(&stage.Env{Speaker: tuitest.Speaker(t, "zh")}); got == "" {
		t.Error("a list of several pages says where it is")
	}
}

func TestAHeadingIsNeverTheLastLineOfAPage(t *testing.T) {
	env := &stage.Env{Speaker: tuitest.Speaker(t, "zh")}
	l := &widget.List{}
	l.Set(people(8)) // 3组, five people, 5组, three people
	if lines, _ := l.Draw(env, stage.Size{W: 40, H: 7}); len(lines) != 6 {
		t.Errorf("the first page has %d lines", len(lines))
	}
	l.Update(tuitest.Key("pgdown"))
	if lines, _ := l.Draw(env, stage.Size{W: 40, H: 7}); lines[0] != "    5组" || l.At() != 7 {
		t.Errorf("the second page begins with %q, the cursor is on %d", lines[0], l.At())
	}
}

func TestAnEmptyListSaysSo(t *testing.T) {
	l := &widget.List{}
	r := tuitest.Run(t, 60, 20, listSheet(l), nil)
	r.Keys("down", "end", "pgdown").Shows("这里还没有内容")
	if l.At() != -1 || l.Pick("1") {
		t.Error("there is nothing to choose")
	}
	l.Set([]widget.Row{{Text: "3组", Heading: true}})
	r.Keys("down", "end", "home")
	if l.At() != -1 || r.Cursor() != "none" {
		t.Errorf("a heading cannot be chosen: %d, %s", l.At(), r.Cursor())
	}
}

func TestTheCursorNeverLeavesTheListOrStandsOnAHeading(t *testing.T) {
	env := &stage.Env{Speaker: tuitest.Speaker(t, "zh")}
	rapid.Check(t, func(t *rapid.T) {
		l := &widget.List{}
		for range rapid.IntRange(1, 20).Draw(t, "steps") {
			switch rapid.IntRange(0, 3).Draw(t, "what") {
			case 0:
				var rows []widget.Row
				for _, h := range rapid.SliceOfN(rapid.Bool(), 0, 30).Draw(t, "rows") {
					rows = append(rows, widget.Row{Text: "x", Heading: h})
				}
				l.Set(rows)
			case 1:
				l.Update(tuitest.Key(rapid.SampledFrom([]string{"up", "down", "pgup", "pgdown", "home", "end"}).Draw(t, "key")))
			case 2:
				l.Pick(rapid.SampledFrom([]string{"0", "1", "5", "9"}).Draw(t, "digit"))
			case 3:
				l.To(rapid.IntRange(-3, 40).Draw(t, "to"))
			}
			h := rapid.IntRange(1, 12).Draw(t, "h")
			lines, cursor := l.Draw(env, stage.Size{W: 20, H: h})
			if len(lines) > h || (cursor != nil && cursor.Y >= len(lines)) || (cursor == nil) != (l.At() < 0) {
				t.Fatalf("%d lines in %d, cursor %v, at %d of %d", len(lines), h, cursor, l.At(), l.Len())
			}
		}
	})
}

func TestATableKeepsItsColumns(t *testing.T) {
	tb := &widget.Table{
		Columns: []cell.Column{{Min: 8, Max: 8}, {Min: 14}, {Min: 4, Max: 4, Right: true}},
		Titles:  []string{"日期", "事情", "次数"},
	}
	tb.SetRows([][]string{{"3组"}, {"11-06", "入户 见到孩子", "3"}, {"10-21", "买买提·吐尔逊 没见到孩子，在学校", "12"}, {"10-08", "𠮷㐂", "1"}})
	s := &sheet{}
	s.update = func(_ *stage.Env, msg tea.Msg) stage.Action { tb.Update(msg); return stage.None() }
	s.draw = func(env *stage.Env, size stage.Size) stage.Frame {
		lines, cursor := tb.Draw(env, size)
		return stage.Frame{Body: lines, Cursor: cursor}
	}
	r := tuitest.Run(t, 60, 20, s, nil)
	r.Keys("down").Golden("table")
	r.Click(3, 6)
	if tb.At() != 3 {
		t.Errorf("the title line is not a row: %d", tb.At())
	}
	r.Resize(100, 30)
	r.Shows("没见到孩子，在学校")
}

func TestAQuestionBeginsOnNo(t *testing.T) {
	s := &sheet{}
	s.update = func(_ *stage.Env, msg tea.Msg) stage.Action {
		if key, ok := msg.(tea.KeyPressMsg); ok && key.Text == "q" {
			return stage.Push(widget.NewConfirm("sign", "签名", "确定记为“本人拒绝签名”吗？", "是，拒绝签名", ""))
		}
		return stage.None()
	}
	r := tuitest.Run(t, 60, 20, s, nil)
	r.Keys("q").Golden("confirm")
	for _, c := range []struct {
		keys []string
		want any
	}{
		{[]string{"enter"}, widget.Answer{ID: "sign"}},
		{[]string{"1"}, widget.Answer{ID: "sign", Yes: true}},
		{[]string{"2"}, widget.Answer{ID: "sign"}},
		{[]string{"up", "enter"}, widget.Answer{ID: "sign", Yes: true}},
		{[]string{"tab", "tab", "enter"}, widget.Answer{ID: "sign"}},
		{[]string{"esc"}, nil},
	} {
		for r.Depth() > 1 {
			r.Keys("esc")
		}
		s.left = "x"
		r.Keys("q").Keys(c.keys...)
		if s.left != c.want {
			t.Errorf("%v leaves %v, want %v", c.keys, s.left, c.want)
		}
	}
}

func TestAChoiceSaysWhyOneCannotBeTaken(t *testing.T) {
	s := &sheet{}
	s.update = func(_ *stage.Env, msg tea.Msg) stage.Action {
		if key, ok := msg.(tea.KeyPressMsg); ok && key.Text == "q" {
			return stage.Push(widget.NewChoice("why", "没见到的原因", []widget.Option{
				{Value: 1, Label: "在学校"}, {Value: 2, Label: "外出", Why: "先写去了哪里"}, {Value: 3, Label: "不开门"},
			}))
		}
		return stage.None()
	}
	r := tuitest.Run(t, 60, 20, s, nil)
	r.Keys("q", "2").Shows("先写去了哪里").Golden("choice")
	r.Keys("3")
	if s.left != (widget.Picked{ID: "why", Value: 3}) {
		t.Errorf("%v", s.left)
	}
	r.Keys("q", "9", "enter")
	if s.left != (widget.Picked{ID: "why", Value: 1}) {
		t.Errorf("%v", s.left)
	}
}

func TestTicksWithNoneOfTheseAndChoiceOfOne(t *testing.T) {
	env := &stage.Env{Speaker: tuitest.Speaker(t, "zh")}
	c := &widget.Checks{Items: []widget.Check{{Label: "米面"}, {Label: "冬衣"}, {Label: "都没有", Alone: true}}}
	state := func() (s string) {
		for _, it := range c.Items {
			if it.On {
				s += it.Label
			}
		}
		return s
	}
	for _, step := range []struct{ key, want string }{
		{"1", "米面"}, {"2", "米面冬衣"}, {"3", "都没有"}, {"1", "米面"}, {"1", ""}, {"space", "米面"}, {"down", "米面"}, {"space", "米面冬衣"}, {"7", "米面冬衣"},
	} {
		c.Draw(env, stage.Size{W: 40, H: 10})
		c.Update(tuitest.Key(step.key))
		if state() != step.want {
			t.Errorf("after %s: %q, want %q", step.key, state(), step.want)
		}
	}
	one := &widget.Checks{One: true, Items: []widget.Check{{Label: "是"}, {Label: "否"}}}
	one.Draw(env, stage.Size{W: 40, H: 10})
	one.Pick("2")
	one.Pick("2")
	if one.Items[0].On || !one.Items[1].On {
		t.Error("a choice of one keeps one")
	}
	lines, cursor := one.Draw(env, stage.Size{W: 40, H: 10})
	if len(lines) != 2 || cursor.Y != 1 || lines[1][:9] == "" {
		t.Errorf("%q %v", lines, cursor)
	}
}
