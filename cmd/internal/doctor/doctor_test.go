package doctor

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"doorstep/casework"
	"doorstep/casework/lang"
	"doorstep/casework/ledger"
	"doorstep/store/laptop"
)

var secret = []byte("zhu dao chun tian")

var morning = time.Date(2026, 11, 23, 9, 0, 0, 0, time.FixedZone("", 8*3600))

func options() laptop.Options {
	at := morning
	return laptop.Options{
		Now: func() time.Time { at = at.Add(time.Second); return at }, Rand: rand.Reader,
		Argon: laptop.Params{Time: 1, MemoryKiB: 64, Threads: 1}, Sleep: func(context.Context, time.Duration) error { return nil },
	}
}

func try(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// What must not be in a bundle, in whatever table or name it stands.
var canaries = []string{
	"蔺翯蓥", "蔺张师", "37100220150308002X", "13987654321", "奶奶不让说", "没写完的秘密", "竹岛村保密包", "环翠保密区", "qu.example",
	"蔺家的电脑", "linjia-laptop", "GPS-37.5130", "zhu dao chun tian",
}

// full is a store with a canary in every table, in a folder that is one, closed.
func full(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "linjia-laptop 蔺家的电脑", "store")
	s, err := laptop.Init(t.Context(), dir, secret, options())
	try(t, err)
	a := s.Author()
	who, err := a.NewRecord()
	try(t, err)
	op, err := a.Create(who, casework.KindPerson, casework.RecordID{}, casework.Values{
		"name": "蔺翯蓥", "sex": "2", "area": casework.Area("371002104201"), "duties": []string{"child"}, "remark": "奶奶不让说",
		"resident": map[string]string{"number": "37100220150308002X"}, "phones/m1": "13987654321",
	})
	try(t, err)
	try(t, s.Save(t.Context(), op))
	district := casework.ID{7}
	actor := casework.Actor{Worker: a.Worker, Role: casework.RoleChildDirector, Scopes: []casework.Scope{{Area: "371002104201", Duties: []casework.Duty{casework.DutyChild}}}}
	try(t, s.Enrol(t.Context(), ledger.Enrolment{
		Address: "https://qu.example", District: district, Name: "环翠保密区", Area: "371002000000", Incarnation: 1, Worker: "蔺张师", Actor: actor, LeaseUntil: morning.AddDate(0, 0, 14),
	}))
	r, _ := casework.Merge(casework.Record{}, op)
	up, err := s.Unsent(t.Context(), 0, 0)
	try(t, err)
	h, err := s.Hello(t.Context())
	try(t, err)
	cursors := ledger.Cursors{}
	for k := range h.Cursors {
		cursors[k] = 1
	}
	try(t, s.Apply(t.Context(), ledger.Answer{
		Number: 1, Device: s.Device(), District: district, Incarnation: 1, Standing: ledger.StandingGood, Chain: up.To(), Actor: actor,
		Receipts: []ledger.Receipt{{Op: op.ID, Seq: 1, At: morning, Out: casework.Outcome{Verdict: casework.Accepted}}},
		News:     ledger.News{Puts: []ledger.Put{{Record: r, Seq: 1}}, Cursors: cursors},
		Token:    ledger.TimeToken{At: morning, Seq: 1}, LeaseUntil: morning.AddDate(0, 0, 14),
	}))
	pack := []byte("竹岛村保密包")
	try(t, s.StorePack(t.Context(), ledger.PackRef{Name: "areas", Hash: casework.Hash(sha256.Sum256(pack)), Size: int64(len(pack))}, pack))
	draft := laptop.Draft{ID: casework.ID{3}, Person: who, Form: "child-visit", Title: "蔺翯蓥", Started: morning}
	try(t, s.BeginDraft(t.Context(), draft))
	try(t, s.AppendDraft(t.Context(), draft.ID, []byte(`{"c6_1":"没写完的秘密"}`)))
	_, err = s.Attach(t.Context(), draft.ID, []byte("%PDF-1.7\nGPS-37.5130 蔺翯蓥"))
	try(t, err)
	try(t, s.Close())
	return dir
}

func patient(dir string) Patient {
	return Patient{
		Program: "test", Store: dir, Now: func() time.Time { return time.Now() },
		Environ: []string{"LANG=zh_CN.UTF-8", "USER=蔺张师", "HOME=/home/linjia-laptop", "TERM=蔺翯蓥", "XMODIFIERS=@im=fcitx", "PWD=" + dir},
	}
}

func opening(dir string) func(ctx context.Context) (*laptop.Store, error) {
	return func(ctx context.Context) (*laptop.Store, error) { return laptop.Open(ctx, dir, secret, options()) }
}

// found are the findings by their topics.
func found(r Report) string {
	var out []string
	for _, l := range r.Lines {
		out = append(out, l.Topic+":"+string(l.Verdict)+":"+l.Finding)
	}
	return strings.Join(out, " ")
}

