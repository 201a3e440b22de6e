package sheet

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"doorstep/casework"

	"github.com/xuri/excelize/v2"
)

var writeRosters = flag.Bool("write-rosters", false, "write the ugly rosters and their plans under testdata/sheet again")

const rosterDir = "../../testdata/sheet"

var (
	rosterDay = casework.MustDay("2026-11-22")
	villages  = []VillageName{
		{"371002001203", "竹岛村", "竹岛街道"},
		{"371002001204", "望海村", "竹岛街道"},
		{"371002001001", "花园社区", "竹岛街道"},
		{"371002101201", "前进村", "桥头镇"},
		{"371002102201", "前进村", "温泉镇"},
	}
	district = RosterOptions{Today: rosterDay, Area: "371002000000", Villages: villages}
)

// idOf makes a legal number of an invented person.
func idOf(body string) string {
	for _, c := range "0123456789X" {
		if _, err := casework.ParseResidentID(body+string(c), rosterDay); err == nil {
			return body + string(c)
		}
	}
	panic(body)
}

var (
	linXiaoxi = idOf("37100220170312102")
	zhaoTie   = idOf("37100220140521101")
	maimaiti  = idOf("65310120160815303")
	tian      = idOf("37100220180901004")
	wangXiu   = idOf("37100219550203102")
	sunYulan  = idOf("37100219400718002")
)

// ugly are the rosters, each as somebody would really send it.
var ugly = map[string]func(f *excelize.File){
	"children.xlsx": func(f *excelize.File) {
		s := "Sheet1"
		put(f, s, 1, "竹岛街道困境儿童花名册")
		merge(f, s, "A1", "P1")
		put(f, s, 2, "填报单位：竹岛街道（盖章）", nil, nil, nil, nil, nil, "填报日期：2026年11月", nil, nil, "单位：元")
		put(f, s, 3, "序号", "村（社区）", "儿童姓名*", "性别", "公民身份号码\n(必填)", "出生年月", "困境类型", nil, nil, "父亲情况", nil, nil, "监护人", "与儿童关系", "联系电话", "备 注")
		put(f, s, 4, nil, nil, nil, nil, nil, nil, "孤儿", "事实无人抚养", "留守", "姓名", "现状", "联系电话")
		merge(f, s, "G3", "I3")
		merge(f, s, "J3", "L3")
		for _, c := range []string{"A", "B", "C", "D", "E", "F", "M", "N", "O", "P"} {
			merge(f, s, c+"3", c+"4")
		}
		put(f, s, 5, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16)
		put(f, s, 6, 1, "竹岛村", " 林 小 溪 ", "女", "'"+linXiaoxi, "2017.3.12", "×", "√", "", "林大海", "服刑", "—", "王秀英", "奶奶", "13912342231/0631-5812345", "有狗")
		put(f, s, 7, 2, "同上", "赵铁柱", "男", wide(zhaoTie), 41780, nil, nil, "是", "赵刚", "外出务工", "１３８１２３４５６７８", "赵大爷", "爷爷", "〃", nil) // 2014-05-21
		put(f, s, 8, 3, "〃", "买买提•吐尔逊", "男", strings.ToLower(maimaiti), "2016年8月", nil, nil, "1", nil, nil, nil, "阿依古丽", "妈妈", "13712345678", nil)
		put(f, s, 9, 4, "望海村", "𠮷田", "女", 371002201809010042.0, "2018-09-01", "√", nil, nil, nil, "去世", nil, "㐂凤", "姑姑", "13612345678", nil)
		put(f, s, 10, 5, "望海村", "孙小满", "女", idOf("37100220190101102")[:17]+"？", "2019-01-01", nil, "√")
		put(f, s, 11, "小计", nil, nil, nil, nil, nil, 1, 2, 2)
		put(f, s, 12, 6, "望海村", "周安", "男", nil, "2020年2月30日", nil, nil, "√")
		put(f, s, 13, 7, "花园社区居委会", "李静静", "女", nil, "24.2.28", nil, "打勾", nil, nil, nil, nil, "李敏", "姨妈", "139****2231", nil)
		put(f, s, 14, 8, "火星村", "郑前", "男", idOf("37100220150601101"), "2015-06-01", nil, "√")
		put(f, s, 15, 9, "前进村", "吴双", "女", idOf("37100220150602102"), "2015-06-02", nil, "√")
		put(f, s, 16, 10, "竹岛村", nil, "女", idOf("37100220150603102"), "2015-06-03")
		put(f, s, 17, "合计", nil, "10人")
		put(f, s, 19, "单位负责人：张桂芬", nil, nil, nil, "审核人：", nil, nil, nil, "填表人：", nil, nil, nil, "联系电话：0631-5812345")
		put(f, s, 20, "注：本表每季度报送一次，困境类型按实际情况打√。")
		must(f.SetRowVisible(s, 13, false))
		date, err := f.NewStyle(&excelize.Style{NumFmt: 14})
		must(err)
		must(f.SetCellStyle(s, "F7", "F7", date))
	},
	"parents-on-two-rows.xlsx": func(f *excelize.File) {
		s := "竹岛村"
		must(f.SetSheetName("Sheet1", s))
		put(f, s, 1, "序号", "姓名", "身份证号码", "家长姓名", "与儿童关系", "联系电话", "身份证号")
		put(f, s, 2, 1, "林小溪", linXiaoxi, "林大海", "父亲", "13812345678", idOf("37100219880101101"))
		put(f, s, 3, nil, nil, nil, "陈梅", "母亲", "13712345678", nil)
		put(f, s, 4, nil, nil, nil, "王秀英", "奶奶", "13912342231", wangXiu)
		for _, c := range []string{"A", "B", "C"} {
			merge(f, s, c+"2", c+"4")
		}
		put(f, s, 5, 2, "赵铁柱", zhaoTie, "赵刚", "爸爸", "13612345678", nil)
		put(f, s, 6, nil, "赵铁柱", zhaoTie, "钱芳", "妈妈", "13512345678", nil)
		put(f, s, 7, 3, "买买提·吐尔逊", maimaiti, nil, nil, nil, nil)
		_, err := f.NewSheet("望海村")
		must(err)
		put(f, "望海村", 1, "姓名", "性别", "身份证号码")
		put(f, "望海村", 2, "𠮷田", "男", tian)
		put(f, "望海村", 3, "姓名", "性别", "身份证号码")
		put(f, "望海村", 4, "𠮷田", "女", tian)
		_, err = f.NewSheet("填表说明")
		must(err)
		put(f, "填表说明", 1, "一、请如实填写")
		_, err = f.NewSheet("旧表")
		must(err)
		put(f, "旧表", 1, "姓名", "性别")
		put(f, "旧表", 2, "张三", "男")
		must(f.SetSheetVisible("旧表", false))
	},
}

