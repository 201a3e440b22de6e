package laptop

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

// county fills a store with people and visits as a first exchange does, and gives its folder.
func filled(b *testing.B, people, visits int) (string, Options) {
	b.Helper()
	o := options(5)
	s, err := Init(b.Context(), filepath.Join(b.TempDir(), "store"), secret, o)
	try(b, err)
	d := enrolled(b, s, casework.Scope{Area: county, Duties: []casework.Duty{"child", "elder", "aid"}})
	a := casework.Author{Worker: casework.WorkerID{ID: casework.ID{9}}, Now: monday().now, Rand: newDice(6)}
	var page []ledger.Put
	send := func() {
		h, err := s.Hello(b.Context())
		try(b, err)
		answer := d.say(h, nil, 0)
		answer.News.Puts, answer.News.More = page, true
		try(b, s.Apply(b.Context(), answer))
		page = nil
	}
	add := func(op casework.Op, err error) {
		try(b, err)
		if why := casework.Examine(casework.Record{}, op, casework.Actor{}); why != "" {
			b.Fatal(why)
		}
		r, _ := casework.Merge(casework.Record{}, op)
		page = append(page, ledger.Put{Record: r, Seq: 1})
		if len(page) == 1000 {
			send()
		}
	}
	var ids []casework.RecordID
	for i := range people {
		id, err := a.NewRecord()
		try(b, err)
		ids = append(ids, id)
		add(a.Create(id, casework.KindPerson, casework.RecordID{}, someone(i)))
	}
	for i := range visits {
		id, err := a.NewRecord()
		try(b, err)
		add(a.Create(id, casework.KindVisit, ids[i%max(1, len(ids))], aVisit(i)))
	}
	send()
	try(b, s.Close())
	return s.dir, o
}

const given = "英秀玉桂华兰芳明红金春国梅丽文平荣海建云霞凤军小志林生清福珍美永成龙忠敏淑强德玲新翠燕杰"

// someone is a file as full as a real one.
func someone(i int) casework.Values {
	r := []rune(given)
	family := []rune("王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗单")
	name := string(family[i%len(family)]) + string(r[i/7%len(r)]) + string(r[i/3%len(r)])
	village := 201 + i/400
	return casework.Values{
		"name": name, "sex": "2", "birth": map[string]any{"day": "2015-03-08"}, "area": fmt.Sprintf("371002104%03d", village),
		"duties": []string{"child"}, "grid": fmt.Sprintf("%d组", i%9+1), "address": fmt.Sprintf("%d号", i%300),
		"resident":  map[string]string{"number": idNumber(i)},
		"phones/m1": fmt.Sprintf("139%08d", i), "ethnic": "01", "hukou_area": "371002104201", "hukou_address": "本村", "hukou_type": "rural",
		"child_categories": []string{"left_behind"}, "guardian_name": "王秀英", "guardian_relation": "grandparent", "guardian_phone": "13900001111",
		"school": "竹岛小学", "education_stage": "primary", "boarding": false, "health_state": "healthy", "caution": "有狗，先打电话",
		"father_name": "林大山", "father_state": "working_away", "father_place": "青岛", "mother_name": "周梅", "mother_state": "no_contact",
		"responsible": "张桂芬", "supervisor": "李敏",
	}
}

func idNumber(i int) string {
	body := fmt.Sprintf("37100220%02d0308%03d", 8+i/1000%10, i%1000)
	sum := 0
	for k, w := range []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += int(body[k]-'0') * w
	}
	return body + string("10X98765432"[sum%11])
}

func aVisit(i int) casework.Values {
	answers := map[string]any{}
	for q := range 40 {
		answers["B"+strconv.Itoa(q)] = "yes"
	}
	return casework.Values{
		"date": fmt.Sprintf("2026-%02d-%02d", i%11+1, i%28+1), "mode": "home", "result": "done", "seen": true, "depth": "routine", "purpose": "routine",
		"form": "child-visit", "source": "screen", "answers": answers, "answers_personal": map[string]any{"C1": 2, "C2": "no"}, "unknowns": 1, "grade": "3",
		"summary": "孩子在家，跟奶奶一起，说学校里都好。", "next": "2026-12-23",
		"signature": map[string]any{"worker": "张桂芬", "subject": "paper", "paper": "17"},
	}
}

