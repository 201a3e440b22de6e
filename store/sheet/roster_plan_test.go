package sheet

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"doorstep/casework"

	"pgregory.net/rapid"
)

func author(seed uint64) casework.Author {
	r := rand.NewChaCha8([32]byte{byte(seed), byte(seed >> 8), byte(seed >> 16)})
	id, err := casework.NewID(r)
	must(err)
	return casework.Author{Worker: casework.WorkerID{ID: id}, Now: func() time.Time { return rosterDay.Time().Add(9 * time.Hour) }, Rand: r}
}

// desk is a store in memory: what the merge makes of the operations it was given.
type desk map[casework.RecordID]casework.Record

func (d desk) take(t interface{ Fatal(...any) }, ops ...casework.Op) {
	official := casework.Actor{Role: casework.RoleChildSupervisor, Scopes: []casework.Scope{{Area: "371002000000", Duties: []casework.Duty{"child", "elder", "aid"}}}}
	for _, op := range ops {
		official.Worker = op.Worker
		if why := casework.Examine(d[op.Record], op, official); why != "" {
			t.Fatal("the merge would not take it: ", why)
		}
		after, _ := casework.Merge(d[op.Record], op)
		d[op.Record] = after
	}
}

func (d desk) people() (out []casework.Record) {
	for _, r := range d {
		out = append(out, r)
	}
	return out
}

func (d desk) named(name string) casework.Record {
	for _, r := range d {
		if r.Text("name") == name {
			return r
		}
	}
	return casework.Record{}
}

var child = []string{"姓名", "性别", "身份证号", "村", "困境类型", "监护人", "与儿童关系", "联系电话", "学校"}

func xiaoxi(changed ...string) []string {
	row := []string{"林小溪", "女", linXiaoxi, "竹岛村", "事实无人抚养", "王秀英", "奶奶", "13912342231", "竹岛小学"}
	for i := 0; i+1 < len(changed); i += 2 {
		for c, h := range child {
			if h == changed[i] {
				row[c] = changed[i+1]
			}
		}
	}
	return row
}

func (d desk) load(t *testing.T, seed uint64, rows ...[]string) *Plan {
	t.Helper()
	p := planOf(t, readGrid(t, district, append([][]string{child}, rows...)...), d.people())
	ops, err := p.Operations(author(seed))
	if err != nil {
		t.Fatal(err)
	}
	d.take(t, ops...)
	return p
}

func TestNewThenSameThenChanged(t *testing.T) {
	d := desk{}
	if p := d.load(t, 1, xiaoxi()); p.Lines[0].Kind != LineNew {
		t.Fatal(p.Lines[0].Kind, p.Lines[0].Reasons)
	}
	if p := d.load(t, 2, xiaoxi()); p.Lines[0].Kind != LineSame || len(p.Lines[0].Changes) != 0 {
		t.Fatal(p.Lines[0].Kind, p.Lines[0].Changes)
	}
	if p := d.load(t, 3, xiaoxi("学校", "望海小学", "困境类型", "留守", "监护人", "")); p.Lines[0].Kind != LineChanged || len(p.Lines[0].Changes) != 2 {
		t.Fatal(p.Lines[0].Kind, p.Lines[0].Changes)
	}
	r := d.named("林小溪")
	if r.Text("school") != "望海小学" || string(r.Value("child_categories")) != `["de_facto_unattended","left_behind"]` || r.Text("guardian_name") != "王秀英" {
		t.Error("a blank cell erases nothing, a category is added:", string(r.Value("child_categories")), r.Text("guardian_name"))
	}
	if len(d) != 1 || len(r.Conflicts()) != 0 {
		t.Error(len(d), r.Conflicts())
	}
}

func TestDoubts(t *testing.T) {
	other := idOf("37100220170312104")
	for _, c := range []struct {
		name string
		row  []string
		kind LineKind
		code casework.Code
	}{
		{"the number is hers, the name is not", xiaoxi("姓名", "林晓西"), LineDoubtful, "roster.name_differs"},
		{"the same name and birthday in the village, another number", xiaoxi("身份证号", other), LineDoubtful, "roster.other_number"},
		{"the same name without number", xiaoxi("身份证号", ""), LineSame, ""},
		{"the same name without number and another school", xiaoxi("身份证号", "", "学校", "望海小学"), LineDoubtful, "roster.maybe_known"},
		{"she seems to live in another township", xiaoxi("村", "371002101201"), LineDoubtful, "roster.moved"},
		{"in the next village of the same township", xiaoxi("村", "望海村"), LineChanged, ""},
		{"the sex differs from her number", xiaoxi("性别", "男", "学校", "望海小学"), LineDoubtful, "resident.sex"},
		{"somebody else", xiaoxi("姓名", "赵铁柱", "性别", "男", "身份证号", zhaoTie), LineNew, ""},
		{"another child of that name", xiaoxi("身份证号", idOf("37100220120101102")), LineNew, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := desk{}
			d.load(t, 1, xiaoxi())
			p := d.load(t, 2, c.row)
			if p.Lines[0].Kind != c.kind {
				t.Fatal(p.Lines[0].Kind, p.Lines[0].Changes, p.Lines[0].Reasons)
			}
			if c.code != "" && p.Lines[0].Reasons[0].Code() != c.code {
				t.Error(p.Lines[0].Reasons)
			}
		})
	}
}

