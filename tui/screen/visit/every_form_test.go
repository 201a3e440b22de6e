package visit_test

import (
	"strconv"
	"sync"
	"testing"
	"time"

	"doorstep/casework/form"
	"doorstep/tui/tuitest"
)

// zh is a text in both languages of the tests.
func zh(text string) form.Text { return form.Text{"zh": text, "en": text} }

func q(t form.Type, name, label string, more ...func(*form.Item)) *form.Item {
	it := &form.Item{Kind: form.Question, Type: t, Name: name, Label: zh(label)}
	for _, m := range more {
		m(it)
	}
	return it
}

func holder(kind form.Kind, name, label string, items ...*form.Item) *form.Item {
	return &form.Item{Kind: kind, Name: name, Label: zh(label), Items: items}
}

func list(name string) func(*form.Item) { return func(it *form.Item) { it.List = name } }

func rule(constraint string) func(*form.Item) {
	return func(it *form.Item) { it.Constraint = constraint }
}

func shown(relevant string) func(*form.Item) {
	return func(it *form.Item) { it.Relevant = relevant }
}

func must(it *form.Item) { it.Required = "true()" }

func choices(name string, labels ...string) *form.List {
	l := &form.List{Name: name}
	for i, label := range labels {
		l.Choices = append(l.Choices, &form.Choice{Name: "c" + strconv.Itoa(i+1), Label: zh(label)})
	}
	return l
}

// villages is a list of 50,000 with codes of twelve digits.
func villages() *form.List {
	l := &form.List{Name: "village"}
	first := []string{"竹", "望", "石", "柳", "松", "沙", "青", "东", "西", "北"}
	second := []string{"岛", "海", "桥", "河", "林", "湾", "山", "庄", "家", "口"}
	for i := range 50000 {
		label := first[i/10%10] + second[i%10] + "村"
		if i >= 100 {
			label = first[i/1000%10] + second[i/100%10] + label
		}
		if i >= 10000 {
			label = second[i/10000] + label
		}
		l.Choices = append(l.Choices, &form.Choice{Name: strconv.Itoa(371002001000 + i), Label: zh(label)})
	}
	return l
}

// everything is a questionnaire with a question of every type.
func everything() *form.Definition {
	yesno := choices("yesno", "是", "否")
	tools := choices("tools", "烟感", "轮椅", "助听器", "拐杖")
	tools.Choices = append(tools.Choices, &form.Choice{Name: "nothing", Label: zh("都没有")})
	where := choices("where", "卧室", "厨房", "厕所", "院子", "堂屋", "楼梯", "大门口", "村口", "地里", "学校", "镇上", "别处")
	kin := choices("kin", "配偶", "儿子", "女儿", "孙子", "孙女", "其他")
	kin.Choices[5].Name = "other"
	d := &form.Definition{
		FormID: "every", Title: zh("各种题"), DefaultLanguage: "zh", Languages: []string{"en", "zh"}, Root: "data",
		Lists: []*form.List{yesno, tools, where, kin, villages()},
		Items: []*form.Item{
			q(form.TypeHidden, "secret", "看不见的"),
			holder(form.Group, "choose", "选择",
				q(form.TypeSelectOne, "one", "家里有人吗？", list("yesno"), must),
				q(form.TypeSelectOne, "many", "在哪里见的？", list("where")),
				q(form.TypeSelectOne, "village", "哪个村的？", list("village")),
				q(form.TypeSelectMultiple, "tools", "有哪些东西？", list("tools"), rule("not(selected(., 'nothing') and count-selected(.) > 1)")),
				q(form.TypeRank, "order", "最急的是什么？", list("tools")),
				q(form.TypeAcknowledge, "ack", "说明已经念给他听", must),
				q(form.TypeNote, "note", "念完请他想一想，不催。"),
			),
			holder(form.Group, "write", "填写",
				q(form.TypeInteger, "age", "多大年纪？", rule(". >= 0 and . <= 110"), must),
				q(form.TypeInteger, "below", "零下几度？", rule(". > -40 and . < 40")),
				q(form.TypeDecimal, "temp", "体温", rule(". >= 30 and . <= 43")),
				q(form.TypeRange, "pain", "疼得厉害吗？", func(it *form.Item) { it.Parameters = map[string]string{"start": "0", "end": "10", "step": "2"} }),
				q(form.TypeDate, "day", "哪天来的？"),
				q(form.TypeTime, "clock", "几点来的？"),
				q(form.TypeDateTime, "moment", "什么时候报的？"),
				q(form.TypeText, "words", "他说了什么？", func(it *form.Item) { it.Hint = zh("写原话") }),
				q(form.TypeText, "phone", "电话", func(it *form.Item) { it.Appearance = "numbers" }),
				q(form.TypeBarcode, "meter", "水表号"),
				q(form.TypeGeopoint, "place", "房子在哪？"),
				q(form.TypeImage, "photo", "房子正面"),
				q(form.TypeFile, "paper", "证明"),
			),
			holder(form.Group, "family", "家里人",
				q(form.TypeInteger, "rooms", "几间房？"),
				holder(form.Repeat, "member", "住在一起的人",
					q(form.TypeText, "name", "姓名", must),
					q(form.TypeSelectOne, "kin", "是什么人", list("kin"), func(it *form.Item) { it.OrOther = true }),
					q(form.TypeText, "kin_other", "什么人？", shown("${kin} = 'other'")),
					q(form.TypeInteger, "years", "岁数", rule(". >= 0 and . <= 110")),
					q(form.TypeText, "trouble", "身体", func(it *form.Item) { it.Sensitivity = 2 }),
					holder(form.Repeat, "illness", "看过的病",
						q(form.TypeText, "what", "什么病"),
						q(form.TypeDate, "since", "哪天起"),
					),
					q(form.TypeCalculate, "grown", "成年", func(it *form.Item) { it.Calculation = "if(${years} >= 18, '是', '否')" }),
				),
				holder(form.Group, "sum", "合计",
					q(form.TypeCalculate, "people", "住几个人", func(it *form.Item) { it.Calculation = "count(${member})" }),
					q(form.TypeCalculate, "room", "每人几间", func(it *form.Item) {
						it.Calculation = "if(${people} > 0, round(${rooms} div ${people}, 1), '')"
					}),
					q(form.TypeSelectOne, "crowded", "住得挤吗？", list("yesno"), shown("${people} > 1")),
					q(form.TypeText, "fixed", "登记的人数", func(it *form.Item) { it.ReadOnly, it.Calculation = "true()", "${people}" }),
				),
			),
		},
	}
	paths(d.Items, "/data")
	return d
}

func paths(items []*form.Item, above string) {
	for i, it := range items {
		it.Path, it.Row = above+"/"+it.Name, i+2
		paths(it.Items, it.Path)
	}
}

// loaded is it as a laptop has it, made once.
var loaded = sync.OnceValues(func() (*form.Definition, error) { return form.Load(everything().Encode()) })

// everyShelf is a visit with it.
func everyShelf(t testing.TB, lang string) *shelf {
	t.Helper()
	def, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	in, err := form.Start(def, form.StartOptions{
		Depth: 3, Lang: lang, Facts: map[string]string{"secret": "看不见的答案"}, Previous: map[string]string{"words": "挺好", "one": "c1"},
	}, func() time.Time { return tuitest.Start })
	if err != nil {
		t.Fatal(err)
	}
	return &shelf{t: t, form: in, files: true}
}

func (s *shelf) value(name string) string {
	path, _ := s.form.Path(name)
	v, _ := s.form.View(path)
	return v.Value
}
