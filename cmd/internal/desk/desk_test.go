package desk_test

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/casework/lang"
	"doorstep/casework/ledger"
	"doorstep/casework/packs"
	"doorstep/casework/sample"
	"doorstep/cmd/internal/desk"
	"doorstep/cmd/internal/districtapp"
	"doorstep/store/district"
	"doorstep/store/laptop"
	"doorstep/tui/book"
)

// town is an invented district with a real server, and the laptops enrolled in it.
type town struct {
	t        *testing.T
	invented *sample.District
	district *districtapp.App
	now      atomic.Int64 // seconds
	speaker  *lang.Speaker
	cut      func() // takes the district off the network
}

func newTown(t *testing.T) *town {
	t.Helper()
	w := &town{t: t}
	w.now.Store(time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC).Unix())
	w.invented = sample.New(1, 40, casework.DayOf(w.clock()))
	var err error
	if w.speaker, err = lang.New("zh"); err != nil {
		t.Fatal(err)
	}
	w.district, err = districtapp.Found(t.Context(), districtapp.Options{
		Data: filepath.Join(t.TempDir(), "district"), Area: w.invented.Villages[0].Area.County(), Name: "练习区", Now: w.clock, Rand: rand.Reader,
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.district.Rehearse(t.Context(), w.invented); err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- w.district.Serve(ctx, l) }()
	w.cut = func() { stop() }
	t.Cleanup(func() {
		stop()
		<-ended
		if err := w.district.Close(); err != nil {
			t.Error(err)
		}
	})
	for w.district.Address() == "" {
		if t.Context().Err() != nil {
			t.Fatal("the district does not answer")
		}
		time.Sleep(time.Millisecond)
	}
	return w
}

func (w *town) clock() time.Time { return time.Unix(w.now.Load(), 0) }

func (w *town) later(d time.Duration) { w.now.Add(int64(d / time.Second)) }

func (w *town) keeper(dir string) *desk.Keeper {
	return &desk.Keeper{
		Dir: dir,
		Store: laptop.Options{
			Now: w.clock, Rand: rand.Reader, Argon: laptop.Params{Time: 1, MemoryKiB: 64, Threads: 1},
			Sleep: func(context.Context, time.Duration) error { return nil },
		},
		Options: desk.Options{Now: w.clock, Rand: rand.Reader, Speaker: w.speaker, Quiet: true},
	}
}

const words = "zhu dao chun tian"

// zhang is 张桂芬's laptop, enrolled, with her list.
func (w *town) zhang(dir string) *desk.Desk {
	w.t.Helper()
	d, err := w.keeper(dir).Desk(w.t.Context(), []byte(words))
	if err != nil {
		w.t.Fatal(err)
	}
	z := w.invented.Zhang()
	code, _, err := w.district.Invite(w.t.Context(), districtapp.Invitation{
		Worker: z.ID, Name: z.Name, Role: z.Role, Areas: []casework.Area{z.Scope.Area},
		Duties: []casework.Duty{casework.DutyChild, casework.DutyElder, casework.DutyAid},
	})
	if err != nil {
		w.t.Fatal(err)
	}
	if err := d.Enrol(w.t.Context(), w.district.Address(), code); err != nil {
		w.t.Fatal(err)
	}
	w.sync(d)
	return d
}

