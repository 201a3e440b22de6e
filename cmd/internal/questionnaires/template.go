package questionnaires

import "doorstep/store/sheet"

// TemplateName is the file that a template is written to when nobody says otherwise.
const TemplateName = "问卷模板.xlsx"

// Template is an example workbook that passes every check, with a sheet 说明 that explains
// each column.
func Template() ([]byte, error) {
	return sheet.WriteBook([]sheet.Page{
		{Name: "survey", Rows: exampleSurvey(), Widths: surveyWidths()},
		{Name: "choices", Rows: exampleChoices, Widths: []float64{12, 12, 24, 8, 8, 14, 10, 40}},
		{Name: "settings", Rows: exampleSettings, Widths: []float64{16, 30, 12, 18, 10, 24, 40}},
		{Name: "grading", Rows: exampleGrading, Widths: []float64{10, 8, 8, 26, 22, 40, 8, 40}},
		{Name: "说明", Rows: explanation(), Widths: []float64{12, 22, 60, 44}},
	})
}

// surveyHead are the columns of the example. Each is explained in 说明.
var surveyHead = []string{
	"type", "name", "label::中文 (zh)", "hint::中文 (zh)", "required", "required_message::中文 (zh)", "relevant", "constraint", "constraint_message::中文 (zh)",
	"calculation", "choice_filter", "default", "appearance", "read_only", "repeat_count", "parameters", "trigger", "guidance_hint::中文 (zh)",
	"fresh", "unknown", "sensitivity", "depth", "shared", "score", "score_cap", "hard_trigger", "hard_trigger_when", "notes",
}

func surveyWidths() []float64 {
	out := make([]float64, len(surveyHead))
	for i, h := range surveyHead {
		switch h {
		case "type", "name":
			out[i] = 20
		case "label::中文 (zh)", "notes":
			out[i] = 40
		case "fresh", "unknown", "shared", "depth", "score", "required":
			out[i] = 9
		default:
			out[i] = 24
		}
	}
	return out
}

// q is one row of the example: type, name, label, and the other columns by heading.
type q struct {
	kind, name, label string
	more              map[string]string
}

var exampleQuestions = []q{
	{"begin group", "start", "开始", map[string]string{"notes": "begin group 到 end group 是一节，屏幕左边按节列出。"}},
	{"note", "hello", "先说明来意：冬天快到了，来看看取暖安不安全。", map[string]string{"notes": "note 只显示，不用答。"}},
	{"select_one yn", "agree", "老人愿意聊几句吗？", map[string]string{"required": "yes", "required_message::中文 (zh)": "不愿意也请记一笔。", "notes": "select_one 后面写选项表的名字，选项写在 choices 表。"}},
	{"end group", "", "", nil},
	{"begin group", "heating", "取暖", map[string]string{"relevant": "${agree} = 'yes'", "notes": "relevant：条件成立才问。整节写一次就行。"}},
	{"select_one heat or_other", "heat", "屋里主要靠什么取暖？", map[string]string{"required": "yes", "shared": "yes", "notes": "or_other：自动加“其他”和一格说明。shared：一户只问一次；别的问卷里也问，就写一个共同的词。"}},
	{"integer", "rooms", "生火或开电取暖的屋子有几间？", map[string]string{
		"constraint": ". >= 0 and . <= 20", "constraint_message::中文 (zh)": "请填 0 到 20。", "hint::中文 (zh)": "只数冬天住人的", "notes": "constraint 里的小数点“.”就是这一题的答案。",
	}},
	{"range", "warm", "屋里暖不暖和？1 很冷，5 很暖", map[string]string{"parameters": "start=1 end=5 step=1"}},
	{"select_multiple risk", "risks", "看到下面哪些情况？", map[string]string{
		"required": "yes", "constraint": "not(selected(., 'none') and count-selected(.) > 1)", "constraint_message::中文 (zh)": "选了“都没有”就不能再选别的。",
		"unknown": "yes", "fresh": "yes", "score_cap": "6", "notes": "多选。score_cap：这一题最多记 6 分，分数写在 choices 表。",
	}},
	{"acknowledge", "told", "已经告诉老人：睡觉前封好炉子，留一条窗缝。", map[string]string{"relevant": "selected(${heat}, 'coal') or selected(${risks}, 'smoke')", "required": "yes"}},
	{"select_one yn", "alarm", "有没有一氧化碳报警器？", map[string]string{"relevant": "selected(${heat}, 'coal') or selected(${heat}, 'gas')", "guidance_hint::中文 (zh)": "白色小盒子，一般装在墙上；按一下会响。"}},
	{"end group", "", "", nil},
	{"begin group", "place", "住在哪里", map[string]string{"relevant": "${agree} = 'yes'", "depth": "3", "notes": "depth：3 表示只有全面走访才问；2 是常规；空着是每次都问。"}},
	{"select_one town", "town", "哪个镇？", map[string]string{"appearance": "minimal"}},
	{"select_one village", "village", "哪个村？", map[string]string{"choice_filter": "town = ${town}", "relevant": "${town} != ''", "notes": "choice_filter：只列出 choices 表里 town 列等于所选镇的村。"}},
	{"begin repeat", "person", "一起住的人", map[string]string{"notes": "begin repeat 到 end repeat 是一张表，有几个人就填几行。"}},
	{"text", "person_name", "叫什么？", map[string]string{"required": "yes", "sensitivity": "1"}},
	{"integer", "person_age", "多大岁数？", map[string]string{"constraint": ". >= 0 and . < 130", "constraint_message::中文 (zh)": "请填 0 到 129。"}},
	{"end repeat", "", "", nil},
	{"calculate", "people", "", map[string]string{"calculation": "count(${person}) + 1", "notes": "calculate 不显示，算出来给别的题用。"}},
	{"note", "people_note", "一共 ${people} 口人。", map[string]string{"notes": "题目文字里也能写 ${题名}。"}},
	{"end group", "", "", nil},
	{"begin group", "heart", "心里话", map[string]string{"relevant": "${agree} = 'yes'", "sensitivity": "2", "notes": "sensitivity：2 只有有权限的人能看，算出来的分数和理由也一样。"}},
	{"select_one mood", "mood", "这一周老人心情怎么样？", map[string]string{
		"fresh": "yes", "unknown": "yes", "notes": "问心情、伤害、照看人的题，fresh 和 unknown 必须写 yes，否则不能发布。",
	}},
	{"text", "wish", "老人想让村里帮什么？", map[string]string{"appearance": "multiline", "hint::中文 (zh)": "照原话写"}},
	{"end group", "", "", nil},
	{"begin group", "finish", "收尾", nil},
	{"calculate", "again_days", "", map[string]string{"calculation": "if(selected(${risks}, 'none'), 30, 7)"}},
	{"date", "again", "下次哪天再来？", map[string]string{
		"default": "today() + 14", "constraint": ". >= today()", "constraint_message::中文 (zh)": "请填今天或以后的日子。", "notes": "default 可以写公式，第一次出现时算一次。",
	}},
	{"note", "advice", "按看到的情况，建议 ${again_days} 天内再来。", nil},
	{"end group", "", "", nil},
}

