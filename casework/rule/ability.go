package rule

import (
	"slices"

	"doorstep/casework"
)

// AbilityItem is one of the 26 items of GB/T 42195-2022. Higher is better.
type AbilityItem struct {
	Code string
	Most int
	Zh   string
}

// AbilityItems are the items in the order of form B; together 90 points.
var AbilityItems = []AbilityItem{
	{"B.1.1", 4, "进食"},
	{"B.1.2", 4, "修饰"},
	{"B.1.3", 4, "洗澡"},
	{"B.1.4", 4, "穿脱上衣"},
	{"B.1.5", 4, "穿脱裤子和鞋袜"},
	{"B.1.6", 4, "小便控制"},
	{"B.1.7", 4, "大便控制"},
	{"B.1.8", 4, "如厕"},
	{"B.2.1", 4, "床上体位转移"},
	{"B.2.2", 4, "床椅转移"},
	{"B.2.3", 4, "平地行走"},
	{"B.2.4", 3, "上下楼梯"},
	{"B.3.1", 4, "时间定向"},
	{"B.3.2", 4, "空间定向"},
	{"B.3.3", 4, "人物定向"},
	{"B.3.4", 4, "记忆"},
	{"B.3.5", 4, "理解能力"},
	{"B.3.6", 4, "表达能力"},
	{"B.3.7", 1, "攻击行为"},
	{"B.3.8", 1, "抑郁症状"},
	{"B.3.9", 2, "意识水平"},
	{"B.4.1", 2, "视力"},
	{"B.4.2", 2, "听力"},
	{"B.4.3", 4, "执行日常事务"},
	{"B.4.4", 3, "使用交通工具外出"},
	{"B.4.5", 4, "社会交往能力"},
}

// AbilityTotal adds up an assessment. Nothing is imputed: with any item missing there is
// no total. Errors: rule.ability_item (no such item), rule.ability_score (outside 0 to the
// item's most), rule.ability_missing.
func AbilityTotal(scores map[string]int) (int, error) {
	const op = "rule.AbilityTotal"
	for code, n := range scores {
		i := slices.IndexFunc(AbilityItems, func(it AbilityItem) bool { return it.Code == code })
		if i < 0 {
			return 0, casework.Problem(op, "rule.ability_item", "Item", casework.CleanLine(code, 20))
		}
		if n < 0 || n > AbilityItems[i].Most {
			return 0, casework.Problem(op, "rule.ability_score", "Item", AbilityItems[i].Zh, "Most", AbilityItems[i].Most)
		}
	}
	total := 0
	for _, it := range AbilityItems {
		n, ok := scores[it.Code]
		if !ok {
			return 0, casework.Problem(op, "rule.ability_missing", "Item", it.Zh)
		}
		total += n
	}
	return total, nil
}

// Circumstances are what may worsen a level beside the points (form C.4).
type Circumstances struct {
	Coma       bool
	Dementia   bool // diagnosed F00–F03, or another diagnosed mental disorder F04–F99
	Events     int  // falls, choking, self-harm, getting lost … in the last 30 days, together
	Cumulative bool // district choice: both reasons together worsen by two levels
}

// AbilityLevel is the level of GB/T 42195: 0 intact, 1 mild, 2 moderate, 3 severe,
// 4 complete loss. Total is 0–90. The standard's two public readings differ on whether
// the reasons add up; the default is one level at most.
func AbilityLevel(total int, c Circumstances) int {
	level := 4
	switch {
	case total >= 90:
		level = 0
	case total >= 66:
		level = 1
	case total >= 46:
		level = 2
	case total >= 30:
		level = 3
	}
	if c.Coma {
		return 4
	}
	worse := 0
	if c.Dementia {
		worse++
	}
	if c.Events >= 2 {
		worse++
	}
	if !c.Cumulative {
		worse = min(worse, 1)
	}
	return min(level+worse, 4)
}

// SelfCare is the tekun self-care level of 民发〔2021〕43号 by how many of the six
// things (eat, dress, get in and out of bed, toilet, walk indoors, bathe) someone cannot
// do alone: a code of "care_level".
func SelfCare(cannot int) string {
	switch {
	case cannot <= 0:
		return "SELF"
	case cannot <= 3:
		return "PARTIAL"
	}
	return "TOTAL"
}

// Layer is where a family of an income stands to the dibao line: "DIBAO", "MARGIN"
// or "" above both. Both amounts are per head and month. Property is another test.
func Layer(income, standard casework.Fen) string {
	switch {
	case standard <= 0:
		return ""
	case income < standard:
		return "DIBAO"
	case 2*income < 3*standard:
		return "MARGIN"
	}
	return ""
}
