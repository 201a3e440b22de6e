package sheet

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"doorstep/casework"
)

// Fields that only the reader knows.
const (
	asTownship  casework.Field = "(township)"
	asComputed  casework.Field = "(computed)"
	asElsewhere casework.Field = "(elsewhere)"
)

// moreHeadings are headings beside those of the schema table (domain §7).
var moreHeadings = map[casework.Field]string{
	"name":               "受助人姓名 人员姓名 学生姓名 老年人姓名 被监护人姓名 未成年人姓名 名称",
	"resident":           "身份号码 居民身份证号 居民身份证号码 儿童身份证号 儿童身份证号码 老人身份证号 证件号 身份证件号码",
	"birth":              "出生时间 出生日期公历 出生年月公历",
	"grid":               "村组 组别 所在组 网格号 所属网格",
	"address":            "住址 家庭地址 现居住地 现居住地址 现住地址 居住地点 地址 实际住址 常住地址",
	"area":               "所在村 所属村 所属村居 所在村居 村居 社区 村委会 所在社区 村名 村居名称 行政村社区 村社区名称",
	asTownship:           "乡镇 镇 镇街 镇街道 乡镇街道 所属镇街 街道 所属乡镇 街镇 所在乡镇 镇办",
	"phones":             "本人电话 手机号 电话号码 家庭电话 老人电话 本人联系电话 儿童联系电话 老人联系电话 本人联系方式",
	"elder_categories":   "老年人类别 特殊困难类型 老人类型 老年人类型",
	"layers":             "救助类型 困难类型 家庭类型 救助类别 困难类别 保障类别 经济状况",
	"living":             "居住方式 居住状态",
	"ability_level":      "失能情况 失能程度 能力评估等级 评估等级",
	"self_care_level":    "自理情况 生活自理情况",
	"school":             "就读学校名称 学校名称 所在学校",
	"grade_class":        "就读年级 年级班 所在年级",
	"education_stage":    "在读情况 就读情况 在校情况 学段",
	"health_state":       "健康情况 身体健康状况 身体情况",
	"illness":            "病种 所患疾病 重病名称 患病名称 病名",
	"disability_kind":    "残疾类型 残疾种类",
	"disability_card":    "残疾证号码 残疾人证号 残疾人证号码",
	"guardian_name":      "法定监护人 现监护人 家长 家长姓名 监护人(家长) 照料人姓名",
	"guardian_relation":  "监护人关系 监护人与儿童关系 与本人关系 与儿童的关系 与孩子关系",
	"emergency_phone":    "紧急联系方式",
	"responsible":        "责任人 走访人 包联干部 包保干部 儿童主任姓名",
	"remark":             "备注信息 其他说明 其他",
	"ethnic":             "族别",
	"category_since":     "认定时间 纳入台账时间",
	"hukou_address":      "户籍详细地址 户籍所在地址 户口地址",
	"hukou_type":         "户口类型 户籍类型 户口类别",
	"father_state":       "父亲现状 父亲状况",
	"mother_state":       "母亲现状 母亲状况",
	asComputed:           "序号 编号 序 年龄 周岁 年龄周岁 年龄岁 号 填报人 填报日期 填报时间 填表日期 栏次",
	asElsewhere:          "户主 户主姓名 户主身份证号 与户主关系 家庭人口 家庭人口数 保障人数 保障人口 低保证号 低保证号码 低保编号 救助证号 低保类别 类档 月保障金 保障金额 领取金额 补差金额 发放金额 享受低保金额 补贴标准 月保障金额 起始保障年月 享受开始日期 批准时间 纳入时间 停保时间 享受结束日期 退出时间 走访日期 走访时间 探访时间 走访方式 走访情况 存在问题 需求 帮扶措施 整改情况",
	"boarding":           "是否住校 住校",
	"supporter_relation": "与赡养人关系",
}

