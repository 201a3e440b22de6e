package visit_test

import (
	"context"
	"errors"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/casework/packs"
	"doorstep/tui/book"
	"doorstep/tui/keymap"
	"doorstep/tui/screen/visit"
	"doorstep/tui/stage"
	"doorstep/tui/tuitest"
)

// shelf is a visit to 林小溪 with the questionnaire as districts get it.
type shelf struct {
	t        testing.TB
	form     *form.Instance
	journal  []form.Change
	full     bool // the disk is full
	broken   bool // the visit cannot be closed
	finished int
	dropped  []string
	resumed  time.Time
	newer    bool
	begin    book.Beginning
	mates    []book.Line
	short    book.Phrase
	paper    bool
	files    bool         // files can be attached
	orders   []book.Order // on record, when the visit is finished
	next     casework.Day // when the next one is due after that; 0 is 2026-12-08
}

func newShelf(t *testing.T, depth int) *shelf { return shelfOf(t, packs.ChildVisit, depth, "zh") }

func shelfOf(t testing.TB, name string, depth int, lang string) *shelf {
	t.Helper()
	def, err := packs.Default().Form(name)
	if err != nil {
		t.Fatal(err)
	}
	in, err := form.Start(def, form.StartOptions{
		Depth: depth, Lang: lang,
		Facts: map[string]string{
			"p_age": "9", "p_sex": "2", "p_grade": "2", "p_prev_exists": "1", "p_month": "11", "p_depth": string(rune('0' + depth)),
			"p_visit_date": "2026-11-23", "p_interval_days": "15",
		},
		Previous: map[string]string{"c1_1": "grandparents", "c5_3": "no"},
	}, func() time.Time { return tuitest.Start })
	if err != nil {
		t.Fatal(err)
	}
	return &shelf{t: t, form: in}
}

func (s *shelf) session() *book.Session {
	return &book.Session{
		Person: book.Line{Person: casework.RecordID{ID: casework.ID{7}}, Name: "林小溪", Sex: "2", Age: 9, Village: "竹岛村", Group: "3组", Beside: book.Phrase{Text: "跟奶奶住"}},
		Form:   s.form, Resumed: s.resumed, Newer: s.newer, Mates: s.mates, Short: s.short, Paper: s.paper,
	}
}

func (s *shelf) Begin(context.Context, book.Beginning) (*book.Session, error) {
	return s.session(), nil
}

func (s *shelf) Resume(context.Context, casework.ID) (*book.Session, error) { return s.session(), nil }

func (s *shelf) Answered(_ context.Context, _ casework.ID, changes ...form.Change) error {
	if s.full {
		return errors.New("disk full")
	}
	s.journal = append(s.journal, changes...)
	return nil
}

func (s *shelf) Orders(*book.Session) []book.Order {
	var out []book.Order
	seen := map[string]bool{}
	for _, t := range s.form.Triggers() {
		if !seen[t.Code] {
			seen[t.Code] = true
			out = append(out, order(t.Code, t.Quiet))
		}
	}
	return out
}

// order is a hard trigger's, in the words districts get.
func order(code string, quiet bool) book.Order {
	key := "task.order." + code
	return book.Order{
		Code: code, Quiet: quiet, Title: book.Phrase{Key: key},
		Steps: []book.Phrase{{Key: key + ".1"}, {Key: key + ".2"}, {Key: key + ".3"}}, Call: []string{"110"},
	}
}

func (s *shelf) Finish(context.Context, *book.Session) (book.Finished, error) {
	if s.broken {
		return book.Finished{}, errors.New("disk full")
	}
	s.finished++
	day, _ := casework.NewDay(2026, 12, 8)
	if s.next != 0 {
		day = s.next
	}
	return book.Finished{Next: day, Tasks: 2, Orders: s.orders}, nil
}

func (s *shelf) Discard(_ context.Context, _ casework.ID, reason string) error {
	s.dropped = append(s.dropped, reason)
	return nil
}

