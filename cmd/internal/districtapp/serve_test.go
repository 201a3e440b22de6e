package districtapp

import (
	"bufio"
	"bytes"
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"doorstep/casework"
	"doorstep/casework/packs"
	"doorstep/casework/sample"
	"doorstep/store/laptop"
	"doorstep/sync/replica"
)

// worker is a village worker with a laptop that the district does not know yet.
type worker struct {
	*testing.T
	store  *laptop.Store
	client *replica.Client
}

func newWorker(t *testing.T, now casework.Clock) *worker {
	t.Helper()
	store, err := laptop.Init(t.Context(), filepath.Join(t.TempDir(), "laptop"), []byte("杏花春雨江南2026"), laptop.Options{
		Now: now, Rand: rand.Reader, Argon: laptop.Params{Time: 1, MemoryKiB: 64, Threads: 1}, Program: "test",
	})
	must(t, err)
	client, err := replica.New(replica.Options{Journal: store, Now: now, Rand: rand.Reader, Program: "test"})
	must(t, err)
	t.Cleanup(func() {
		client.Close()
		must(t, store.Close())
	})
	return &worker{t, store, client}
}

// exchange sends and hears until nothing is left.
func (w *worker) exchange() replica.Report {
	w.Helper()
	r, err := w.client.Exchange(w.Context())
	must(w, err)
	return r
}

// visit writes a visit to the person of that name.
func (w *worker) visit(name string) {
	w.Helper()
	for _, p := range w.store.People() {
		if p.Name != name {
			continue
		}
		author := w.store.Author()
		id, err := author.NewRecord()
		must(w, err)
		op, err := author.Create(id, casework.KindVisit, p.ID, casework.Values{"date": "2026-11-23", "mode": "door", "result": "met"})
		must(w, err)
		must(w, w.store.Save(w.Context(), op))
		return
	}
	w.Fatalf("%s is not in her care", name)
}

// pack is the content of a pack as the laptop has it.
func (w *worker) pack(name string) map[string]any {
	w.Helper()
	out := map[string]any{}
	for _, ref := range w.store.Packs() {
		if ref.Name == name {
			body, err := w.store.Pack(w.Context(), ref.Hash)
			must(w, err)
			must(w, json.Unmarshal(body, &out))
		}
	}
	return out
}

// serving runs "district serve" on a free port until stop, which gives its exit code and
// what it printed after the first line.
func (c *console) serving() (address string, stop func() (int, string)) {
	c.Helper()
	ctx, cancel := context.WithCancel(c.Context())
	read, written := io.Pipe()
	var told bytes.Buffer
	ended := make(chan int, 1)
	go func() {
		ended <- c.program().Run(ctx, []string{"--data", c.data, "serve", "--listen", "127.0.0.1:0", "--json"}, written, &told)
		written.Close()
	}()
	out := bufio.NewReader(read)
	line, err := out.ReadString('\n')
	must(c, err)
	var ready struct {
		Name, Listening, Address string
		Addresses                []string
	}
	must(c, json.Unmarshal([]byte(line), &ready))
	if ready.Name != "环翠区" || ready.Address != ready.Listening || strings.HasSuffix(ready.Address, ":0") {
		c.Fatalf("%+v", ready)
	}
	return ready.Address, func() (int, string) {
		cancel()
		rest, err := io.ReadAll(out)
		must(c, err)
		return <-ended, string(rest) + told.String()
	}
}

