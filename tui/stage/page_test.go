package stage_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"doorstep/tui/keymap"
	"doorstep/tui/stage"
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
