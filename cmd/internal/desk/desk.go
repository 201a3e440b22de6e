// Package desk joins the sealed store, the rules, the questionnaires and the background
// exchange into the Book that the screens ask for, and into what the subcommands use.
package desk

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"doorstep/casework"
	"doorstep/casework/lang"
	"doorstep/casework/ledger"
	"doorstep/casework/packs"
	"doorstep/casework/rule"
	"doorstep/store/laptop"
	"doorstep/sync/replica"
	"doorstep/tui/book"
)

var (
	_ replica.Journal = (*laptop.Store)(nil)
	_ book.Book       = (*Desk)(nil)
)

// Options are what a desk takes from outside.
type Options struct {
	Now     casework.Clock
	Rand    io.Reader
	Speaker *lang.Speaker
	Proxy   func(*http.Request) (*url.URL, error)
	Every   time.Duration // between exchanges in the background
	Program string
	Quiet   bool   // no background exchange: subcommands ask for their own
	Changed func() // told when what the store holds has changed; nil tells nobody
}

// Desk is one opened store at work.
type Desk struct {
	store  *laptop.Store
	client *replica.Client
	opt    Options

	unsaved *unsaved
	trigger chan struct{}
	stop    context.CancelFunc
	ended   sync.WaitGroup

	mu       sync.Mutex
	changed  chan struct{}
	told     bool  // that the store was made anew
	unread   error // why what the district published last cannot be used
	tables   packs.Pack
	loaded   casework.Hash // of the tables pack in use
	villages map[casework.Area]string
	workers  map[casework.WorkerID]packs.Colleague

	originals map[string][32]byte // SHA-256 of files that were attached, by their paths
}

// New makes a desk of an opened store, which it closes with Close.
func New(ctx context.Context, store *laptop.Store, o Options) (*Desk, error) {
	client, err := replica.New(replica.Options{
		Journal: store, Now: o.Now, Rand: o.Rand, Program: o.Program, Proxy: o.Proxy, Every: o.Every,
	})
	if err != nil {
		return nil, err
	}
	d := &Desk{store: store, client: client, opt: o, trigger: make(chan struct{}, 1), changed: make(chan struct{})}
	if err := d.load(ctx); err != nil {
		return nil, err
	}
	background, stop := context.WithCancel(context.WithoutCancel(ctx))
	d.stop, d.unsaved = stop, newUnsaved(store, background)
	if !o.Quiet {
		d.ended.Go(func() { client.Run(background, d.trigger) })
		d.ended.Go(func() { d.listen(background) })
		d.ended.Go(func() { d.watchLease(background) })
		d.ended.Go(func() { d.goOnSealing(background) })
	}
	return d, nil
}

// Close ends the background exchange and closes the store.
func (d *Desk) Close() error {
	d.stop()
	d.client.Close()
	d.ended.Wait()
	lost := d.unsaved.last()
	d.forgetRebuilt()
	return errors.Join(lost, d.store.Close())
}

// listen passes on that the truth about her work has changed.
func (d *Desk) listen(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case _, open := <-d.client.Changes():
			if !open {
				return
			}
			_ = d.reload(ctx) // told by Status
			d.tell()
		}
	}
}