func (w *town) sync(d *desk.Desk) {
	w.t.Helper()
	if _, err := d.Sync(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
}

func closing(t *testing.T, d *desk.Desk) {
	t.Helper()
	if err := d.Close(); err != nil {
		t.Error(err)
	}
}

// answer fills every question that hinders finishing, the first choice where there is one.
func answer(t *testing.T, d *desk.Desk, s *book.Session, given map[string]string) {
	t.Helper()
	set := func(path, value string) {
		c, err := s.Form.Set(path, value)
		if err != nil {
			t.Fatal(path, err)
		}
		if err := d.Answered(t.Context(), s.Draft, c); err != nil {
			t.Fatal(err)
		}
	}
	def := s.Form.Definition()
	for it := range def.All() {
		if v, ok := given[it.Name]; ok {
			set(it.Path, v)
		}
	}
	for range 200 {
		hs := s.Form.Hindrances()
		if len(hs) == 0 {
			return
		}
		v, ok := s.Form.View(hs[0].Path)
		if !ok {
			t.Fatal(hs[0])
		}
		value := "3"
		switch choices := s.Form.Choices(v.Path); {
		case len(choices) > 0:
			value = choices[0].Name
			for _, c := range choices {
				if c.Name == "none" || c.Name == "no" && strings.HasPrefix(v.Item.Name, "c6") {
					value = c.Name
				}
			}
		case v.Item.Type == form.TypeDate:
			value = s.Form.Day().AddDays(7).String()
		case v.Item.Type == form.TypeText:
			value = "约好再去"
		case v.Item.Type == form.TypeAcknowledge:
			value = "OK"
		}
		set(v.Path, value)
	}
	t.Fatal("the questionnaire cannot be finished:", s.Form.Hindrances())
}

func TestADayFromTheListToTheDistrict(t *testing.T) {
	w := newTown(t)
	d := w.zhang(filepath.Join(t.TempDir(), "laptop"))
	defer closing(t, d)
	day, odd := d.Today()
	if odd {
		t.Error("an ordinary day is odd")
	}
	a, err := d.Agenda(t.Context(), day)
	if err != nil {
		t.Fatal(err)
	}
	if len(a.Lines) == 0 || a.Lines[0].Person != w.invented.Scene.Lin || a.Lines[0].Urgency != book.Overdue || a.Lines[0].DoorCount != 2 {
		t.Fatalf("%+v", a.Lines)
	}
	if !a.Lines[1].SameDoor || a.Lines[1].Person != w.invented.Scene.Wang {
		t.Errorf("her grandmother does not stand below her: %+v", a.Lines[1])
	}
	if len(a.Urgent) == 0 || a.Month.Received == 0 {
		t.Errorf("%+v %+v", a.Urgent, a.Month)
	}
	s, err := d.Begin(t.Context(), book.Beginning{Persons: []casework.RecordID{w.invented.Scene.Lin}})
	if err != nil {
		t.Fatal(err)
	}
	answer(t, d, s, map[string]string{"c0_3": "door", "c0_4": "met", "c0_5": "child grandparent"})
	f, err := d.Finish(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	if f.Next <= day {
		t.Error("no next visit", f.Next)
	}
	file, err := d.File(t.Context(), w.invented.Scene.Lin)
	if err != nil {
		t.Fatal(err)
	}
	if v := file.Visits[0]; v.ID != f.Visit || v.Where.State != "pending" {
		t.Errorf("%+v", v)
	}
	if st := d.Status(); st.Pending != 1 {
		t.Errorf("%+v", st)
	}
	w.sync(d)
	if file, err = d.File(t.Context(), w.invented.Scene.Lin); err != nil || file.Visits[0].Where.State != "received" {
		t.Errorf("%+v %v", file.Visits[0], err)
	}
	if st := d.Status(); st.Pending != 0 || st.Received.IsZero() {
		t.Errorf("%+v", st)
	}
	rows, _, err := w.district.Store().Visits(t.Context(), district.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	there := false
	for _, r := range rows {
		there = there || r.Record.ID == f.Visit
	}
	if !there {
		t.Error("the visit is not in the district's register")
	}
	again, err := d.Agenda(t.Context(), day)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range again.Lines {
		if l.Person == w.invented.Scene.Lin {
			t.Error("visited today, and still due")
		}
	}
	page, err := d.Visit(t.Context(), f.Visit)
	if err != nil || len(page.Facts) == 0 || !page.Held {
		t.Errorf("%d facts, held %v, %v", len(page.Facts), page.Held, err)
	}
}

func TestADraftOutlivesTheProgram(t *testing.T) {
	w := newTown(t)
	dir := filepath.Join(t.TempDir(), "laptop")
	d := w.zhang(dir)
	s, err := d.Begin(t.Context(), book.Beginning{Persons: []casework.RecordID{w.invented.Scene.Lin}, Depth: 3})
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{"c0_3": "door", "c0_4": "met"} {
		c, err := s.Form.Set(s.Form.Definition().Find(name).Path, value)
		if err != nil {
			t.Fatal(err)
		}
		if err := d.Answered(t.Context(), s.Draft, c); err != nil {
			t.Fatal(err)
		}
	}
	want := string(s.Form.Submission())
	closing(t, d)
	w.later(time.Hour)
	d, err = w.keeper(dir).Desk(t.Context(), []byte(words))
	if err != nil {
		t.Fatal(err)
	}
	defer closing(t, d)
	drafts, err := d.Drafts(t.Context())
	if err != nil || len(drafts) != 1 || drafts[0].Name != "林小溪" {
		t.Fatal(drafts, err)
	}
	back, err := d.Resume(t.Context(), drafts[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	if got := string(back.Form.Submission()); got != want || back.Resumed.IsZero() {
		t.Errorf("resumed %v\n%s\n%s", back.Resumed, got, want)
	}
}

func TestDangerStaysWhenTheDraftIsThrownAway(t *testing.T) {
	w := newTown(t)
	d := w.zhang(filepath.Join(t.TempDir(), "laptop"))
	defer closing(t, d)
	day, _ := d.Today()
	before, err := d.Agenda(t.Context(), day)
	if err != nil {
		t.Fatal(err)
	}
	s, err := d.Begin(t.Context(), book.Beginning{Persons: []casework.RecordID{w.invented.Scene.Lin}, Depth: 3})
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range [][2]string{{"c0_3", "door"}, {"c0_4", "met"}, {"c6_2", "disclosed"}} {
		c, err := s.Form.Set(s.Form.Definition().Find(a[0]).Path, a[1])
		if err != nil {
			t.Fatal(err)
		}
		if err := d.Answered(t.Context(), s.Draft, c); err != nil {
			t.Fatal(err)
		}
	}
	orders := d.Orders(s)
	if len(orders) == 0 || !orders[0].Quiet {
		t.Fatalf("%+v", orders)
	}
	if err := d.Discard(t.Context(), s.Draft, "写错了"); err != nil {
		t.Fatal(err)
	}
	after, err := d.Agenda(t.Context(), day)
	if err != nil {
		t.Fatal(err)
	}
	if len(after.Urgent) != len(before.Urgent)+1 || len(after.Drafts) != 0 {
		t.Fatalf("%d urgent before, %d after, drafts %d", len(before.Urgent), len(after.Urgent), len(after.Drafts))
	}
	for _, u := range after.Urgent {
		said := w.speaker.Say(u.Words.Key, u.Words.Pairs...)
		for _, word := range []string{"侵害", "虐待", "伤害", "性", "自杀", "110"} {
			if strings.Contains(said, word) {
				t.Errorf("the list of the day says %q", said)
			}
		}
	}
}

func TestAnElderAloneNotMetTwiceInADayIsAnOrder(t *testing.T) {
	w := newTown(t)
	d := w.zhang(filepath.Join(t.TempDir(), "laptop"))
	defer closing(t, d)
	first, err := d.NotMet(t.Context(), w.invented.Scene.Sun, "not_met", "门锁着")
	if err != nil || len(first.Orders) != 0 {
		t.Fatalf("%+v %v", first.Orders, err)
	}
	w.later(6 * time.Hour)
	second, err := d.NotMet(t.Context(), w.invented.Scene.Sun, "not_met", "")
	if err != nil || len(second.Orders) != 1 || second.Orders[0].Quiet {
		t.Fatalf("%+v %v", second.Orders, err)
	}
}

func TestAVisitToTheWrongPersonIsMoved(t *testing.T) {
	w := newTown(t)
	d := w.zhang(filepath.Join(t.TempDir(), "laptop"))
	defer closing(t, d)
	s, err := d.Begin(t.Context(), book.Beginning{Persons: []casework.RecordID{w.invented.Scene.Zhao}})
	if err != nil {
		t.Fatal(err)
	}
	answer(t, d, s, map[string]string{"c0_3": "door", "c0_4": "met", "c0_5": "child"})
	f, err := d.Finish(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Correct(t.Context(), f.Visit, w.invented.Scene.Lin, "记错了人"); err != nil {
		t.Fatal(err)
	}
	wrong, _ := d.File(t.Context(), w.invented.Scene.Zhao)
	right, _ := d.File(t.Context(), w.invented.Scene.Lin)
	day, _ := d.Today()
	if !wrong.Visits[0].Removed || right.Visits[0].Date != day || right.Visits[0].Removed {
		t.Errorf("%+v\n%+v", wrong.Visits[0], right.Visits[0])
	}
	w.sync(d)
	report, err := w.district.Verify(t.Context())
	if err != nil || len(report.Findings) > 0 {
		t.Error(report, err)
	}
}

func TestTwoLaptopsWriteOneFieldAndAPersonChooses(t *testing.T) {
	w := newTown(t)
	one := w.zhang(filepath.Join(t.TempDir(), "one"))
	defer closing(t, one)
	two := w.zhang(filepath.Join(t.TempDir(), "two"))
	defer closing(t, two)
	lin := w.invented.Scene.Lin
	for d, address := range map[*desk.Desk]string{one: "5组1号", two: "6组2号"} {
		seen, err := d.Record(t.Context(), lin)
		if err != nil {
			t.Fatal(err)
		}
		if err := d.Edit(t.Context(), seen, casework.Values{"address": address}, ""); err != nil {
			t.Fatal(err)
		}
	}
	w.sync(one)
	w.sync(two)
	w.sync(one)
	if one.Status().Conflicts != 1 || two.Status().Conflicts != 1 {
		t.Fatal(one.Status().Conflicts, two.Status().Conflicts)
	}
	seen, err := one.Record(t.Context(), lin)
	if err != nil {
		t.Fatal(err)
	}
	if err := one.Settle(t.Context(), seen, "address", "6组2号"); err != nil {
		t.Fatal(err)
	}
	w.sync(one)
	w.sync(two)
	for _, d := range []*desk.Desk{one, two} {
		r, err := d.Record(t.Context(), lin)
		if err != nil || r.Text("address") != "6组2号" || d.Status().Conflicts != 0 {
			t.Errorf("%q, %d conflicts, %v", r.Text("address"), d.Status().Conflicts, err)
		}
	}
}

func TestSomeoneNewIsFoundByNameAndReachesTheDistrict(t *testing.T) {
	w := newTown(t)
	d := w.zhang(filepath.Join(t.TempDir(), "laptop"))
	defer closing(t, d)
	n := book.NewPerson{
		Name: "单㐂芳", Sex: "2", Birth: casework.Date{Year: 2017}, Area: w.invented.Zhang().Scope.Area,
		Group: "3组", Duties: []casework.Duty{casework.DutyChild}, Reason: "邻居说起", Phone: "13900002231",
	}
	if likely := d.Likely(n); len(likely) != 0 {
		t.Fatal(likely)
	}
	id, err := d.Add(t.Context(), n)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"单㐂", "shan", "dan"} {
		if hits := d.Find(text, 5); len(hits) == 0 {
			t.Errorf("%q finds nobody", text)
		}
	}
	if likely := d.Likely(n); len(likely) != 1 || likely[0].Person != id {
		t.Error("the same person would be entered twice", likely)
	}
	w.sync(d)
	if st := d.Status(); st.PendingOther != 0 || st.Kept != 0 {
		t.Errorf("%+v", st)
	}
}

func TestALookAtANumberLeavesANote(t *testing.T) {
	w := newTown(t)
	d := w.zhang(filepath.Join(t.TempDir(), "laptop"))
	defer closing(t, d)
	number, err := d.Phone(t.Context(), w.invented.Scene.Lin, "guardian_phone")
	if err != nil || len(number) < 7 {
		t.Fatal(number, err)
	}
	w.sync(d)
	r, _, err := w.district.Store().Record(t.Context(), w.invented.Scene.Lin)
	if err != nil || len(r.Elements("looks")) != 1 {
		t.Error(r.Elements("looks"), err)
	}
}

// someone is an invented worker's laptop, enrolled with what she may do.
func (w *town) someone(name string, role casework.Role, area casework.Area) *desk.Desk {
	w.t.Helper()
	d, err := w.keeper(filepath.Join(w.t.TempDir(), "laptop")).Desk(w.t.Context(), []byte(words))
	if err != nil {
		w.t.Fatal(err)
	}
	code, _, err := w.district.Invite(w.t.Context(), districtapp.Invitation{Name: name, Role: role, Areas: []casework.Area{area}})
	if err != nil {
		w.t.Fatal(err)
	}
	if err := d.Enrol(w.t.Context(), w.district.Address(), code); err != nil {
		w.t.Fatal(err)
	}
	w.sync(d)
	return d
}

func TestWhoIsImplicatedLosesSightOfTheReport(t *testing.T) {
	w := newTown(t)
	town := w.invented.Zhang().Scope.Area.Township()
	bad := w.someone("钱某", casework.RoleChildSupervisor, town)
	defer closing(t, bad)
	good := w.someone("周㐂", casework.RoleChildSupervisor, town)
	defer closing(t, good)
	d := w.zhang(filepath.Join(t.TempDir(), "laptop"))
	defer closing(t, d)
	s, err := d.Begin(t.Context(), book.Beginning{Persons: []casework.RecordID{w.invented.Scene.Lin}, Depth: 1})
	if err != nil {
		t.Fatal(err)
	}
	answer(t, d, s, map[string]string{"c0_3": "door", "c0_4": "met", "c6_2": "disclosed", "g_well": "yes"})
	f, err := d.Finish(t.Context(), s)
	if err != nil || len(f.Orders) == 0 {
		t.Fatal(f, err)
	}
	w.sync(d)
	sees := func(d *desk.Desk) (visit, task bool) {
		w.sync(d)
		file, err := d.File(t.Context(), w.invented.Scene.Lin)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range file.Visits {
			visit = visit || v.ID == f.Visit
		}
		for _, u := range file.Urgent {
			task = task || u.ID == f.Orders[0].Urgent
		}
		return visit, task
	}
	if visit, task := sees(bad); !visit || !task {
		t.Fatal("a supervisor does not see the work of her village", visit, task)
	}
	o, err := d.Order(t.Context(), f.Orders[0].Urgent)
	if err != nil {
		t.Fatal(err)
	}
	var out []casework.WorkerID
	for _, c := range o.People {
		if c.Name == "钱某" {
			out = append(out, c.ID)
		}
	}
	if len(out) != 1 || len(o.Script) == 0 {
		t.Fatalf("%+v", o)
	}
	if err := d.Attend(t.Context(), f.Orders[0].Urgent, book.Attention{Step: "exclude", Exclude: out}); err != nil {
		t.Fatal(err)
	}
	w.sync(d)
	if visit, task := sees(bad); visit || task {
		t.Error("the implicated supervisor still sees", visit, task)
	}
	if visit, task := sees(good); !visit || !task {
		t.Error("the other supervisor lost sight, too", visit, task)
	}
}

func TestNoNetworkIsNoTrouble(t *testing.T) {
	w := newTown(t)
	d := w.zhang(filepath.Join(t.TempDir(), "laptop"))
	defer closing(t, d)
	w.cut()
	seen, err := d.Record(t.Context(), w.invented.Scene.Lin)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Edit(t.Context(), seen, casework.Values{"address": "5组1号"}, ""); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Sync(t.Context()); casework.CodeOf(err) != "replica.offline" {
		t.Fatal(err)
	}
	if st := d.Status(); st.Online || st.Trouble != nil || st.PendingOther != 1 {
		t.Errorf("%+v", st)
	}
}

func TestAClockThatIsFarOffIsAskedAboutAndHarmless(t *testing.T) {
	w := newTown(t)
	d := w.zhang(filepath.Join(t.TempDir(), "laptop"))
	defer closing(t, d)
	right := w.now.Load()
	for _, year := range []int{1970, 2099} {
		w.now.Store(time.Date(year, 5, 1, 0, 0, 0, 0, time.UTC).Unix())
		if _, odd := d.Today(); !odd {
			t.Errorf("nobody asks about %d", year)
		}
		if year == 2099 { // nothing it says is believed: old files stay closed until it is right
			if _, err := d.File(t.Context(), w.invented.Scene.Zhao); casework.CodeOf(err) != "laptop.lapsed" || len(d.Named("赵铁柱")) != 1 {
				t.Error(err)
			}
		}
		f, err := d.NotMet(t.Context(), w.invented.Scene.Zhao, "not_met", "")
		if err != nil {
			t.Fatal(year, err)
		}
		w.now.Store(right)
		if _, odd := d.Today(); odd {
			t.Errorf("the clock is right again after %d, and still odd", year)
		}
		w.sync(d)
		file, err := d.File(t.Context(), w.invented.Scene.Zhao)
		if err != nil || file.Line.Urgency != book.DueToday {
			t.Errorf("a visit dated %d moved the next one: %+v %v", year, file.Line, err)
		}
		if err := d.Correct(t.Context(), f.Visit, casework.RecordID{}, "时钟错了"); err != nil {
			t.Error(err)
		}
	}
}

func TestAPackThatCannotBeReadIsToldAndTheOldOneStaysInUse(t *testing.T) {
	w := newTown(t)
	d := w.zhang(filepath.Join(t.TempDir(), "laptop"))
	defer closing(t, d)
	before := d.Worker().Village
	body := []byte(`{"371002"`) // cut short
	ref := ledger.PackRef{Name: packs.Areas, Hash: sha256.Sum256(body), Size: int64(len(body))}
	if err := w.district.Store().Publish(t.Context(), ref, body, w.clock().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Sync(t.Context()); casework.CodeOf(err) != "desk.pack" {
		t.Fatal(err)
	}
	if trouble := d.Status().Trouble; casework.CodeOf(trouble) != "desk.pack" || !strings.Contains(w.speaker.Error(trouble), "读不出来") {
		t.Error(trouble)
	}
	day, _ := d.Today()
	if a, err := d.Agenda(t.Context(), day); err != nil || len(a.Lines) == 0 || d.Worker().Village != before {
		t.Error("the work of the day stopped with it", err, d.Worker().Village)
	}
}

func TestTheProposedWordsAreFourAndEveryday(t *testing.T) {
	k := desk.Keeper{Dir: t.TempDir(), Options: desk.Options{Rand: rand.Reader}}
	words, err := k.Propose()
	if err != nil || len(words) != 4 {
		t.Fatal(words, err)
	}
	list, err := os.ReadFile("words.txt")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, word := range strings.Fields(string(list)) {
		if seen[word] || strings.Trim(word, "abcdefghijklmnopqrstuvwxyz") != "" {
			t.Errorf("%q", word)
		}
		seen[word] = true
	}
	if len(seen) != 512 {
		t.Errorf("%d words", len(seen))
	}
}
