package laptop

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"doorstep/casework"
	"doorstep/casework/ledger"
	"doorstep/store/laptop/crashdisk"
	"doorstep/store/laptop/outbox"
)

// The crash laboratory: one fixed stretch of a worker's weeks on a simulated disk. The
// other files of the laboratory let the power fail in each of its steps, or let the disk
// fail, full or lie, and look at what the next start finds.

var nextSecret = []byte("hai cao fang wei chuan")

// scene is one thing she does. It runs on any store that the scenes before it have left,
// also a second time when the first one failed.
type scene struct {
	name string
	run  func(l *laboratory) error
}

// laboratory is the worker's laptop while the scenes run.
type laboratory struct {
	t      *testing.T
	dir    string
	o      Options
	s      *Store
	d      *office
	secret []byte

	lin, sun, lost, early casework.RecordID
	draft, other          casework.ID
	told                  bool                     // what the others wrote is written
	made                  map[string][]casework.Op // written once, however often they are saved
}

// ops are a scene's operations: the same when it is tried again.
func (l *laboratory) ops(name string, write func(a casework.Author) []casework.Op) []casework.Op {
	if l.made[name] == nil {
		l.made[name] = write(l.s.Author())
	}
	return l.made[name]
}

func (l *laboratory) create(a casework.Author, id *casework.RecordID, kind casework.Kind, owner casework.RecordID, v casework.Values) casework.Op {
	l.t.Helper()
	var err error
	*id, err = a.NewRecord()
	try(l.t, err)
	op, err := a.Create(*id, kind, owner, v)
	try(l.t, err)
	return op
}

func (l *laboratory) save(name string, write func(a casework.Author) []casework.Op) error {
	return l.s.Save(l.t.Context(), l.ops(name, write)...)
}

// edit writes a change of a person's group.
func (l *laboratory) edit(name string, id casework.RecordID, grid string) error {
	return l.save(name, func(a casework.Author) []casework.Op {
		r, err := l.s.Record(l.t.Context(), id)
		try(l.t, err)
		op, err := a.Edit(r, casework.Values{"grid": grid}, "")
		try(l.t, err)
		return []casework.Op{op}
	})
}

func (l *laboratory) visited(a casework.Author, id *casework.RecordID, who casework.RecordID, day string) casework.Op {
	return l.create(a, id, casework.KindVisit, who, casework.Values{
		"date": day, "mode": "home", "result": "done", "seen": true, "worker": a.Worker,
		"answers": map[string]any{"B1_1": strings.Repeat("奶奶说她每天都去上学。", 120)}, "answers_restricted": map[string]any{"C6_1": "青紫"},
	})
}

func (l *laboratory) answer(body string) error {
	return l.s.AppendDraft(l.t.Context(), l.draft, []byte(body))
}

// again begins a draft; trying a second time finds it begun.
func begun(err error) error {
	if casework.CodeOf(err) == "laptop.draft_exists" {
		return nil
	}
	return err
}

// talk is an exchange; an answer that was taken in before is not an error.
func (l *laboratory) talk() error {
	up, err := l.s.Unsent(l.t.Context(), 0, 0)
	if err != nil {
		return err
	}
	h, err := l.s.Hello(l.t.Context())
	if err != nil {
		return err
	}
	return l.s.Apply(l.t.Context(), l.d.say(h, l.d.take(l.t, up, nil), 0))
}

func (l *laboratory) close() error {
	s := l.s
	if s == nil {
		return nil
	}
	l.s = nil
	return s.Close()
}

func (l *laboratory) open() error {
	s, err := Open(l.t.Context(), l.dir, l.secret, l.o)
	if err == nil {
		l.s = s
	}
	return err
}

// reopen is what she does when the program gave up.
func (l *laboratory) reopen() error {
	_ = l.close()
	return l.open()
}

