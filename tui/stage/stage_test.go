package stage_test

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"doorstep/tui/keymap"
	"doorstep/tui/stage"
	"doorstep/tui/theme"
	"doorstep/tui/tuitest"
)

// page is a screen whose every part a test can replace.
type page struct {
	place   keymap.Place
	left    string
	right   string
	body    []string
	cursor  *stage.Cursor
	status  string
	typing  bool
	got     []tea.Msg
	update  func(env *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd)
	draw    func()
	why     map[keymap.ID]string
	saved   *int
	started tea.Cmd
}

func (p *page) Place() keymap.Place { return p.place }
func (p *page) Header(*stage.Env) stage.Header {
	return stage.Header{Left: p.left, Right: p.right}
}
func (p *page) Status(*stage.Env) string               { return p.status }
func (p *page) Typing() bool                           { return p.typing }
func (p *page) Able(_ *stage.Env, id keymap.ID) string { return p.why[id] }
func (p *page) Start(*stage.Env) tea.Cmd               { return p.started }
func (p *page) Draw(_ *stage.Env, _ stage.Size) stage.Frame {
	if p.draw != nil {
		p.draw()
	}
	return stage.Frame{Body: p.body, Cursor: p.cursor}
}

func (p *page) Update(env *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
	p.got = append(p.got, msg)
	if p.update != nil {
		return p.update(env, msg)
	}
	return stage.None(), nil
}

func (p *page) Save(*stage.Env) tea.Cmd {
	if p.saved == nil {
		return nil
	}
	return func() tea.Msg { *p.saved++; return nil }
}

// named gives the pages of this test a name.
type named struct{ stage.Speaker }

func (n named) Say(key string, pairs ...any) string {
	if key == "tui.place.p" {
		return "今日"
	}
	return n.Speaker.Say(key, pairs...)
}

func run(t testing.TB, w, h int, home stage.Screen, commands []keymap.Command, options ...tuitest.Option) *tuitest.Robot {
	t.Helper()
	options = append(options, func(c *stage.Config) { c.Speaker = named{c.Speaker} })
	return tuitest.Run(t, w, h, home, commands, options...)
}

// question is a panel.
type question struct{ page }

func (q *question) IsPanel() {}

func commands() []keymap.Command {
	return []keymap.Command{
		{ID: "choose", Where: "p", Keys: []string{keymap.Digit}, Label: "tui.cmd.choose", Bar: 1},
		{ID: "find", Where: "p", Keys: []string{keymap.Typing}, Label: "tui.cmd.answer", Bar: 2},
		{ID: "open", Where: "p", Keys: []string{"enter"}, Label: "tui.cmd.open", Bar: 3},
		{ID: "print", Where: "p", Keys: []string{"f7"}, Label: "tui.cmd.answer", Menu: true},
		{ID: "yes", Where: "p", Keys: []string{"ctrl+y"}, Label: "tui.cmd.yes", Menu: true},
		{ID: "yes", Where: "q", Keys: []string{"1"}, Label: "tui.cmd.yes", Bar: 1},
	}
}

func home() *page {
	return &page{
		place: "p", left: "今日  11月23日 周一  张桂芬 竹岛村", right: "离线  待上传 3 份",
		body: []string{
			" 0  急办 1 件：16:00 前联系督导员",
			strings.Repeat("-", 200),
			" 逾期 1 人   今天 4 人",
			" 1  逾期2天  𠮷田 女 9岁  买买提·吐尔逊 “二级”…—",
		},
		status: " 本月  应访 65 人   已访 48 人",
		cursor: &stage.Cursor{X: 1, Y: 3},
	}
}

func TestAPageAtSeveralSizes(t *testing.T) {
	r := run(t, 80, 24, home(), commands())
	r.Golden("page-80x24")
	r.Resize(60, 20)
	r.Golden("page-60x20")
	r.Resize(120, 40)
	r.Golden("page-120x40")
	run(t, 80, 24, home(), commands(), tuitest.English(t)).Golden("page-en-80x24")
}

