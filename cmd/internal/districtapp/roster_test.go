package districtapp

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"doorstep/casework"
)

// number is an ID number with its check character. The county 371099 was never given out.
func number(birth, order string) string {
	s := "371099" + birth + order
	weights := [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	sum := 0
	for i, w := range weights {
		sum += w * int(s[i]-'0')
	}
	return s + string("10X98765432"[sum%11])
}

const villages = "代码,名称\n371002001000,竹岛街道\n371002001201,竹岛村\n371002001202,望海村\n"

func children(school string) string {
	return "环翠区困境儿童花名册\n序号,姓名,性别,身份证号,村居,困境类型,联系电话,学校,外星人编号\n" +
		"1,林小溪,女," + number("20170312", "102") + ",竹岛村,留守,13900002231," + school + ",\n" +
		"2,买买提·吐尔逊,男," + number("20140521", "101") + ",望海村,留守,13900002232,望海小学,\n" +
		"3,𠮷㐂,男," + number("20150101", "103") + ",蓬莱村,留守,,,\n" +
		"4,孙玉兰,女,1.10108E+17,竹岛村,留守,,,\n合计,4人\n"
}

// count is how many rows of a kind there were.
func (d importDocument) count(kind string) int { return d.Counts[kind] }

type peopleList struct{ People []personRow }

func TestARosterGoesInOnceAndSaysWhatItDid(t *testing.T) {
	onBoth(t, func(t *testing.T, db string) {
		c := newConsole(t, db)
		c.found()
		c.does("areas", c.file("村.csv", villages))
		roster := c.file("花名册.csv", children("竹岛小学"))

		dry := reads[importDocument](c, "import", roster, "--dry-run")
		if !dry.DryRun || dry.count("new") != 2 || dry.count("refused") != 2 || dry.Imported != 0 || !slices.Equal(dry.Unknown, []string{"外星人编号"}) {
			t.Errorf("%+v", dry)
		}
		if l := dry.Rows[2]; l.Kind != "refused" || l.Row != 5 || len(l.Reasons) != 1 || l.Reasons[0].Code != "roster.village_unknown" || l.Reasons[0].Column != "E" {
			t.Errorf("%+v", l)
		}
		if people := reads[peopleList](c, "list", "people").People; len(people) != 0 {
			t.Fatal("a dry run wrote", people)
		}

		text := c.does("import", roster)
		for _, want := range []string{
			"花名册!5  退回\n    花名册!E5  区里的村居名单里没有这个村居。", "花名册!6  退回\n    花名册!D6  身份证号被 Excel 变成了科学计数",
			"不认识的表头，没有收：外星人编号", "新增 2 人，有变化 0 人，没变化 0 人，要您定 0 人，退回 2 人", "已导入 2 人。",
		} {
			if !strings.Contains(text, want) {
				t.Errorf("%q is not in\n%s", want, text)
			}
		}
		if again := reads[importDocument](c, "import", roster); again.count("same") != 2 || again.count("new")+again.count("changed")+again.Imported != 0 {
			t.Errorf("the same file twice: %+v", again)
		}
		c.does("areas", "--add", "371002001203=蓬莱村")
		more := reads[importDocument](c, "import", c.file("花名册.csv", children("望海小学")))
		if more.count("new") != 1 || more.count("changed") != 1 || more.count("same") != 1 || more.Imported != 2 || more.Aside != 0 {
			t.Errorf("%+v", more)
		}
		if out := c.does("verify"); !strings.Contains(out, "没有问题：4 条记录，3 份档案") {
			t.Error(out)
		}
	})
}

func TestListsShowNamesAndMaskNumbers(t *testing.T) {
	c := newConsole(t, "")
	c.found()
	c.does("areas", c.file("村.csv", villages))
	c.does("import", c.file("花名册.csv", children("竹岛小学")))
	people := reads[peopleList](c, "list", "people").People
	if len(people) != 2 || people[0].Name != "林小溪" || people[0].Village != "竹岛村" || !slices.Equal(people[0].Duties, []casework.Duty{"child"}) {
		t.Fatalf("%+v", people)
	}
	text := c.does("list", "people") + c.does("list", "people", "--json")
	for _, secret := range []string{number("20170312", "102"), "20170312", "13900002231"} {
		if strings.Contains(text, secret) {
			t.Errorf("%s is shown", secret)
		}
	}
	if !strings.Contains(text, "买买提·吐尔逊") || !strings.Contains(text, "139****2231") {
		t.Error(text)
	}
	there := reads[peopleList](c, "list", "people", "--area", "371002001202").People
	if len(there) != 1 || there[0].Name != "买买提·吐尔逊" {
		t.Errorf("%+v", there)
	}
	var visits map[string][]json.RawMessage
	must(t, json.Unmarshal([]byte(c.does("list", "visits", "--json")), &visits))
	if len(visits["visits"]) != 0 || visits["visits"] == nil {
		t.Error("nobody was visited: an empty list, not null", visits)
	}
	if out := c.does("list", "devices"); out != "没有。\n" {
		t.Error(out)
	}
}

func TestHostileNamesDoNothingToTheTerminal(t *testing.T) {
	c := newConsole(t, "")
	c.found()
	c.does("areas", "--add", "371002001201=竹岛\x1b[31m村\u202e", "--add", "371002001202="+strings.Repeat("长", 10_000))
	c.does("import", c.file("花名册.csv", "姓名,性别,出生日期,村居\n林\u202e小\u200b溪,女,2017-03-12,371002001201\n"+strings.Repeat("长", 10_000)+",女,2017-03-12,371002001202\n"))
	for _, args := range [][]string{{"list", "people"}, {"list", "people", "--json"}, {"areas"}, {"areas", "--json"}} {
		out := c.does(args...)
		if strings.ContainsAny(out, "\x1b\x07\u202e") || strings.Contains(out, `\u202e`) || strings.Contains(out, strings.Repeat("长", 100)) {
			t.Errorf("%v: %.300q", args, out)
		}
	}
}

func TestColumnsStayStraightUnderHanCharacters(t *testing.T) {
	c := newConsole(t, "")
	c.found()
	c.does("areas", c.file("村.csv", villages))
	c.does("import", c.file("花名册.csv", children("竹岛小学")))
	want := "" +
		"姓名           性别  村居    归口  身份证号            电话         编号\n" +
		"林小溪         女    竹岛村  "
	if got := c.does("list", "people"); !strings.HasPrefix(got, want) {
		t.Errorf("%s", got)
	}
}