var scenes = []scene{
	{"first day", func(l *laboratory) (err error) {
		l.s, err = Init(l.t.Context(), l.dir, l.secret, l.o)
		return err
	}},
	{"save a child", func(l *laboratory) error {
		return l.save("lin", func(a casework.Author) []casework.Op {
			return []casework.Op{l.create(a, &l.lin, casework.KindPerson, casework.RecordID{}, child("林小溪", zhudao))}
		})
	}},
	{"save two at once", func(l *laboratory) error {
		return l.save("two", func(a casework.Author) []casework.Op {
			return []casework.Op{
				l.create(a, &l.sun, casework.KindPerson, casework.RecordID{}, child("买买提·吐尔逊", zhudao)),
				l.create(a, &l.lost, casework.KindPerson, casework.RecordID{}, child("𠮷㐂", zhudao)),
			}
		})
	}},
	{"begin a visit", func(l *laboratory) error {
		l.draft = casework.ID{1}
		return begun(l.s.BeginDraft(l.t.Context(), Draft{ID: l.draft, Person: l.lin, Form: "child-visit", Title: "林小溪", Started: monday().t}))
	}},
	{"first answer", func(l *laboratory) error { return l.answer(`{"B1_1":"奶奶"}`) }},
	{"enrol", func(l *laboratory) error { return l.s.Enrol(l.t.Context(), l.d.enrolment()) }},
	{"second answer", func(l *laboratory) error {
		return l.answer(`{"B1_2":"` + strings.Repeat("她说学校很好。", 200) + `"}`)
	}},
	{"an older visit", func(l *laboratory) error {
		return l.save("early", func(a casework.Author) []casework.Op {
			return []casework.Op{l.visited(a, &l.early, l.sun, "2026-11-20")}
		})
	}},
	{"first exchange", (*laboratory).talk},
	{"third answer", func(l *laboratory) error { return l.answer(`{"B1_3":3}`) }},
	{"finish the visit", func(l *laboratory) error {
		return l.s.SaveAndClose(l.t.Context(), l.draft, l.ops("finish", func(a casework.Author) []casework.Op {
			var v, task casework.RecordID
			return []casework.Op{
				l.visited(a, &v, l.lin, "2026-11-23"),
				l.create(a, &task, casework.KindTask, l.lin, casework.Values{"task_kind": "need", "title": "学习用品", "due": "2026-12-01"}),
			}
		})...)
	}},
	{"change the passphrase", func(l *laboratory) error {
		err := l.s.ChangePassphrase(l.secret, nextSecret)
		if err == nil {
			l.secret = nextSecret
		}
		return err
	}},
	{"edit", func(l *laboratory) error { return l.edit("edit", l.lin, "9组") }},
	{"fold the log in", func(l *laboratory) error { l.s.fold(); return nil }},
	{"a pack", func(l *laboratory) error {
		body := bytes.Repeat([]byte("竹岛村 北石村 "), 600)
		return l.s.StorePack(l.t.Context(), ledger.PackRef{Name: "areas", Hash: sum(body), Size: int64(len(body))}, body)
	}},
	{"save after folding", func(l *laboratory) error {
		return l.save("after", func(a casework.Author) []casework.Op {
			var v casework.RecordID
			return []casework.Op{l.visited(a, &v, l.sun, "2026-11-24")}
		})
	}},
	{"news: one moved away, one was written to elsewhere", func(l *laboratory) error {
		if !l.told {
			l.told = true
			l.d.elsewhere(l.t, l.lost, casework.Values{"area": beishi})
			l.d.elsewhere(l.t, l.lin, casework.Values{"grid": "5组"})
		}
		return l.talk()
	}},
	{"seal everything anew", func(l *laboratory) error { return l.s.Rekey(l.t.Context(), l.secret, nil) }},
	{"begin another visit", func(l *laboratory) error {
		l.other = casework.ID{2}
		return begun(l.s.BeginDraft(l.t.Context(), Draft{ID: l.other, Person: l.sun, Form: "child-visit", Started: monday().t}))
	}},
	{"that one comes to nothing", func(l *laboratory) error { return l.s.DropDraft(l.t.Context(), l.other, "不在家") }},
	{"fold again", func(l *laboratory) error { l.s.fold(); return nil }},
	{"the next morning", (*laboratory).reopen},
	{"save in the morning", func(l *laboratory) error { return l.edit("morning", l.sun, "10组") }},
	{"last exchange", (*laboratory).talk},
	{"close", (*laboratory).close},
}

// labDisk is the part of a simulated disk where the outbox lies.
type labDisk struct{ crashdisk.Files }

func (d labDisk) Create(name string) (outbox.File, error) { return d.Files.Create(name) }
func (d labDisk) Append(name string) (outbox.File, error) { return d.Files.Append(name) }

// onDisk puts database and outbox on a simulated disk. The outbox is written when the
// laboratory says so, and on closing.
func onDisk(o *Options, d *crashdisk.Disk) {
	o.vfs, o.disk, o.outboxDelay = d.VFS(), labDisk{d.Files(outboxFolder)}, time.Hour
}

// carried writes the outbox, as happens within a second.
func (l *laboratory) carried() error {
	if l.s == nil {
		return nil
	}
	return l.s.box.write()
}

// newLaboratory is a laptop whose disk is d.
func newLaboratory(t *testing.T, d *crashdisk.Disk, dir string) *laboratory {
	t.Helper()
	o := options(1)
	o.resealStep = 3
	onDisk(&o, d)
	d.Mirror(dir)
	l := &laboratory{t: t, dir: dir, o: o, secret: secret, made: map[string][]casework.Op{}}
	l.d = &office{
		id: casework.ID{7}, state: casework.NewState(), seqs: map[casework.RecordID]uint64{}, receipts: map[casework.OpID]ledger.Receipt{},
		now: time.Date(2026, 11, 23, 18, 0, 0, 0, time.UTC),
	}
	return l
}

// run runs one scene.
func (l *laboratory) run(i int) error {
	if scenes[i].name == "enrol" && l.d.actor.Worker.IsZero() {
		l.d.actor = casework.Actor{
			Worker: l.s.Author().Worker, Role: casework.RoleChildDirector,
			Scopes: []casework.Scope{{Area: zhudao, Duties: []casework.Duty{casework.DutyChild}}},
		}
		l.d.chain = ledger.Head{Device: l.s.Device(), Epoch: 1}
	}
	return scenes[i].run(l)
}