// Unlocking after the key is derived: limit 0.5 s for 5,000 people with 20,000 visits, and
// 100 MB resident.
func BenchmarkUnlock(b *testing.B) {
	dir, o := filled(b, 5000, 20000)
	runtime.GC()
	var memory, before runtime.MemStats
	runtime.ReadMemStats(&before)
	for b.Loop() {
		s, err := Open(b.Context(), dir, secret, o)
		try(b, err)
		b.StopTimer()
		if n := len(s.People()); n != 5000 {
			b.Fatal(n)
		}
		runtime.GC()
		runtime.ReadMemStats(&memory)
		try(b, s.Close())
		b.StartTimer()
	}
	b.ReportMetric(float64(memory.HeapAlloc-before.HeapAlloc)/(1<<20), "MB-live")
	b.ReportMetric(resident(b, dir), "MB-peak")
}

// resident is what the operating system counts, in MB, for a fresh program that unlocked
// the store and looked at everyone.
func resident(b *testing.B, dir string) float64 {
	b.Helper()
	c := exec.Command(os.Args[0], "-test.run=^$")
	c.Env = append(os.Environ(), "LAPTOP_OPEN="+dir, "LAPTOP_MEASURE=1")
	out, err := c.Output()
	try(b, err)
	mb, err := strconv.ParseFloat(strings.TrimSpace(string(out)), 64)
	try(b, err)
	return mb
}

// measure is the other end of resident.
func measure(dir string) int {
	s, err := Open(context.Background(), dir, secret, options(77))
	if err != nil {
		fmt.Println(err)
		return 1
	}
	defer s.Close()
	for _, p := range s.People() {
		s.Visits(p.ID)
	}
	s.Find("lxx")
	raw, err := os.ReadFile("/proc/self/status")
	if err != nil {
		fmt.Println(0) // no such account on this system
		return 0
	}
	for line := range strings.Lines(string(raw)) {
		if f := strings.Fields(line); len(f) == 3 && f[0] == "VmHWM:" {
			kb, _ := strconv.ParseFloat(f[1], 64)
			fmt.Println(kb / 1024)
		}
	}
	return 0
}

// One save against one raw write and fsync of the same bytes, turn by turn on one disk:
// limit 1.3.
func BenchmarkSave(b *testing.B) {
	s, err := Init(b.Context(), filepath.Join(b.TempDir(), "store"), secret, options(7))
	try(b, err)
	defer s.Close()
	raw, err := os.Create(filepath.Join(b.TempDir(), "raw"))
	try(b, err)
	defer raw.Close()
	a := s.Author()
	who, err := a.NewRecord()
	try(b, err)
	op, err := a.Create(who, casework.KindPerson, casework.RecordID{}, someone(0))
	try(b, err)
	try(b, s.Save(b.Context(), op))
	var saves, writes []time.Duration
	for i := 0; b.Loop(); i++ {
		id, err := a.NewRecord()
		try(b, err)
		op, err := a.Create(id, casework.KindVisit, who, aVisit(i))
		try(b, err)
		bytes, err := ledger.Encode(op)
		try(b, err)
		start := time.Now()
		_, err = raw.Write(bytes)
		try(b, err)
		try(b, raw.Sync())
		writes = append(writes, time.Since(start))
		start = time.Now()
		try(b, s.Save(context.Background(), op))
		saves = append(saves, time.Since(start))
	}
	slices.Sort(saves)
	slices.Sort(writes)
	middle := func(d []time.Duration) float64 { return float64(d[len(d)/2].Microseconds()) }
	b.ReportMetric(middle(saves), "µs-save")
	b.ReportMetric(middle(writes), "µs-raw")
	b.ReportMetric(middle(saves)/middle(writes), "ratio")
}

