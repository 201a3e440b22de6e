package person

import (
	"context"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"doorstep/casework"
	"doorstep/tui/book"
	"doorstep/tui/stage"
	"doorstep/tui/widget"
	"doorstep/tui/widget/entry"
	"doorstep/tui/widget/people"
)

// Adder is what 新发现 asks for.
type Adder interface {
	Villages() []book.Village
	Likely(n book.NewPerson) []book.Line
	Add(ctx context.Context, n book.NewPerson) (casework.RecordID, error)
	Today() (casework.Day, bool)
}

// New is the page 新发现: name, sex, about how old, which group, why. People who may be
// the same are shown before anything is written.
type New struct {
	entry.Sheet
	book  Adder
	open  func(person casework.RecordID) stage.Screen
	shown bool // the likely ones were shown for what stands there
	likes []book.Line
	added casework.RecordID
}

// NewNew makes the page; open makes the file page of someone.
func NewNew(b Adder, open func(person casework.RecordID) stage.Screen) *New {
	n := &New{book: b, open: open}
	n.Sheet = entry.NewSheet(NewPlace, "person.new.title", n.save, n.done)
	return n
}

// Start implements stage.Starter: the lines need the worker's language.
func (n *New) Start(env *stage.Env) tea.Cmd {
	lang := env.Say("people.lang")
	villages := n.book.Villages()
	places := make([]entry.Option, len(villages))
	for i, v := range villages {
		places[i] = entry.Option{Value: string(v.Area), Label: v.Name}
	}
	absent := options("no_id_reason", lang)
	n.Fill(
		(&entry.Line{ID: "name", Label: env.Say("person.name"), Kind: entry.Text, Must: true}).Max(60),
		&entry.Line{ID: "sex", Label: env.Say("person.sex"), Kind: entry.One, Must: true, Options: []entry.Option{{Value: "1", Label: label("sex", "1", lang)}, {Value: "2", Label: label("sex", "2", lang)}}},
		(&entry.Line{ID: "age", Label: env.Say("person.age"), Hint: env.Say("person.age.hint"), Kind: entry.Text, Must: true}).Max(20),
		&entry.Line{ID: "duty", Label: env.Say("person.duty"), Kind: entry.Many, Must: true, Options: duties(env)},
		&entry.Line{ID: "area", Label: env.Say("person.village"), Kind: entry.One, Must: true, Options: places},
		(&entry.Line{ID: "group", Label: env.Say("person.group"), Kind: entry.Text}).Max(30),
		(&entry.Line{ID: "reason", Label: env.Say("person.reason"), Hint: env.Say("person.reason.hint"), Kind: entry.Text, Must: true}).Max(100),
		(&entry.Line{ID: "resident", Label: env.Say("person.resident"), Hint: env.Say("person.resident.hint"), Kind: entry.Digits}).Max(18).WithX(),
		&entry.Line{ID: "absent", Label: env.Say("person.absent"), Kind: entry.One, Options: absent},
		(&entry.Line{ID: "phone", Label: env.Say("person.phone"), Kind: entry.Text}).Max(40),
	)
	if len(places) == 1 {
		n.Page.Find("area").Set(places[0].Value)
	}
	n.Page.Start()
	n.Mark()
	return nil
}

func duties(env *stage.Env) []entry.Option {
	var out []entry.Option
	for _, d := range []casework.Duty{casework.DutyChild, casework.DutyElder, casework.DutyAid} {
		out = append(out, entry.Option{Value: string(d), Label: env.Say("person.duty." + string(d))})
	}
	return out
}

func options(list, lang string) []entry.Option {
	l, _ := casework.List(list)
	out := make([]entry.Option, len(l.Items))
	for i, t := range l.Items {
		out[i] = entry.Option{Value: t.Code, Label: t.Label(lang)}
	}
	return out
}

func label(list, code, lang string) string {
	l, _ := casework.List(list)
	t, _ := l.Of(code)
	return t.Label(lang)
}