func TestTwiceInOneFile(t *testing.T) {
	d := desk{}
	p := d.load(t, 1, xiaoxi(), xiaoxi("姓名", "赵铁柱", "性别", "男", "身份证号", zhaoTie), xiaoxi("学校", "望海小学"))
	if p.Lines[0].Kind != LineNew || p.Lines[2].Kind != LineDoubtful || p.Lines[2].Reasons[0].Code() != "roster.twice" || p.Lines[2].Reasons[0].Err.Args["First"] != 2 {
		t.Error(p.Lines[2].Kind, p.Lines[2].Reasons)
	}
}

func TestADoubtfulRowIsTakenOnlyWhenSomebodySaysSo(t *testing.T) {
	d := desk{}
	d.load(t, 1, xiaoxi())
	p := planOf(t, readGrid(t, district, child, xiaoxi("姓名", "林晓西")), d.people())
	if ops, err := p.Operations(author(2)); err != nil || len(ops) != 0 {
		t.Fatal(len(ops), err)
	}
	if err := p.Decide(0, TakeAsHers, casework.RecordID{}); casework.CodeOf(err) != "roster.no_candidate" {
		t.Error(err)
	}
	must(p.Decide(0, TakeAsHers, p.Lines[0].Candidates[0]))
	ops, err := p.Operations(author(2))
	must(err)
	d.take(t, ops...)
	if len(d) != 1 || d.named("林晓西").IsZero() {
		t.Error("her name was not put right")
	}
	if err := p.Decide(7, LeaveOut, casework.RecordID{}); casework.CodeOf(err) != "roster.not_doubtful" {
		t.Error(err)
	}
}

// Two offices import two rosters at the same time: both fields hold, and where they say
// different things both are kept until a person chooses.
func TestImportsCanDisagreeLikeAnyEdit(t *testing.T) {
	d := desk{}
	d.load(t, 1, xiaoxi())
	before := d.people()
	a := planOf(t, readGrid(t, district, child, xiaoxi("学校", "望海小学")), before)
	b := planOf(t, readGrid(t, district, child, xiaoxi("学校", "花园小学", "困境类型", "留守")), before)
	for i, p := range []*Plan{a, b} {
		ops, err := p.Operations(author(uint64(10 + i)))
		must(err)
		d.take(t, ops...)
	}
	r := d.named("林小溪")
	if fmt.Sprint(r.Conflicts()) != "[schooling]" || r.Text("school") != "望海小学" {
		t.Error(r.Conflicts(), r.Text("school"))
	}
	if p := d.load(t, 20, xiaoxi("学校", "第三小学")); p.Lines[0].Kind != LineSame || p.Lines[0].Reasons[0].Code() != "roster.two_already" {
		t.Error("an import does not settle a disagreement:", p.Lines[0].Kind, p.Lines[0].Reasons)
	}
}

func TestAnImportIsUndone(t *testing.T) {
	d := desk{}
	d.load(t, 1, xiaoxi())
	p := d.load(t, 2, xiaoxi("学校", "望海小学", "联系电话", "13812345678", "困境类型", "留守"), xiaoxi("姓名", "赵铁柱", "性别", "男", "身份证号", zhaoTie))
	edit, err := author(3).Edit(d.named("林小溪"), casework.Values{"child_categories": []string{"orphan"}}, "")
	must(err)
	d.take(t, edit)
	ops, err := p.Undo(author(4), "导错了文件", func(id casework.RecordID) (casework.Record, bool) { r, ok := d[id]; return r, ok })
	must(err)
	d.take(t, ops...)
	r := d.named("林小溪")
	if r.Text("school") != "竹岛小学" || r.Text("guardian_phone") != "13912342231" {
		t.Error("not as it was:", r.Text("school"), r.Text("guardian_phone"))
	}
	if string(r.Value("child_categories")) != `["orphan"]` {
		t.Error("what was changed since is left alone:", string(r.Value("child_categories")))
	}
	if why, gone := d.named("赵铁柱").Retracted(); !gone || why != "导错了文件" {
		t.Error("the new child is taken back:", why, gone)
	}
}