// persons are words that make a heading, or the headings below it, speak of someone: the
// prefix of that person's fields, or "" for the one the row is about.
var persons = map[string]string{
	"父亲": "father", "父": "father", "爸爸": "father", "生父": "father",
	"母亲": "mother", "母": "mother", "妈妈": "mother", "生母": "mother",
	"监护人": "guardian", "法定监护人": "guardian", "实际监护人": "guardian", "现监护人": "guardian", "家长": "guardian",
	"受托照护人": "entrusted", "受委托照护人": "entrusted",
	"赡养人": "supporter", "子女": "supporter", "紧急联系人": "emergency", "第二紧急联系人": "emergency2",
	"本人": "", "儿童": "", "老人": "", "老年人": "", "个人": "", "基本": "", "对象": "", "困境儿童": "", "留守儿童": "",
}

// parts are the headings below a person, or after her word: the rest of her field's key.
var parts = map[string]string{
	"姓名": "name", "名字": "name",
	"身份证": "resident", "身份证号": "resident", "身份证号码": "resident", "公民身份号码": "resident", "证件号码": "resident",
	"电话": "phone", "联系电话": "phone", "手机": "phone", "手机号": "phone", "手机号码": "phone", "联系方式": "phone", "电话号码": "phone",
	"关系": "relation", "与儿童关系": "relation", "与老人关系": "relation", "与本人关系": "relation", "与被监护人关系": "relation",
	"情况": "state", "状况": "state", "现状": "state", "状态": "state", "监护情况": "state",
	"务工地点": "place", "务工地": "place", "工作地点": "place", "打工地点": "place", "住处": "place", "住址": "place", "居住地": "place",
	"健康状况": "health", "身体状况": "health", "文化程度": "education", "学历": "education", "出生日期": "birth", "出生年月": "birth",
}

// own are the fields that another person may have too, by the part of hers.
var own = map[casework.Field]string{"name": "name", "resident": "resident", "phones": "phone", "birth": "birth", "health_state": "health", "education": "education", "guardian_relation": "relation"}

var (
	asked   = regexp.MustCompile(`[(（\[【]?(必填|选填|必录|可不填)项?[)）\]】]?`)
	bracket = regexp.MustCompile(`[(（\[【][^)）\]】]*[)）\]】]`)
	blurred = strings.NewReplacer(" ", "", "(", "", ")", "", "[", "", "]", "", "【", "", "】", "", "*", "", ":", "", "、", "", "/", "", ".", "", "\"", "", "“", "", "”", "", "_", "", "-", "", "—", "", ",", "", ";", "", "?", "", "★", "", "▲", "")
)

// plainHeading is a heading without what does not matter in it.
func plainHeading(s string) string {
	s = casework.Narrow(casework.CleanLine(s, 60))
	return strings.ToLower(blurred.Replace(asked.ReplaceAllString(s, "")))
}

// briefHeading is plainHeading without the words in brackets.
func briefHeading(s string) string {
	return plainHeading(bracket.ReplaceAllString(casework.CleanLine(s, 60), ""))
}

// headingTable finds fields by their plain headings. The schema's words come first.
var headingTable = sync.OnceValue(makeHeadingTable)

func makeHeadingTable() map[string]casework.Field {
	t := map[string]casework.Field{}
	add := func(h string, f casework.Field) {
		if h = plainHeading(h); h == "" {
			return
		}
		if _, taken := t[h]; !taken {
			t[h] = f
		}
	}
	spec, _ := casework.SchemaOf(casework.KindPerson)
	for _, f := range spec.Fields {
		if f.Type == casework.TypeJSON || f.Type == casework.TypeRecord || f.Type == casework.TypeWorker || f.Type == casework.TypeHash || f.Key == casework.FieldDuties {
			continue
		}
		for _, h := range append([]string{f.Zh, f.En, string(f.Key)}, f.Aliases...) {
			add(h, f.Key)
		}
	}
	for f, words := range moreHeadings {
		for _, h := range strings.Fields(words) {
			add(h, f)
		}
	}
	return t
}