func TestEveryFrameFillsTheWindowExactly(t *testing.T) {
	h := home()
	r := run(t, 80, 24, h, commands())
	for _, keys := range [][]string{nil, {"space"}, {"esc", "f1"}, {"esc"}} {
		r.Keys(keys...)
		for w := 1; w < 140; w += 7 {
			for _, rows := range []int{1, 5, 19, 20, 21, 24, 50} {
				r.Resize(w, rows)
				lines := strings.Split(r.View().Content, "\n")
				if len(lines) != rows {
					t.Fatalf("%d rows at %dx%d", len(lines), w, rows)
				}
				for _, line := range lines {
					if got := tuitest.Width(line); got != w {
						t.Fatalf("a row of %d cells at %dx%d: %q", got, w, rows, line)
					}
				}
			}
		}
		r.Resize(80, 24)
	}
}

func TestAWindowThatIsTooSmallSaysSo(t *testing.T) {
	r := run(t, 59, 24, home(), commands())
	r.Shows("窗口太小").Hides("今日")
	r.Resize(20, 6)
	r.Golden("too-small-20x6")
	r.Resize(80, 24)
	r.Shows("今日")
}

func TestCtrlLBlanksAtOnceAndKeepsEverything(t *testing.T) {
	h := home()
	h.update = func(_ *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
		if _, ok := msg.(tea.KeyPressMsg); ok {
			h.body = append(h.body, " 打了字")
		}
		return stage.None(), nil
	}
	h.typing = true
	r := run(t, 80, 24, h, commands())
	r.Type("林").Keys("ctrl+l")
	if got := strings.TrimSpace(r.Screen()); got != "" || r.Cursor() != "none" {
		t.Fatalf("after Ctrl+L the screen shows %q, cursor %s", got, r.Cursor())
	}
	r.Type("小溪")
	if got := strings.TrimSpace(r.Screen()); got != "" {
		t.Fatal("typing that was in flight must not bring the screen back")
	}
	r.Advance(time.Second)
	r.Keys("enter")
	r.Shows("今日", "打了字")
	if n := strings.Count(r.Screen(), "打了字"); n != 1 {
		t.Errorf("the keys of a blank screen must do nothing: %d", n)
	}
	r.Keys("ctrl+l", "ctrl+l").Shows("今日")
}

func TestKeysBecomeCommandsAndTypingStaysTyping(t *testing.T) {
	h := home()
	r := run(t, 80, 24, h, commands())
	r.Keys("3", "４", "enter", "x").Type("林").Burst("小溪").Paste("贴")
	want := []tea.Msg{
		stage.Do{ID: "choose", Key: "3"},
		stage.Do{ID: "choose", Key: "4"},
		stage.Do{ID: "open", Key: "enter"},
		tuitest.Key("x"), tuitest.Key("林"),
		tea.KeyPressMsg{Code: tea.KeyExtended, Text: "小溪"},
		tea.PasteMsg{Content: "贴"},
	}
	compare(t, h.got, want)
	h.got, h.typing = nil, true
	r.Keys("3", "space", "enter", "ctrl+y")
	compare(t, h.got, []tea.Msg{tuitest.Key("3"), tuitest.Key("space"), stage.Do{ID: "open", Key: "enter"}, stage.Do{ID: "yes", Key: "ctrl+y"}})
}

func compare(t *testing.T, got, want []tea.Msg) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("got %v, want %v", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("message %d is %#v, want %#v", i, got[i], want[i])
		}
	}
}

func TestTheMenuOffersWhatThePageCanDo(t *testing.T) {
	h := home()
	h.why = map[keymap.ID]string{"print": "先打开一个人"}
	r := run(t, 80, 24, h, commands())
	r.Keys("space").Golden("menu-80x24")
	r.Keys("1").Shows("先打开一个人")
	if r.Depth() != 2 {
		t.Fatal("a disabled command must leave the menu open")
	}
	r.Keys("2")
	if r.Depth() != 1 {
		t.Fatal("choosing closes the menu")
	}
	compare(t, h.got, []tea.Msg{stage.Returned{}, stage.Do{ID: "yes", Key: "ctrl+y"}})
	r.Keys("space", "down", "enter")
	if r.Depth() != 1 || len(h.got) != 4 {
		t.Errorf("arrows and Enter choose too: %v", h.got)
	}
	r.Keys("f10", "esc", "ctrl+p", "space")
	if r.Depth() != 1 {
		t.Error("Esc and the space bar close the menu")
	}
	r.Keys("f7").Shows("先打开一个人")
}