// Update implements stage.Screen.
func (n *New) Update(env *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
	if back, ok := msg.(stage.Returned); ok {
		if picked, ok := back.Value.(widget.Picked); ok && picked.ID == "likely" {
			i, _ := picked.Value.(int)
			if i < len(n.likes) {
				return stage.Replace(n.open(n.likes[i].Person)), nil
			}
			n.shown = true
			return stage.None(), n.Store(env)
		}
	}
	if _, typed := msg.(tea.KeyPressMsg); typed {
		n.shown = false
	}
	if do, ok := msg.(stage.Do); ok && do.ID == entry.Save || isLastEnter(&n.Page, msg) {
		if !n.shown && n.Page.Check(env, env.Say("person.missing")) {
			if person, ok := n.person(env); ok {
				if n.likes = n.book.Likely(person); len(n.likes) > 0 {
					return stage.Push(n.likely(env)), nil
				}
			}
		}
	}
	return n.Sheet.Update(env, msg)
}

// isLastEnter reports an Enter that would save.
func isLastEnter(p *entry.Page, msg tea.Msg) bool {
	key, ok := msg.(tea.KeyPressMsg)
	return ok && key.String() == "enter" && len(p.Lines) > 0 && p.At() == p.Lines[len(p.Lines)-1]
}

func (n *New) likely(env *stage.Env) stage.Screen {
	var out []widget.Option
	for i, l := range n.likes {
		out = append(out, widget.Option{Value: i, Label: people.Name(env, l) + "  " + l.Village + l.Group})
	}
	out = append(out, widget.Option{Value: len(n.likes), Label: env.Say("person.likely.none")})
	return widget.NewChoice("likely", env.Say("person.likely"), out)
}

// person reads the lines; a line that cannot be read is marked.
func (n *New) person(env *stage.Env) (book.NewPerson, bool) {
	today, _ := n.book.Today()
	p := book.NewPerson{
		Name:  casework.CleanLine(n.Page.Find("name").Value(), 60),
		Sex:   n.Page.Find("sex").Value(),
		Area:  casework.Area(n.Page.Find("area").Value()),
		Group: n.Page.Find("group").Value(), Reason: n.Page.Find("reason").Value(),
		Resident: n.Page.Find("resident").Value(), Absent: n.Page.Find("absent").Value(),
		Phone: n.Page.Find("phone").Value(),
	}
	for _, d := range n.Page.Find("duty").Values() {
		p.Duties = append(p.Duties, casework.Duty(d))
	}
	ok := true
	refuse := func(id string, err error) {
		n.Page.Find(id).Refuse(env.Error(err))
		n.Page.Focus(id)
		ok = false
	}
	if p.Resident != "" {
		id, err := casework.ParseResidentID(p.Resident, today)
		if err != nil {
			refuse("resident", err)
		} else if birth := id.Birth(); birth != 0 {
			p.Birth = casework.DateOf(birth)
		}
	}
	if p.Phone != "" {
		if _, err := casework.ParsePhones(p.Phone); err != nil {
			refuse("phone", err)
		}
	}
	if p.Birth.IsZero() {
		age := strings.TrimSuffix(casework.Narrow(n.Page.Find("age").Value()), "岁")
		if years, err := strconv.Atoi(strings.TrimSpace(age)); err == nil && years >= 0 && years <= 130 {
			y, _, _ := today.Date()
			p.Birth = casework.Date{Year: y - years}
		} else if date, err := casework.ParseDate(age); err == nil {
			p.Birth = date
		} else {
			n.Page.Find("age").Refuse(env.Say("person.age.bad"))
			n.Page.Focus("age")
			ok = false
		}
	}
	return p, ok
}

func (n *New) save(env *stage.Env) (func() error, bool) {
	if !n.Page.Check(env, env.Say("person.missing")) {
		return nil, false
	}
	p, ok := n.person(env)
	if !ok {
		return nil, false
	}
	b := n.book
	return func() error {
		id, err := b.Add(context.Background(), p)
		n.added = id
		return err
	}, true
}

func (n *New) done(env *stage.Env) stage.Action {
	return stage.Replace(n.open(n.added)).Then(stage.Notice(env.Say("person.new.done")))
}