// Search in 50,000 names: limit 1 ms at the 95th percentile.
func BenchmarkFind(b *testing.B) {
	s := &Store{caseload: newCaseload()}
	s.caseload.people = make([]*casework.Person, 0, 50_000)
	for i := range 50_000 {
		op, err := other.Create(casework.RecordID{ID: casework.ID{1, byte(i), byte(i >> 8), byte(i >> 16)}}, casework.KindPerson, casework.RecordID{}, someone(i))
		try(b, err)
		r, _ := casework.Merge(casework.Record{}, op)
		p := casework.PersonOf(r)
		s.caseload.people = append(s.caseload.people, &p)
	}
	slices.SortFunc(s.caseload.people, byPlace)
	s.NameVillages(map[casework.Area]string{zhudao: "竹岛村"})
	s.Find("林")
	typed := []string{"林", "lin", "l", "linxx", "lyx", "王秀", "wang", "w", "wxy", "秀", "xiu", "x", "308", "3087", "0308", "03087X", "3组", "竹岛", "zhudao", "zhu", "单", "shan", "dan", "qqq", "z"}
	var took []time.Duration
	for b.Loop() {
		for _, q := range typed {
			start := time.Now()
			s.Find(q)
			took = append(took, time.Since(start))
		}
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*95/100].Microseconds()), "µs-p95")
	b.ReportMetric(float64(took[len(took)-1].Microseconds()), "µs-max")
}

// One save with an outbox against one without, turn by turn on one disk: nothing may be
// added, because nobody waits for it.
func BenchmarkSaveWithOutbox(b *testing.B) {
	var stores [2]*Store
	var took [2][]time.Duration
	var who [2]casework.RecordID
	for i := range stores {
		o := options(uint64(20 + i))
		o.noOutbox = i == 0
		s, err := Init(b.Context(), filepath.Join(b.TempDir(), "store"), secret, o)
		try(b, err)
		defer s.Close()
		id, err := s.Author().NewRecord()
		try(b, err)
		op, err := s.Author().Create(id, casework.KindPerson, casework.RecordID{}, someone(0))
		try(b, err)
		try(b, s.Save(b.Context(), op))
		stores[i], who[i] = s, id
	}
	for n := 0; b.Loop(); n++ {
		for i, s := range stores {
			id, err := s.Author().NewRecord()
			try(b, err)
			op, err := s.Author().Create(id, casework.KindVisit, who[i], aVisit(n))
			try(b, err)
			start := time.Now()
			try(b, s.Save(context.Background(), op))
			took[i] = append(took[i], time.Since(start))
		}
	}
	at := func(i, percent int) float64 {
		slices.Sort(took[i])
		return float64(took[i][len(took[i])*percent/100].Microseconds())
	}
	b.ReportMetric(at(0, 50), "µs-without")
	b.ReportMetric(at(1, 50), "µs-with")
	b.ReportMetric(at(1, 50)/at(0, 50), "ratio")
	b.ReportMetric(at(1, 95)/at(0, 95), "ratio-p95")
}

// A store that was closed properly, with a season's work in its outbox, against the same
// store without one: opening reads the outbox only when it has to.
func BenchmarkOpenWithOutbox(b *testing.B) {
	o := options(30)
	s, err := Init(b.Context(), filepath.Join(b.TempDir(), "store"), secret, o)
	try(b, err)
	a := s.Author()
	who, err := a.NewRecord()
	try(b, err)
	op, err := a.Create(who, casework.KindPerson, casework.RecordID{}, someone(0))
	try(b, err)
	try(b, s.Save(b.Context(), op))
	for n := range 2000 {
		id, err := a.NewRecord()
		try(b, err)
		op, err := a.Create(id, casework.KindVisit, who, aVisit(n))
		try(b, err)
		try(b, s.Save(b.Context(), op))
	}
	try(b, s.Close())
	var took [3][]time.Duration
	for b.Loop() {
		for i := range took {
			o.noOutbox = i == 0
			if i == 2 { // read whole: the last record is torn
				path := filepath.Join(s.dir, outboxFolder)
				names, err := os.ReadDir(path)
				try(b, err)
				last := filepath.Join(path, names[len(names)-1].Name())
				info, err := os.Stat(last)
				try(b, err)
				try(b, os.Truncate(last, info.Size()-100))
			}
			start := time.Now()
			n, err := Open(b.Context(), s.dir, secret, o)
			try(b, err)
			took[i] = append(took[i], time.Since(start))
			try(b, n.Close())
		}
	}
	middle := func(i int) float64 {
		slices.Sort(took[i])
		return float64(took[i][len(took[i])/2].Microseconds()) / 1000
	}
	b.ReportMetric(middle(0), "ms-without")
	b.ReportMetric(middle(1)/middle(0), "ratio")
	b.ReportMetric(middle(2)/middle(0), "ratio-read")
}
