package sheet

import (
	"fmt"
	"strings"
	"testing"

	"doorstep/casework"
)

func TestHeadings(t *testing.T) {
	for _, c := range []struct {
		path []string
		want casework.Field
		tick string
	}{
		{[]string{"姓 名"}, "name", ""},
		{[]string{"儿童姓名（必填）"}, "name", ""},
		{[]string{"姓名*"}, "name", ""},
		{[]string{"公民身份证\n号码"}, "resident", ""},
		{[]string{"ＩＤ"}, "resident", ""},
		{[]string{"村（居）"}, "area", ""},
		{[]string{"镇（街道）"}, asTownship, ""},
		{[]string{"出生年月（公历）"}, "birth", ""},
		{[]string{"联系电话（手机）"}, "phones", ""},
		{[]string{"年龄"}, asComputed, ""},
		{[]string{"父亲情况"}, "father_state", ""},
		{[]string{"父亲情况", "姓名"}, "father_name", ""},
		{[]string{"父亲信息", "务工地点"}, "father_place", ""},
		{[]string{"母亲", "身份证号码"}, "mother_resident", ""},
		{[]string{"母亲身份证号码"}, "mother_resident", ""},
		{[]string{"监护人信息", "联系电话"}, "guardian_phone", ""},
		{[]string{"监护人信息", "与被监护人关系"}, "guardian_relation", ""},
		{[]string{"父亲情况", "婚姻"}, "", ""},
		{[]string{"儿童基本信息", "身份证号"}, "resident", ""},
		{[]string{"某某街道困境儿童花名册", "学校"}, "school", ""},
		{[]string{"困境类型", "孤儿"}, "child_categories", "orphan"},
		{[]string{"困境类型", "残疾"}, "child_categories", "disabled"},
		{[]string{"是否低保"}, "layers", "DIBAO"},
		{[]string{"独居"}, "elder_categories", "EL1"},
		{[]string{"是否独居"}, "living", ""},
		{[]string{"户主姓名"}, asElsewhere, ""},
		{[]string{"火星语"}, "", ""},
	} {
		if got := understandHeading(c.path); got.field != c.want || got.tick != c.tick {
			t.Errorf("%v: %v", c.path, got)
		}
	}
}

func TestHeadingWordsNameOneFieldEach(t *testing.T) {
	seen := map[string]casework.Field{}
	spec, _ := casework.SchemaOf(casework.KindPerson)
	for f, words := range moreHeadings {
		if _, ok := spec.Find(setless(f)); !ok && !strings.HasPrefix(string(f), "(") {
			t.Errorf("the schema has no %s", f)
		}
		for _, w := range strings.Fields(words) {
			h := plainHeading(w)
			if other, twice := seen[h]; twice && other != f {
				t.Errorf("%s could be %s or %s", w, other, f)
			}
			seen[h] = f
		}
	}
}

func TestPhoneBesideTheGuardianIsHers(t *testing.T) {
	r := readGrid(t, district,
		[]string{"姓名", "身份证号", "监护人姓名", "身份证号", "联系电话", "村"},
		[]string{"林小溪", linXiaoxi, "王秀英", wangXiu, "13912342231 13812345678", "竹岛村"})
	row := r.Rows[0]
	if text(row.Values["guardian_phone"]) != "13912342231" || fmt.Sprint(row.Phones) != "[13812345678]" {
		t.Error(row.Values["guardian_phone"], row.Phones)
	}
	if !strings.Contains(string(row.Values["guardian_resident"]), wangXiu) || row.Resident.Reveal() != linXiaoxi {
		t.Error("two ID columns belong to two people")
	}
}

func TestAnswersToQuestionsAreRemembered(t *testing.T) {
	rows := [][]string{{"姓名", "身份证号", "村", "火星语", "土话"}, {"林小溪", linXiaoxi, "竹岛村", "竹岛小学", "x"}}
	r := readGrid(t, district, rows...)
	if fmt.Sprint(r.Questions()) != "[火星语 土话]" {
		t.Fatal(r.Questions())
	}
	o := district
	o.Headings = map[string]casework.Field{"火星语": "school", "土话": ""}
	again := readGrid(t, o, rows...)
	if len(again.Questions()) != 0 || text(again.Rows[0].Values["school"]) != "竹岛小学" || again.Fingerprint() != r.Fingerprint() {
		t.Error(again.Questions(), again.Rows[0].Values)
	}
}

func TestARoleImportsOnlyWhatItMaySeeAndWrite(t *testing.T) {
	o := district
	o.Role = casework.RoleChildDirector
	r := readGrid(t, o, []string{"姓名", "村", "银行账号", "艾滋病感染"}, []string{"林小溪", "竹岛村", "6222000000000000", "是"})
	for _, c := range r.Sheets[0].Columns[2:] {
		if c.Use != Forbidden {
			t.Errorf("%s: %v", c.Heading, c.Use)
		}
	}
	for _, f := range []casework.Field{"account_number", "hiv"} {
		if r.Rows[0].Values[f] != nil {
			t.Errorf("%s was read", f)
		}
	}
}