func TestFromARosterToAVisitOnTheDistrictsList(t *testing.T) {
	onBoth(t, func(t *testing.T, db string) {
		c := newConsole(t, db)
		c.found()
		c.does("areas", c.file("村.csv", villages))
		c.does("import", c.file("花名册.csv", children("竹岛小学")))
		address, stop := c.serving()

		invited := reads[struct {
			Code, Worker string
			Role         casework.Role
			Areas        []casework.Area
			Until        string
		}](c, "enrol", "--worker", "张桂芬", "--role", "child_director", "--area", "371002001201", "--village-name", "竹岛新村", "--hours", "1")
		if len(invited.Code) != 21 || invited.Until != "2026-11-23T05:00:00Z" {
			t.Errorf("%+v", invited)
		}
		zhang := newWorker(t, c.now)
		e, err := zhang.client.Enrol(t.Context(), address, invited.Code)
		must(t, err)
		if e.Name != "环翠区" || e.Worker != "张桂芬" {
			t.Errorf("%+v", e)
		}
		zhang.exchange()
		me, _ := zhang.pack(packs.Workers)[e.Actor.Worker.String()].(map[string]any)
		if me["name"] != "张桂芬" || zhang.pack(packs.Areas)["371002001201"] != "竹岛新村" {
			t.Error(zhang.pack(packs.Workers), zhang.pack(packs.Areas))
		}
		zhang.visit("林小溪")
		if r := zhang.exchange(); r.Sent != 1 || r.Aside != 0 {
			t.Errorf("%+v", r)
		}

		got := reads[struct{ Visits []visitRow }](c, "list", "visits").Visits
		if len(got) != 1 || got[0].Person != "林小溪" || got[0].Worker != "张桂芬" || got[0].Village != "竹岛新村" || got[0].Date.String() != "2026-11-23" {
			t.Errorf("%+v", got)
		}
		if out := c.does("list", "visits", "--area", "371002001202"); out != "没有。\n" {
			t.Error(out)
		}
		devices := reads[struct{ Devices []deviceRow }](c, "list", "devices").Devices
		if len(devices) != 1 || devices[0].ID != zhang.store.Device() || devices[0].Standing != "good" {
			t.Errorf("%+v", devices)
		}
		if out := c.does("list", "devices"); !strings.Contains(out, "张桂芬  儿童主任  竹岛新村") {
			t.Error(out)
		}
		code, told := stop()
		if code != ExitDone || strings.Contains(told, "林小溪") || strings.Contains(told, "张桂芬") {
			t.Error(code, told)
		}
		if v := reads[verified](c, "verify"); !v.OK || v.Operations != 3 || v.Signatures != 1 || v.Unsigned != 2 {
			t.Errorf("%+v", v)
		}
		if db != "" {
			return
		}
		// What her laptop signed is evidence, as it came over the line.
		register, err := sql.Open("sqlite", filepath.Join(c.data, databaseFile))
		must(t, err)
		defer register.Close()
		var signed []byte
		must(t, register.QueryRowContext(t.Context(), "SELECT signed FROM batches").Scan(&signed))
		for _, change := range []struct {
			what string
			do   func() error
			says string
		}{
			{"one bit of it", func() error {
				signed[60] ^= 1
				_, err := register.ExecContext(t.Context(), "UPDATE batches SET signed = $1", signed)
				return err
			}, "签名和这里的内容对不上"},
			{"it is gone", func() error {
				_, err := register.ExecContext(t.Context(), "DELETE FROM batches")
				return err
			}, "没有那台电脑的签名"},
		} {
			must(t, change.do())
			code, out, told := c.run("verify")
			if code != ExitProblem || strings.Count(out, "\n") != 1 || !strings.Contains(out, "第 3 条起") || !strings.Contains(out, change.says) || !strings.Contains(told, "从备份恢复") {
				t.Errorf("%s: %d\n%s\n%s", change.what, code, out, told)
			}
		}
	})
}

// Her second laptop carries on where the first one stopped.
func TestAWorkerWithANewLaptopStaysWhoSheIs(t *testing.T) {
	a := founded(t, "")
	d := sample.New(3, 65, casework.MustDay("2026-11-23"))
	must(t, a.Rehearse(t.Context(), d))
	address := serve(t, a)
	if a.Address() != "" && a.Address() != address {
		t.Error(a.Address(), address)
	}
	zhang := d.Zhang()
	invite := func(name string) (string, casework.WorkerID) {
		code, known, err := a.Invite(t.Context(), Invitation{Name: name, Role: zhang.Role, Areas: []casework.Area{zhang.Scope.Area}, Duties: zhang.Scope.Duties})
		must(t, err)
		return code, known
	}
	if _, known := invite("周敏"); !known.IsZero() {
		t.Error("nobody of that name works here")
	}
	code, known := invite(zhang.Name)
	if known != zhang.ID {
		t.Fatal("she is taken for somebody new")
	}
	w := newWorker(t, a.o.Now)
	e, err := w.client.Enrol(t.Context(), address, strings.ToLower(strings.ReplaceAll(code, "-", " ")))
	must(t, err)
	if e.Actor.Worker != zhang.ID {
		t.Error("she got another id")
	}
	w.exchange()
	if len(w.store.People()) != 65 {
		t.Error(len(w.store.People()), "people in her care")
	}
	w.visit("孙玉兰")
	if r := w.exchange(); r.Sent != 1 || r.Aside != 0 {
		t.Errorf("%+v", r)
	}
}