func TestABundleTellsNothingAboutAnybody(t *testing.T) {
	dir := full(t)
	p := patient(dir)
	p.Open = opening(dir)
	r := Examine(t.Context(), p)
	for _, want := range []string{"store:good:store.good", "open:good:open.good", "upload:good:upload.good", "lying:good:lying.nothing", "typing:good:typing.found"} {
		if !strings.Contains(found(r), want) {
			t.Errorf("no %s in %s", want, found(r))
		}
	}
	file := filepath.Join(t.TempDir(), "doctor.zip")
	try(t, WriteBundle(file, r, p))
	if err := WriteBundle(file, r, p); casework.CodeOf(err) != "doctor.exists" {
		t.Errorf("a bundle was overwritten: %v", err)
	}
	z, err := zip.OpenReader(file)
	try(t, err)
	defer z.Close()
	all := map[string][]byte{}
	all["the file itself"], err = os.ReadFile(file)
	try(t, err)
	for _, f := range z.File {
		c, err := f.Open()
		try(t, err)
		if all[f.Name], err = io.ReadAll(c); err != nil {
			t.Fatal(err)
		}
	}
	if len(all) != 6 || !bytes.Contains(all["report.zh.txt"], []byte("存得牢不牢")) || !bytes.Contains(all["window.txt"], []byte("fcitx")) {
		t.Fatalf("%d parts", len(all))
	}
	for name, body := range all {
		for _, c := range canaries {
			quoted, err := json.Marshal(c)
			try(t, err)
			for _, form := range []string{c, strings.Trim(string(quoted), `"`), hex.EncodeToString([]byte(c))} {
				if bytes.Contains(body, []byte(form)) {
					t.Errorf("%s tells %q", name, c)
				}
			}
		}
	}
	if !bytes.Contains(append([]byte("蔺翯蓥"), all["report.json"]...), []byte(canaries[0])) {
		t.Error("the search is blind")
	}
}

// Whatever is broken: a report with the right finding, and no failure.
func TestItWorksWhenNothingElseDoes(t *testing.T) {
	write := func(name string, content []byte) func(t *testing.T, dir string) {
		return func(t *testing.T, dir string) {
			try(t, os.RemoveAll(filepath.Join(dir, "outbox")))
			try(t, os.WriteFile(filepath.Join(dir, name), content, 0o600))
		}
	}
	for name, c := range map[string]struct {
		harm func(t *testing.T, dir string)
		want string
	}{
		"no store":        {func(t *testing.T, dir string) { try(t, os.RemoveAll(dir)) }, "store:notice:store.none"},
		"a file for it":   {func(t *testing.T, dir string) { try(t, os.RemoveAll(dir)); try(t, os.WriteFile(dir, nil, 0o600)) }, "store:bad:store.closed"},
		"rubbish as keys": {write("key.json", []byte("{{{")), "keys:bad:keys.broken"},
		"no keys":         {func(t *testing.T, dir string) { try(t, os.Remove(filepath.Join(dir, "key.json"))) }, "keys:bad:keys.broken"},
		"empty keys":      {write("key.json", nil), "keys:bad:keys.broken"},
		"no database":     {func(t *testing.T, dir string) { try(t, os.Remove(filepath.Join(dir, "store.db"))) }, "store:bad:store.broken"},
		"rubbish":         {write("store.db", bytes.Repeat([]byte("不是数据库"), 1000)), "store:bad:store.broken"},
		"set aside":       {write("store.db.aside-20261101-0900", []byte("old")), "store:notice:store.aside"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := full(t)
			c.harm(t, dir)
			for _, open := range []func(ctx context.Context) (*laptop.Store, error){nil, opening(dir)} {
				p := patient(dir)
				p.Open = open
				p.Settings = casework.Problem("config.read", "config.file", "File", "蔺张师")
				r := Examine(t.Context(), p)
				if open == nil && !strings.Contains(found(r), c.want) {
					t.Errorf("no %s in %s", c.want, found(r))
				}
				if !strings.Contains(found(r), "settings:bad:settings.broken") || strings.Contains(found(r), "crashed") || strings.Contains(found(r), "hangs") {
					t.Error(found(r))
				}
				sp, err := lang.New("zh")
				try(t, err)
				if text := strings.Join(r.Words(sp), "\n"); strings.Contains(text, "<no value>") || strings.Contains(text, "doctor.") || strings.Contains(text, "蔺") {
					t.Errorf("%s", text)
				}
			}
		})
	}
	if r := Examine(t.Context(), patient("")); !strings.Contains(found(r), "store:bad:store.no_home") {
		t.Error(found(r))
	}
}

func TestAStoreThatIsOpenIsLeftAlone(t *testing.T) {
	dir := full(t)
	s, err := laptop.Open(t.Context(), dir, secret, options())
	try(t, err)
	defer s.Close()
	p := patient(dir)
	p.Open = func(context.Context) (*laptop.Store, error) { t.Error("opened"); return nil, context.Canceled }
	if r := Examine(t.Context(), p); !strings.Contains(found(r), "open:notice:open.held") {
		t.Error(found(r))
	}
}

