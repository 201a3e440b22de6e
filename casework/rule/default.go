package rule

import "doorstep/casework"

// Default is the table of a new district: of the fact sheet with the floors
// of its sample questionnaires. The frequencies of children are a proposal (no national
// number exists); those of elders rest on 民发〔2022〕73号 and local rules.
func Default() Table {
	var (
		asked  = []string{"routine", "full"}
		elders = []string{"door", "phone", "video", "device", "third_party", "neighbour", "paired"}
		night  = Term{Days: 1}
		soon   = Term{Workdays: 5}
	)
	const (
		graded  = "民发〔2019〕34号，分级间隔待区里签发"
		visited = "民发〔2022〕73号"
	)
	return Table{
		Version: "2026.1",
		Source:  graded,
		Rows: []Row{
			{ID: "child.1", For: casework.DutyChild, Grade: 1, Every: Every{Days: 7}, Modes: []string{"door"}, Depths: asked, Seen: true, First: night, Source: graded},
			{ID: "child.2", For: casework.DutyChild, Grade: 2, Every: Every{Days: 15}, Door: Every{Months: 1}, Modes: []string{"door", "phone"}, Depths: asked, Seen: true, First: Term{Days: 3}, Source: graded},
			{ID: "child.3", For: casework.DutyChild, Grade: 3, Every: Every{Months: 1}, Modes: []string{"door", "phone", "video", "school"}, Depths: asked, First: soon, Source: graded},
			{ID: "child.4", For: casework.DutyChild, Grade: 4, Every: Every{Months: 3}, Door: Every{Months: 6}, First: soon, Source: graded},

			{ID: "elder.1", For: casework.DutyElder, Grade: 1, Every: Every{Days: 7}, Modes: elders, Depths: asked, First: night, Source: visited},
			{ID: "elder.2", For: casework.DutyElder, Grade: 2, Every: Every{Days: 15}, Modes: elders, Depths: asked, First: soon, Source: visited},
			{ID: "elder.3", For: casework.DutyElder, Grade: 3, Every: Every{Months: 1}, Modes: elders, Depths: asked, First: soon, Source: visited},
			{
				ID: "elder.alone80", For: casework.DutyElder, When: Condition{MinAge: 80, Alone: true}, Region: "3710", Every: Every{Days: 2},
				Modes: []string{"door", "phone", "video"}, First: night, Source: "威海市居民养老服务保障条例",
			},
			{
				ID: "elder.tekun", For: casework.DutyElder, When: Condition{Category: []string{"TEKUN"}, Support: []string{"dispersed"}}, Every: Every{Months: 1},
				Modes: []string{"door"}, Depths: asked, First: soon, Source: "国发〔2016〕14号",
			},
		},
		Floors: []Floor{
			{ID: "orphan", For: casework.DutyChild, When: Condition{Category: []string{"community_orphan", "orphan"}}, Grade: 3},
			{ID: "de_facto", For: casework.DutyChild, When: Condition{Category: []string{"de_facto_unattended"}}, Grade: 3},
			{ID: "left_behind", For: casework.DutyChild, When: Condition{Category: []string{"left_behind"}, Guardian: []string{"poor"}}, Grade: 3},
			{ID: "disability", For: casework.DutyChild, When: Condition{Disability: []string{"1", "2"}}, Grade: 3},
			{ID: "alone80", For: casework.DutyElder, When: Condition{MinAge: 80, Alone: true}, Grade: 2},
			{ID: "tekun", For: casework.DutyElder, When: Condition{Category: []string{"TEKUN"}, Support: []string{"dispersed"}}, Grade: 2},
			{ID: "ability", For: casework.DutyElder, When: Condition{Ability: "2"}, Grade: 2},
			{ID: "self_care", For: casework.DutyElder, When: Condition{SelfCare: []string{"PARTIAL", "TOTAL"}}, Grade: 2},
			{ID: "lost_ability", For: casework.DutyElder, When: Condition{Category: []string{"EL4"}}, Grade: 2},
			{ID: "dementia", For: casework.DutyElder, When: Condition{Illness: []string{"dementia"}}, Grade: 2},
			{ID: "total_alone", For: casework.DutyElder, When: Condition{SelfCare: []string{"TOTAL"}, Alone: true}, Grade: 1},
			{ID: "complete_alone", For: casework.DutyElder, When: Condition{Ability: "4", Alone: true}, Grade: 1},
		},
		UngradedChild: 3,
		UngradedElder: 3,
		FollowUp:      7,
		FullEvery:     Every{Months: 3},
		UnseenLimit:   2,
		Calendar:      holidays2026(),
	}
}

// holidays2026 is the State Council's notice for 2026 (国办发明电〔2025〕7号), weekdays off and
// weekend days worked. Check against the notice before live use.
func holidays2026() Calendar {
	days := func(ss ...string) []casework.Day {
		out := make([]casework.Day, 0, len(ss))
		for _, s := range ss {
			out = append(out, casework.MustDay("2026-"+s))
		}
		return out
	}
	return Calendar{
		Off: days("01-01", "01-02", "02-16", "02-17", "02-18", "02-19", "02-20", "02-23", "04-06", "05-01", "05-04", "05-05",
			"06-19", "09-25", "10-01", "10-02", "10-05", "10-06", "10-07"),
		On: days("01-04", "02-14", "02-28", "05-09", "09-20", "10-10"),
	}
}