// opened stands for the page behind a door.
type opened struct{ what string }

func (o opened) Place() keymap.Place                                { return visit.Place }
func (o opened) Header(*stage.Env) stage.Header                     { return stage.Header{Left: o.what} }
func (o opened) Update(*stage.Env, tea.Msg) (stage.Action, tea.Cmd) { return stage.None(), nil }
func (o opened) Draw(*stage.Env, stage.Size) stage.Frame            { return stage.Frame{} }

func doors(files bool) visit.Doors {
	d := visit.Doors{
		Urgent: func(o book.Order) stage.Screen { return opened{"urgent " + o.Code} },
		Mate:   func(id casework.RecordID) stage.Screen { return opened{"mate " + string('0'+id.ID[0])} },
	}
	d.Upgrade = func(casework.ID) stage.Screen { return opened{"upgrade"} }
	if files {
		d.Attach = func(visit.Asked) stage.Screen { return choosing{} }
		d.File = func(value string) string { return "照片 1.2 MB（" + value + "）" }
	}
	return d
}

// choosing stands for the page where a file is chosen.
type choosing struct{}

func (choosing) Place() keymap.Place            { return visit.Place }
func (choosing) Header(*stage.Env) stage.Header { return stage.Header{Left: "files"} }
func (choosing) Start(*stage.Env) tea.Cmd       { return func() tea.Msg { return picked{} } }
func (choosing) Update(_ *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
	if _, ok := msg.(picked); ok {
		return stage.PopWith(visit.Attached{Value: "sealed-1"}), nil
	}
	return stage.None(), nil
}
func (choosing) Draw(*stage.Env, stage.Size) stage.Frame { return stage.Frame{} }

type picked struct{}

// home stands for the page a visit is opened from.
type home struct{ visit stage.Screen }

func (h home) Place() keymap.Place            { return "home" }
func (h home) Header(*stage.Env) stage.Header { return stage.Header{Left: "home"} }
func (h home) Update(_ *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
	if _, ok := msg.(stage.Do); ok {
		return stage.Push(h.visit), nil
	}
	return stage.None(), nil
}
func (h home) Draw(*stage.Env, stage.Size) stage.Frame { return stage.Frame{} }

func start(t testing.TB, s *shelf, w, h int, options ...tuitest.Option) *tuitest.Robot {
	t.Helper()
	commands := append([]keymap.Command{{ID: "go", Where: "home", Keys: []string{"enter"}, Label: "tui.cmd.open"}}, visit.Commands()...)
	return tuitest.Run(t, w, h, home{visit.New(s, doors(s.files), s.begin)}, commands, options...).Keys("enter")
}

func TestTheVisitOnSmallAndLargeScreens(t *testing.T) {
	start(t, newShelf(t, 3), 80, 24).Golden("80x24")
	start(t, newShelf(t, 3), 120, 40).Golden("120x40")
	start(t, newShelf(t, 3), 60, 20).Golden("60x20")
	start(t, shelfOf(t, packs.ChildVisit, 3, "en"), 80, 24, tuitest.English(t)).Golden("english")
}

func TestEveryAnswerIsOnTheDiskBeforeTheNextKey(t *testing.T) {
	s := newShelf(t, 3)
	r := start(t, s, 80, 24).Keys("1")
	if len(s.journal) != 1 {
		t.Fatal(s.journal)
	}
	r.Keys("enter", "1", "enter", "1", "4")
	if len(s.journal) != 4 {
		t.Fatal(s.journal)
	}
	def := s.form.Definition()
	back, err := form.Resume(def, s.form.Journal(), func() time.Time { return tuitest.Start })
	if err != nil {
		t.Fatal(err)
	}
	if a, b := back.Submission(), s.form.Submission(); string(a) != string(b) {
		t.Error("the journal does not rebuild the visit")
	}
}