func TestALookThatCrashesOrHangsIsAFinding(t *testing.T) {
	p := Patient{patience: 20 * time.Millisecond}
	l := p.careful(t.Context(), "disk", func(context.Context) []Line { panic("蔺翯蓥") })
	if len(l) != 1 || l[0].Finding != "crashed" || l[0].Verdict != Bad {
		t.Errorf("%+v", l)
	}
	l = p.careful(t.Context(), "disk", func(ctx context.Context) []Line { <-ctx.Done(); select {} })
	if len(l) != 1 || l[0].Finding != "hangs" {
		t.Errorf("%+v", l)
	}
}

func TestWhatIsSaidOfADisk(t *testing.T) {
	times := func(d time.Duration) []time.Duration { return []time.Duration{d, 30 * d, d, d, d / 2} }
	for d, want := range map[time.Duration]string{
		3 * time.Microsecond: "flush.too_fast", time.Millisecond: "flush.good", 12 * time.Millisecond: "flush.good",
		150 * time.Millisecond: "flush.slow", time.Second: "flush.awful",
	} {
		if l := flushed(times(d)); l[0].Finding != want {
			t.Errorf("%v: %s", d, l[0].Finding)
		}
	}
	here := laptop.Inventory{Here: true}
	for want, st := range map[string]laptop.Status{
		"lying.nothing":   {},
		"lying.came_back": {Rebuilt: &laptop.Rebuilt{Ops: 2, FromOutbox: true, Healed: true}},
		"lying.rebuilt":   {Rebuilt: &laptop.Rebuilt{Ops: 2, FromOutbox: true, Aside: "store.db.aside-20261101-0900"}},
		"lying.damaged":   {Damaged: 1},
	} {
		if l := lying(here, &st); l[0].Finding != want {
			t.Errorf("%s, want %s", l[0].Finding, want)
		}
	}
	if l := lying(here, &laptop.Status{Rebuilt: &laptop.Rebuilt{Ops: 2, Restored: true}}); l[0].Verdict != Good {
		t.Error("a store restored by hand is no lying disk")
	}
}

func TestWhatIsSaidOfTheClock(t *testing.T) {
	at := func(now time.Time, v laptop.Inventory, st *laptop.Status) string {
		return Patient{Now: func() time.Time { return now }}.clock(v, st)[0].Finding
	}
	told := &laptop.Status{LastAnswer: morning, Latest: morning}
	for want, got := range map[string]string{
		"clock.year":   at(morning.AddDate(-27, 0, 0), laptop.Inventory{}, nil),
		"clock.back":   at(morning.AddDate(0, 0, -3), laptop.Inventory{Touched: morning}, nil),
		"clock.behind": at(morning.Add(-time.Hour), laptop.Inventory{}, told),
		"clock.zone":   at(morning.UTC(), laptop.Inventory{}, told),
		"clock.agrees": at(morning.Add(time.Hour), laptop.Inventory{}, told),
		"clock.good":   at(morning, laptop.Inventory{}, nil),
	} {
		if got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

// Every finding and every advice in the code has its sentence, and every sentence is used.
func TestEveryFindingHasItsSentence(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join("..", "..", "..", "casework", "lang", "catalogue", "doctor.zh.json"))
	try(t, err)
	sentences := map[string]string{}
	try(t, json.Unmarshal(raw, &sentences))
	used := map[string]bool{}
	say := func(key string) {
		used[key] = true
		if sentences[key] == "" {
			t.Errorf("no sentence for %s", key)
		}
	}
	call := regexp.MustCompile(`one\((?:Good|Notice|Bad), "([a-z_.]+)", "([a-z_]*)"`)
	for _, file := range []string{"doctor.go", "window.go", "store.go"} {
		b, err := os.ReadFile(file)
		try(t, err)
		for _, m := range call.FindAllStringSubmatch(string(b), -1) {
			say("doctor." + m[1])
			if m[2] != "" {
				say("doctor.do." + m[2])
			}
		}
		for _, m := range regexp.MustCompile(`Finding: "([a-z_]+)"`).FindAllStringSubmatch(string(b), -1) {
			say("doctor." + m[1])
		}
		for _, m := range regexp.MustCompile(`\bDo: "([a-z_]+)"`).FindAllStringSubmatch(string(b), -1) {
			say("doctor.do." + m[1])
		}
		for _, m := range regexp.MustCompile(`\{"([a-z]+)", func\(`).FindAllStringSubmatch(string(b), -1) {
			say("doctor.topic." + m[1])
		}
	}
	if len(used) < 80 {
		t.Errorf("only %d found: the search is broken", len(used))
	}
	for key := range sentences {
		other := strings.HasPrefix(key, "doctor.verdict.") || strings.HasPrefix(key, "doctor.worst.") || strings.HasPrefix(key, "error.") ||
			key == "doctor.head" || key == "doctor.line" || key == "doctor.do" || key == "doctor.bundled"
		if !used[key] && !other {
			t.Errorf("nobody says %s", key)
		}
	}
}