// target is what a heading was understood as: a field, or one term of a field that is
// ticked in the column.
type target struct {
	field casework.Field
	tick  string // code
}

// understandHeading resolves a heading with the headings above it, outermost first.
func understandHeading(path []string) target {
	leaf := path[len(path)-1]
	above := path[:len(path)-1]
	for i := len(above) - 1; i >= 0; i-- {
		prefix, who := personOf(above[i])
		if !who || prefix == "" {
			continue
		}
		for _, h := range []string{plainHeading(leaf), briefHeading(leaf)} {
			if f := fieldOf(prefix, h); f != "" {
				return target{field: f}
			}
			if f, ok := headingTable()[h]; ok && strings.HasPrefix(string(f), prefix+"_") {
				return target{field: f}
			}
		}
		return target{} // of someone else, and not one of the fields we keep of her
	}
	for i := len(above) - 1; i >= 0; i-- {
		if f, ok := headingTable()[plainHeading(above[i]+leaf)]; ok {
			return target{field: f}
		}
	}
	for _, h := range []string{plainHeading(leaf), briefHeading(leaf)} {
		if f, ok := headingTable()[h]; ok {
			return target{field: f}
		}
		for _, word := range personWords {
			if rest, ok := strings.CutPrefix(h, word); ok && rest != "" {
				if prefix := persons[word]; prefix != "" {
					if f := fieldOf(prefix, rest); f != "" {
						return target{field: f}
					}
				} else if f, ok := headingTable()[rest]; ok {
					return target{field: f}
				}
			}
		}
	}
	return ticked(above, leaf)
}

// personWords are the words of persons, longest first.
var personWords = func() []string {
	var out []string
	for w := range persons {
		out = append(out, w)
	}
	slices.SortFunc(out, func(a, b string) int {
		if len(a) != len(b) {
			return len(b) - len(a)
		}
		return strings.Compare(a, b)
	})
	return out
}()

// personOf reads a parent heading such as 父亲情况 or 监护人信息.
func personOf(heading string) (prefix string, ok bool) {
	h := briefHeading(heading)
	for _, tail := range []string{"", "情况", "信息", "基本情况", "基本信息", "资料", "有关情况"} {
		if word, cut := strings.CutSuffix(h, tail); cut {
			if p, known := persons[word]; known {
				return p, true
			}
		}
	}
	return "", false
}

// fieldOf is the field of a person's part, if the schema has it.
func fieldOf(prefix, part string) casework.Field {
	p, ok := parts[part]
	if !ok {
		return ""
	}
	f := casework.Field(prefix + "_" + p)
	spec, _ := casework.SchemaOf(casework.KindPerson)
	if _, ok := spec.Find(f); !ok {
		return ""
	}
	return f
}

// ticked recognises a column per category: 孤儿, 独居, 低保 …, with √ below.
func ticked(above []string, leaf string) target {
	h := briefHeading(leaf)
	h = strings.TrimPrefix(h, "是否")
	if len([]rune(h)) < 2 {
		return target{}
	}
	lists := []casework.Field{"elder_categories", "layers", "child_categories"}
	for i := len(above) - 1; i >= 0; i-- {
		if f, ok := headingTable()[plainHeading(above[i])]; ok && slices.Contains(lists, f) {
			lists = []casework.Field{f}
			break
		}
	}
	spec, _ := casework.SchemaOf(casework.KindPerson)
	for _, f := range lists {
		s, _ := spec.Find(f)
		l, _ := casework.List(s.Codes)
		if t, ok := l.Find(h); ok && t.Code != "difficulty" && (len(lists) == 1 || t.Zh != "其他" && h != "其他") {
			return target{field: f, tick: t.Code}
		}
	}
	return target{}
}