func exampleSurvey() [][]string {
	rows := [][]string{surveyHead}
	for _, x := range exampleQuestions {
		row := make([]string, len(surveyHead))
		row[0], row[1], row[2] = x.kind, x.name, x.label
		for i, h := range surveyHead {
			if s, ok := x.more[h]; ok {
				row[i] = s
			}
		}
		rows = append(rows, row)
	}
	return rows
}

var exampleChoices = [][]string{
	{"list_name", "name", "label::中文 (zh)", "town", "score", "hard_trigger", "unknown", "notes"},
	{"yn", "yes", "是", "", "", "", "", "同一张选项表写同一个 list_name"},
	{"yn", "no", "否"},
	{"heat", "coal", "煤炉、炭火"},
	{"heat", "gas", "燃气"},
	{"heat", "electric", "电暖气、电热毯"},
	{"heat", "central", "集中供暖、空调"},
	{"heat", "nothing", "没有取暖"},
	{"risk", "smoke", "炉子漏烟、烟道不通", "", "3"},
	{"risk", "gas_smell", "闻到燃气味", "", "3", "HT-G", "", "hard_trigger：选了它，程序会提醒马上处置"},
	{"risk", "wire", "电线老化、乱接插座", "", "2"},
	{"risk", "clothes", "在炉边烤衣物", "", "1"},
	{"risk", "none", "都没有", "", "0"},
	{"town", "yangting", "羊亭镇"},
	{"town", "sunjiatuan", "孙家疃街道"},
	{"village", "zhudao", "竹岛村", "yangting", "", "", "", "town 列给 choice_filter 用，列名可以自己起"},
	{"village", "wanghai", "望海村", "yangting"},
	{"village", "hexi", "河西村", "sunjiatuan"},
	{"mood", "good", "挺好", "", "0"},
	{"mood", "so", "一般", "", "0"},
	{"mood", "low", "心里不好受", "", "2"},
	{"mood", "silent", "不肯说", "", "", "", "yes", "unknown：选它等于“不知道”，不当 0 分"},
}

var exampleSettings = [][]string{
	{"form_id", "form_title::中文 (zh)", "version", "default_language", "subject", "instance_name", "notes"},
	{"winter-check", "冬季取暖安全问询（示例）", "2026-1", "中文 (zh)", "elder", "concat('取暖 ', ${again})", "每次改动后都要换一个 version 才能再发布"},
}

var exampleGrading = [][]string{
	{"kind", "from", "grade", "when", "label::中文 (zh)", "reason::中文 (zh)", "steps", "notes"},
	{"band", "5", "1", "", "一级", "", "", "总分 5 分以上是一级；从高到低写"},
	{"band", "2", "2", "", "二级"},
	{"band", "0", "3", "", "三级"},
	{"floor", "", "2", "${heat} = 'nothing'", "", "没有取暖", "", "条件成立时，至少是这一级"},
	{"trigger", "", "1", "", "", "", "", "有 hard_trigger 时的级别"},
	{"down", "", "", "", "", "", "1", "一次走访最多降几级"},
}