func (d *Desk) tell() {
	if d.opt.Changed != nil {
		d.opt.Changed()
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	close(d.changed)
	d.changed = make(chan struct{})
}

// reload reads the packs again. One that cannot be read leaves the one in use, and Status says so.
func (d *Desk) reload(ctx context.Context) error {
	err := d.load(ctx)
	d.mu.Lock()
	defer d.mu.Unlock()
	d.unread = err
	return err
}

// load reads the packs the store holds: the district's, or what a new district starts with.
func (d *Desk) load(ctx context.Context) error {
	refs := map[string]ledger.PackRef{}
	for _, r := range d.store.Packs() {
		refs[r.Name] = r
	}
	d.mu.Lock()
	fresh := d.villages == nil || refs[packs.Tables].Hash != d.loaded
	d.mu.Unlock()
	tables := packs.Default()
	if ref, ok := refs[packs.Tables]; ok && fresh {
		body, err := d.store.Pack(ctx, ref.Hash)
		if err != nil {
			return err
		}
		if tables, err = packs.Load(body); err != nil {
			return err
		}
	}
	villages, workers := map[casework.Area]string{}, map[casework.WorkerID]packs.Colleague{}
	if err := errors.Join(d.read(ctx, refs[packs.Areas], &villages), d.read(ctx, refs[packs.Workers], &workers)); err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if fresh {
		d.tables, d.loaded = tables, refs[packs.Tables].Hash
	}
	d.villages, d.workers = villages, workers
	d.store.NameVillages(villages)
	return nil
}

func (d *Desk) read(ctx context.Context, ref ledger.PackRef, into any) error {
	if ref.Hash.IsZero() {
		return nil
	}
	body, err := d.store.Pack(ctx, ref.Hash)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(body, into); err != nil {
		return casework.Problem("desk.read", "desk.pack", "Name", ref.Name).Because(err)
	}
	return nil
}

func (d *Desk) pack() packs.Pack {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.tables
}

func (d *Desk) table(on casework.Day) rule.Table { return rule.TableOf(d.pack(), on) }

// Store is the store underneath, for subcommands.
func (d *Desk) Store() *laptop.Store { return d.store }

// Worker implements book.Reader.
func (d *Desk) Worker() book.Worker {
	e, ok := d.store.Enrolment()
	actor := d.store.Actor()
	w := book.Worker{Role: actor.Role}
	if ok {
		w.Name = e.Worker
	}
	for _, s := range actor.Scopes {
		w.Areas = append(w.Areas, s.Area)
	}
	if len(w.Areas) > 0 {
		w.Village = d.place(w.Areas[0])
	}
	return w
}

// place is the name of an area, or its digits while nobody told the name.
func (d *Desk) place(a casework.Area) string {
	d.mu.Lock()
	defer d.mu.Unlock()
	if name := d.villages[a]; name != "" {
		return name
	}
	return a.Prefix()
}

// NameOf implements book.Reader.
func (d *Desk) NameOf(id casework.WorkerID) string {
	d.mu.Lock()
	defer d.mu.Unlock()
	if name := d.workers[id].Name; name != "" {
		return name
	}
	if e, ok := d.store.Enrolment(); ok && e.Actor.Worker == id {
		return e.Worker
	}
	return ""
}

// Villages implements book.Reader.
func (d *Desk) Villages() []book.Village {
	actor := d.store.Actor()
	d.mu.Lock()
	defer d.mu.Unlock()
	var out []book.Village
	for a, name := range d.villages {
		inside := slices.ContainsFunc(actor.Scopes, func(s casework.Scope) bool { return s.Area.Contains(a) })
		if a.Level() == casework.LevelVillage && inside {
			out = append(out, book.Village{Area: a, Name: name})
		}
	}
	if len(out) == 0 {
		for _, s := range actor.Scopes {
			out = append(out, book.Village{Area: s.Area, Name: s.Area.Prefix()})
		}
	}
	slices.SortFunc(out, func(a, b book.Village) int { return strings.Compare(string(a.Area), string(b.Area)) })
	return out
}

// Today implements book.Reader. The district's last word, when there is one, is what the
// wall clock is held against: a day before it, or more than 30 days beyond it, is odd. Before
// enrolment it is the latest moment anything was written here.
func (d *Desk) Today() (casework.Day, bool) {
	today, st := casework.DayOf(d.opt.Now()), d.store.Status()
	if !st.LastAnswer.IsZero() {
		word := casework.DayOf(st.LastAnswer)
		return today, today < word || today.Sub(word) > 30
	}
	year, _, _ := today.Date()
	return today, !st.Latest.IsZero() && today < casework.DayOf(st.Latest) || year < madeIn || year > madeIn+20
}

// madeIn is the year this program was made in: no clock it meets is rightly before it.
const madeIn = 2026
