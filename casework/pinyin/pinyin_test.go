package pinyin

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestPolyphonesOfferAllReadings(t *testing.T) {
	for _, c := range []struct {
		name   string
		first  string
		others []string
	}{
		{"单小溪", "shanxiaoxi", []string{"danxiaoxi"}},
		{"曾大山", "zengdashan", []string{"cengdashan"}},
		{"查良", "zhaliang", []string{"chaliang"}},
		{"仇英", "qiuying", []string{"chouying"}},
		{"解放", "xiefang", []string{"jiefang"}},
		{"区明", "ouming", []string{"quming"}},
		{"任重", "renzhong", []string{"renchong"}},
		{"盖文", "gewen", []string{"gaiwen"}},
		{"尉迟恭", "yuchigong", []string{"weichigong"}},
		{"万俟强", "moqiqiang", nil},
		{"朴银花", "piaoyinhua", []string{"puyinhua"}},
		{"乐乐", "yuele", nil},
		{"翟梅", "zhaimei", []string{"dimei"}},
		{"林小溪", "linxiaoxi", nil},
		{"吕秀英", "lvxiuying", nil},
		{"㐂凤", "xifeng", nil},
		{"𠮷田", "jitian", nil},
		{"买买提·吐尔逊", "maimaititu", nil},
		{"John Li", "johnli", nil},
	} {
		full := Full(c.name)
		if len(full) == 0 || len(full) > maxReadings || full[0][:min(len(full[0]), len(c.first))] != c.first {
			t.Errorf("%s: %v", c.name, full)
			continue
		}
		for _, o := range c.others {
			if !slices.Contains(full, o) {
				t.Errorf("%s does not offer %s: %v", c.name, o, full)
			}
		}
	}
	if got := Initials("单小溪"); got[0] != "sxx" || !slices.Contains(got, "dxx") {
		t.Error(got)
	}
	if Full("") != nil || Full("·") != nil || Readings('a') != nil {
		t.Error("nothing to spell")
	}
}

var village = []string{"林小溪", "王秀英", "赵铁柱", "孙玉兰", "刘桂英", "周大山", "单小溪", "张桂芬", "买买提·吐尔逊", "𠮷田", "㐂凤", "吕布", "尉迟恭", "林晓西", "张三李四王五"}

func TestFindingPeople(t *testing.T) {
	x := NewIndex(village)
	for _, c := range []struct {
		query string
		want  []string
	}{
		{"林", []string{"林小溪", "林晓西"}},
		{"小溪", []string{"林小溪", "单小溪"}},
		{"linxiaoxi", []string{"林小溪", "林晓西"}},
		{"linxiaox", []string{"林小溪", "林晓西"}},
		{"lxx", []string{"林小溪", "林晓西"}},
		{"LXX", []string{"林小溪", "林晓西"}},
		{"ｌｘｘ", []string{"林小溪", "林晓西"}},
		{"xx", []string{"林小溪", "单小溪", "林晓西"}},
		{"林xx", []string{"林小溪", "林晓西"}},
		{"lin小溪", []string{"林小溪"}},
		{"lxiaox", []string{"林小溪", "林晓西"}},
		{"linxx", []string{"林小溪", "林晓西"}},
		{"dan", []string{"单小溪"}},
		{"shan", []string{"单小溪", "周大山"}},
		{"zhgf", []string{"张桂芬"}},
		{"zgf", []string{"张桂芬"}},
		{"guiying", []string{"刘桂英"}},
		{"mmttex", []string{"买买提·吐尔逊"}},
		{"tuerxun", []string{"买买提·吐尔逊"}},
		{"提吐", []string{"买买提·吐尔逊"}},
		{"𠮷", []string{"𠮷田"}},
		{"jitian", []string{"𠮷田"}},
		{"xif", []string{"㐂凤"}},
		{"lv", []string{"吕布"}},
		{"lvbu", []string{"吕布"}},
		{"lub", []string{"吕布"}},
		{"lyubu", []string{"吕布"}},
		{"yuchi", []string{"尉迟恭"}},
		{"wangwu", []string{"张三李四王五"}},
		{"zz", nil},
		{"林林", nil},
		{"", nil},
		{"!?", nil},
	} {
		got, _ := x.Find(c.query, 20)
		var names []string
		for _, i := range got {
			names = append(names, village[i])
		}
		if !slices.Equal(names, c.want) {
			t.Errorf("%q: %v, want %v", c.query, names, c.want)
		}
	}
	if got, more := x.Find("z", 1); len(got) != 1 || !more {
		t.Error(got, more)
	}
	if got, more := x.Find("𠮷", 1); len(got) != 1 || more {
		t.Error(got, more)
	}
}

// Whatever spelling Full and Initials offer, typing it, or any beginning of it, finds the name.
func TestEverySpellingFindsItsName(t *testing.T) {
	x := NewIndex(village)
	rapid.Check(t, func(t *rapid.T) {
		i := rapid.IntRange(0, len(village)-1).Draw(t, "who")
		all := append(Full(village[i]), Initials(village[i])...)
		s := rapid.SampledFrom(all).Draw(t, "spelling")
		s = s[:rapid.IntRange(1, len(s)).Draw(t, "typed")]
		if got, _ := x.Find(s, len(village)); !slices.Contains(got, i) {
			t.Fatalf("%s not found by %s: %v", village[i], s, got)
		}
	})
}

func FuzzFind(f *testing.F) {
	x := NewIndex(village)
	for _, s := range []string{"lxx", "林xx", "\xff", "zhgf", "买·"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, _ := x.Find(s, 100)
		for i, n := range got {
			if n < 0 || n >= len(village) || slices.Contains(got[:i], n) {
				t.Fatal(got)
			}
		}
	})
}