func TestHelpListsEveryCommandOfThePage(t *testing.T) {
	h := home()
	r := run(t, 80, 24, h, commands())
	r.Keys("f1").Golden("help-80x24")
	r.Keys("pgdown", "end", "up", "esc")
	if r.Depth() != 1 {
		t.Error("Esc leaves the help")
	}
}

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

func TestAPanelThatOpensByItselfCannotBeAnsweredByTypingInFlight(t *testing.T) {
	q := &question{page{place: "q", left: "要不要？", body: []string{" 1 是", " 2 否"}}}
	h := home()
	h.update = func(_ *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
		if msg == "提醒" {
			return stage.Push(q), nil
		}
		return stage.None(), nil
	}
	r := run(t, 80, 24, h, commands())
	r.Send("提醒")
	r.Golden("panel-80x24")
	r.Keys("1").Paste("1").Click(3, 20)
	if len(q.got) != 0 {
		t.Fatalf("typing in flight answered: %v", q.got)
	}
	r.Advance(500 * time.Millisecond)
	r.Keys("1")
	compare(t, q.got, []tea.Msg{stage.Do{ID: "yes", Key: "1"}})
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

func TestANoticeStaysLongEnoughToBeRead(t *testing.T) {
	h := home()
	h.update = func(_ *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
		if do, ok := msg.(stage.Do); ok && do.ID == "open" {
			return stage.Notice("已保存"), nil
		}
		return stage.None(), nil
	}
	r := run(t, 80, 24, h, commands())
	r.Keys("enter", "x", "x").Shows("已保存")
	r.Advance(3 * time.Second)
	r.Shows("已保存").Keys("x").Hides("已保存")
}

func TestALongNoticeIsReadInFullAndDoesNotHideWhereOneTypes(t *testing.T) {
	h := home()
	h.update = func(_ *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
		if do, ok := msg.(stage.Do); ok && do.ID == "open" {
			return stage.Notice("磁盘满了，这一份还没有存下来。请删掉一些不用的文件，或插上优盘，再按一次 Ctrl+S；在这之前不要关掉程序，也不要拔电源。"), nil
		}
		return stage.None(), nil
	}
	r := run(t, 60, 20, h, commands())
	r.Keys("enter").Golden("notice-60x20")
	h.cursor = &stage.Cursor{X: 3, Y: 14}
	h.body = append(make([]string, 14), " 正在写")
	h.status = ""
	r.Shows("正在写", "磁盘满了", "Ctrl+S").Golden("notice-above-60x20")
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

func TestAnIdleProgramLocksAndKeepsWhatIsBelow(t *testing.T) {
	saved := 0
	h := home()
	h.saved = &saved
	lock := &page{place: "p", left: "请输入口令", typing: true}
	lock.update = func(_ *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
		if do, ok := msg.(stage.Do); ok && do.ID == "open" {
			return stage.Pop(), nil
		}
		return stage.None(), nil
	}
	r := run(t, 80, 24, h, commands(), func(c *stage.Config) {
		c.IdleLock, c.BlankLock = 5*time.Minute, time.Minute
		c.LockScreen = func(*stage.Env, stage.Screen) stage.Screen { return lock }
	})
	r.Advance(4 * time.Minute)
	r.Keys("x").Advance(4 * time.Minute)
	r.Shows("今日")
	r.Advance(2 * time.Minute)
	r.Shows("请输入口令").Hides("今日", "林小溪")
	if saved != 1 {
		t.Errorf("what was being typed must be saved before locking: %d", saved)
	}
	r.Advance(time.Hour)
	if r.Depth() != 2 {
		t.Fatal("locked is locked once")
	}
	r.Keys("enter").Shows("今日")
	r.Keys("ctrl+l").Advance(30 * time.Second)
	r.Keys("x").Shows("今日")
	r.Keys("ctrl+l").Advance(2 * time.Minute)
	r.Keys("x").Shows("请输入口令")
}

func TestQuittingSavesWhatIsBeingTyped(t *testing.T) {
	for name, end := range map[string]func(*tuitest.Robot){
		"Ctrl+Q":                  func(r *tuitest.Robot) { r.Keys("ctrl+q") },
		"a signal, a window shut": func(r *tuitest.Robot) { r.Send(tea.QuitMsg{}) },
		"an interrupt":            func(r *tuitest.Robot) { r.Send(tea.InterruptMsg{}) },
	} {
		saved := 0
		h := home()
		h.saved = &saved
		r := run(t, 80, 24, h, commands())
		r.Keys("ctrl+c").Shows("Ctrl+Q")
		if r.Ended() {
			t.Fatal("Ctrl+C copies in other programs and must not end this one")
		}
		r.Keys("esc", "esc", "esc").Shows("Ctrl+Q")
		if r.Ended() {
			t.Fatal("one Esc too many must not end the program")
		}
		end(r)
		if !r.Ended() || saved != 1 {
			t.Errorf("%s: ended %v, saved %d", name, r.Ended(), saved)
		}
	}
}

func TestTheMouseDoesWhatTheBarSays(t *testing.T) {
	h := home()
	r := run(t, 80, 24, h, commands(), func(c *stage.Config) { c.Mouse = true })
	lines := strings.Split(r.Screen(), "\n")
	for y, line := range lines {
		if i := strings.Index(line, "回车"); i >= 0 {
			r.Click(tuitest.Width(line[:i])+1, y)
		}
	}
	r.Click(4, 5)
	r.Send(tea.MouseWheelMsg{Button: tea.MouseWheelDown})
	compare(t, h.got, []tea.Msg{stage.Do{ID: "open", Key: "enter"}, stage.Click{X: 4, Y: 3}, stage.Wheel{Lines: 3}})
}

func TestTheTitleOfTheWindowNeverCarriesPeople(t *testing.T) {
	h := home()
	h.left = "林小溪  女 9岁"
	r := run(t, 80, 24, h, commands())
	if got := r.View().WindowTitle; got != "Doorstep" {
		t.Errorf("title %q", got)
	}
}

func TestTheRibbonStandsWhereThePageHasNothingToSay(t *testing.T) {
	h := home()
	r := run(t, 80, 24, h, commands())
	r.Send(stage.Ribbon("区里已收到 10:32"))
	r.Shows("离线").Hides("10:32")
	h.right = ""
	r.Shows("区里已收到 10:32")
}

func TestATerminalThatDrawsAmbiguousCharactersWideGetsNone(t *testing.T) {
	h := home()
	r := run(t, 80, 24, h, commands(), func(c *stage.Config) { c.WideAmbiguous = true })
	r.Shows("买买提.吐尔逊").Hides("·", "…", "“")
	r.Send(tea.CursorPositionMsg{X: 1, Y: 1})
	r.Shows("买买提·吐尔逊")
	r.Send(tea.CursorPositionMsg{X: 2, Y: 1})
	r.Hides("·")
}

func TestStoredTextCannotMoveTheCursorOrColourTheNextLine(t *testing.T) {
	h := home()
	h.body = []string{" 名\x1b[2J\x1b[5;5H\x1b]0;title\x07字\x07"}
	content := run(t, 80, 24, h, commands()).View().Content
	if strings.Contains(content, "\x1b[2J") || strings.Contains(content, "\x1b]") || strings.Contains(content, "\x07") {
		t.Errorf("%q", content)
	}
}

func TestTheLightThemeIsChosenWhenTheTerminalIsLight(t *testing.T) {
	dark, light := theme.New(theme.Dark, theme.True), theme.New(theme.Light, theme.True)
	r := run(t, 80, 24, home(), commands(), func(c *stage.Config) { c.Theme, c.Light = dark, &light })
	before := r.View().Content
	r.Send(tea.BackgroundColorMsg{Color: white{}})
	if r.View().Content == before {
		t.Error("nothing changed on a white background")
	}
}

type white struct{}

func (white) RGBA() (r, g, b, a uint32) { return 0xffff, 0xffff, 0xffff, 0xffff }
