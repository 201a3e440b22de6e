package task

import (
	"slices"
	"strconv"
	"strings"

	"doorstep/casework"
	"doorstep/casework/rule"
)

// Facts are what a questionnaire is told about the person before the first question: the
// hidden fields p_… of its workbook. A yes or no is "1" or "0", blank when the file does
// not say; lists are codes separated by one blank.
func Facts(p casework.Person, visits []casework.VisitSummary, plan rule.Plan, depth int, date casework.Day) map[string]string {
	before := rule.Facts(visits, date)
	_, month, _ := date.Date()
	f := map[string]string{
		"p_depth": strconv.Itoa(depth), "p_sex": p.Sex, "p_month": strconv.Itoa(month), "p_visit_date": date.String(),
		"p_first_visit": yes(len(before) == 0), "p_prev_exists": yes(len(before) > 0), "p_notice_changed": "0",
		"p_categories":        strings.Join(slices.Concat(p.ChildCategories, p.ElderCategories, p.Layers), " "),
		"p_registered_scheme": yes(len(p.Layers) > 0 || supported(p)), "p_benefit_to_account": yes(len(p.Layers) > 0 || supported(p)),
		"p_disability_grade": p.Disability.Grade,
		"p_tekun":            yes(slices.Contains(p.Layers, "TEKUN") && p.SupportMode != "centralized"),
		"p_has_agreement":    yes(p.Carer != ""), "p_yearly": yes(yearly(before, date)),
		"p_door_this_month": yes(atDoor(before, date)), "p_margin_check": yes(slices.Contains(p.Layers, "MARGIN") || slices.Contains(p.Layers, "RIGID")),
	}
	if age := p.Age(date); age >= 0 {
		f["p_age"] = strconv.Itoa(age)
	}
	if plan.Grade.Grade > 0 {
		f["p_grade"] = strconv.Itoa(plan.Grade.Grade)
	}
	if !plan.Every.IsZero() {
		f["p_interval_days"] = strconv.Itoa(plan.Every.After(date).Sub(date))
	}
	switch {
	case p.Living == "alone" || slices.Contains(p.ElderCategories, "EL1"):
		f["p_lives_alone"] = "1"
	case p.Living != "":
		f["p_lives_alone"] = "0"
	}
	f["p_has_supporter"] = yes(p.Supporter.Name != "")
	if p.Ability.Level != "" && (p.Ability.Scale == "" || p.Ability.Scale == "gbt42195") {
		f["p_ability_level"] = p.Ability.Level
		f["p_ability_valid"] = yes(p.Ability.On != 0 && p.Ability.On.AddMonths(12) > date)
	}
	return f
}

func yes(b bool) string {
	if b {
		return "1"
	}
	return "0"
}

// supported reports whether a child's category brings an allowance of its own.
func supported(p casework.Person) bool {
	for _, c := range []string{"orphan", "community_orphan", "de_facto_unattended", "key_child"} {
		if slices.Contains(p.ChildCategories, c) {
			return true
		}
	}
	return false
}

func yearly(before []casework.VisitSummary, date casework.Day) bool {
	for _, v := range before {
		if v.Depth == "full" && v.Date.AddMonths(12) > date {
			return false
		}
	}
	return true
}

func atDoor(before []casework.VisitSummary, date casework.Day) bool {
	for _, v := range before {
		if v.Mode == "door" && v.Date >= date.MonthStart() {
			return true
		}
	}
	return false
}