// A child director imports her own village's roster on her laptop: the merge takes every
// operation from her, and rows of other villages and other lines of work never become one.
func TestAVillageWorkerImportsOnlyWhatIsHers(t *testing.T) {
	o := RosterOptions{Today: rosterDay, Area: "371002001203", Villages: villages, Role: casework.RoleChildDirector, Duties: casework.RoleChildDirector.Duties()}
	r := readGrid(t, o, []string{"姓名", "身份证号", "村", "等级"},
		[]string{"林小溪", linXiaoxi, "竹岛村", "一级"}, []string{"王秀英", wangXiu, "竹岛村", ""}, []string{"赵铁柱", zhaoTie, "望海村", ""})
	p := planOf(t, r, nil)
	if p.Lines[1].Reasons[0].Code() != "roster.duty_elsewhere" || p.Lines[2].Reasons[0].Code() != "roster.village_elsewhere" {
		t.Error(p.Lines[1].Reasons, p.Lines[2].Reasons)
	}
	ops, err := p.Operations(author(1))
	must(err)
	if len(ops) != 1 {
		t.Fatal(len(ops))
	}
	her := casework.Actor{Worker: ops[0].Worker, Role: casework.RoleChildDirector, Scopes: []casework.Scope{{Area: "371002001203", Duties: []casework.Duty{casework.DutyChild}}}}
	if why := casework.Examine(casework.Record{}, ops[0], her); why != "" {
		t.Error("the merge would keep it aside: ", why)
	}
	after, _ := casework.Merge(casework.Record{}, ops[0])
	if !her.Holds(after.Areas(), after.Duties()) || after.Text("standing_grade") != "" {
		t.Error("not in her care, or a grade that is not hers to give")
	}
}

// Whatever is in the file, importing it a second time changes nothing.
func TestTheSameFileTwiceChangesNothing(t *testing.T) {
	words := map[string][]string{
		"姓名":    {"林小溪", "林 小溪", "赵铁柱", "买买提•吐尔逊", "𠮷田", "张三(大)", "", "同上"},
		"性别":    {"女", "男", "", "不详", "2"},
		"身份证号":  {linXiaoxi, zhaoTie, maimaiti, strings.ToLower(tian), "", "无", "未落户", "3.71002E+17", wide(linXiaoxi)},
		"村":     {"竹岛村", "望海村", "同上", "火星村", "花园社区"},
		"出生日期":  {"2017-03-12", "2017.3", "2014年5月21日", "", "农历2014年5月2日", "41780", "24.2.28"},
		"困境类型":  {"孤儿", "事实无人抚养、留守", "火星", "", "低保"},
		"监护人":   {"王秀英", "赵刚", "", "无", "同上"},
		"与儿童关系": {"奶奶", "父亲", "妈妈", "", "干爹"},
		"联系电话":  {"13912342231", "13912342231/13812345678", "", "139****1234", "〃"},
		"备注":    {"", "有狗", "无", "下午4点后在家"},
		"独居":    {"√", "×", "", "是", "?"},
		"残疾证号":  {"", linXiaoxi + "42", "1"},
		"健康状况":  {"健康", "高血压", "", "残疾"},
		"自理能力":  {"自理", "中度失能", "", "不能自理"},
	}
	heads := []string{"姓名", "性别", "身份证号", "村", "出生日期", "困境类型", "监护人", "与儿童关系", "联系电话", "备注", "独居", "残疾证号", "健康状况", "自理能力"}
	rapid.Check(t, func(rt *rapid.T) {
		rows := [][]string{heads}
		for range rapid.IntRange(1, 8).Draw(rt, "rows") {
			row := make([]string, len(heads))
			for c, h := range heads {
				row[c] = rapid.SampledFrom(words[h]).Draw(rt, h)
			}
			rows = append(rows, row)
		}
		d := desk{}
		for n := range 3 {
			r, err := ReadRoster(&Book{Sheets: []*Grid{NewGrid("名单", rows)}}, district)
			if err != nil {
				rt.Fatal(err)
			}
			p, err := PlanRoster(t.Context(), r, NewRecords(d.people()))
			if err != nil {
				rt.Fatal(err)
			}
			ops, err := p.Operations(author(uint64(n)))
			if err != nil {
				rt.Fatal(err)
			}
			if n > 0 && len(ops) > 0 {
				rt.Fatalf("import %d writes again: %s in %v", n+1, ops[0].Writes[0].Field, rows)
			}
			d.take(rt, ops...)
		}
	})
}
