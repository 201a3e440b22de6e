package sheet

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"doorstep/casework"
)

func BenchmarkReadRoster(b *testing.B) {
	rows := [][]string{{"姓名", "性别", "身份证号", "村", "监护人", "关系", "联系电话", "备注"}}
	for i := range 5000 {
		rows = append(rows, []string{"林小溪", "女", idOf(fmt.Sprintf("371002201703%02d%03d", i%28+1, i/28*2)), "竹岛村", "王秀英", "奶奶", "13912342231", "无"})
	}
	book := &Book{Sheets: []*Grid{NewGrid("名单", rows)}}
	for b.Loop() {
		if _, err := ReadRoster(book, district); err != nil {
			b.Fatal(err)
		}
	}
}

func FuzzRoster(f *testing.F) {
	f.Add("姓名,身份证号,村\n林小溪,"+linXiaoxi+",竹岛村\n", true)
	f.Add("困境儿童,,\n姓名,困境类型,\n,孤儿,留守\n张三,√,×\n同上,,\n合计,1,\n", false)
	f.Add("姓名,父亲情况,,出生日期\n,姓名,电话,\n李四,李五,139 1234 2231,2024年2月\n", true)
	f.Add("\xd0\xcf\x11\xe0", false)
	f.Fuzz(func(t *testing.T, s string, role bool) {
		b, err := OpenBook("f.csv", []byte(s))
		if err != nil {
			if casework.CodeOf(err) == "" {
				t.Fatal(err)
			}
			return
		}
		o := district
		if role {
			o.Role, o.Area = casework.RoleChildDirector, "371002001203"
		}
		r, err := ReadRoster(b, o)
		if err != nil {
			return
		}
		p, err := PlanRoster(context.Background(), r, NewRecords(nil))
		if err != nil {
			t.Fatal(err)
		}
		ops, err := p.Operations(author(1))
		if err != nil {
			t.Fatal(err)
		}
		spec, _ := casework.SchemaOf(casework.KindPerson)
		for _, op := range ops {
			for _, w := range op.Writes {
				if !slices.Contains(spec.Registers(), casework.Field(strings.SplitN(string(w.Field), "/", 2)[0])) {
					t.Fatalf("no register %s", w.Field)
				}
			}
		}
	})
}