// elders is the text of a CSV file as old software writes it.
const eldersCSV = "特殊困难老年人台账,,,,,,,,\r\n" +
	"村居,老人姓名,性别,身份证号,居住状况,老人类别,自理能力,紧急联系人,紧急联系电话\r\n" +
	"竹岛村,王秀英,女,\"=\"\"%WANG%\"\"\",与孙辈居住,空巢、高龄,自理,林大海,13812345678\r\n" +
	"竹岛村,孙玉兰,女,%SUN%,独居,独居；高龄；火星,半失能,,\r\n" +
	"竹岛村,刘桂英,女,1.10108E+17,独居,独居,,,\r\n"

func put(f *excelize.File, sheet string, row int, values ...any) {
	must(f.SetSheetRow(sheet, "A"+itoa(row), &values))
}

func itoa(n int) string { return strings.TrimLeft(CellName(n, 1), "A") }

func merge(f *excelize.File, sheet, from, to string) { must(f.MergeCell(sheet, from, to)) }

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func wide(s string) string {
	return strings.Map(func(r rune) rune { return r - '!' + 0xFF01 }, s)
}

func workbook(build func(f *excelize.File)) []byte {
	f := excelize.NewFile()
	defer f.Close() //nolint:errcheck // in memory
	build(f)
	var b bytes.Buffer
	must(f.Write(&b))
	return b.Bytes()
}

// rosterFile is a committed roster, written again first when asked.
func rosterFile(t *testing.T, name string, make func() []byte) []byte {
	t.Helper()
	path := filepath.Join(rosterDir, name)
	if *writeRosters {
		must(os.MkdirAll(rosterDir, 0o755))
		must(os.WriteFile(path, make(), 0o644))
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
