package sample

import (
	"bytes"
	"encoding/json"
	"time"

	"doorstep/casework"
)

// visited is one visit to be written down.
type visited struct {
	on     casework.Day
	mode   string
	result string
	seen   bool
	depth  string
	source string
	by     Worker
	grade  int
}

// due is the last visit that makes someone due on a day by her shortest interval.
func (p profile) lastFor(due casework.Day) casework.Day {
	if p.months == 0 {
		return due.AddDays(-p.every)
	}
	last := due.AddMonths(-p.months)
	for last.AddMonths(p.months) < due { // no 31st in the month before
		last = last.AddDays(1)
	}
	return last
}

// year writes the visits of someone who is due so many days from today (negative:
// overdue). The last is perfect, or, when rough, may have met nobody.
func (b *builder) year(p profile, dueIn int, rough bool) {
	by := b.director[p.village]
	last := p.lastFor(b.Today.AddDays(dueIn))
	if last > b.Today {
		last = b.Today
	}
	met := func(on casework.Day, depth string) visited {
		return visited{on: on, mode: "door", result: "met", seen: true, depth: depth, source: "screen", by: by, grade: p.grade}
	}
	back := p.every
	if p.months > 0 {
		back = 30 * p.months
	}
	if p.daily {
		greeting := met(last, "greeting")
		greeting.mode, greeting.grade = "phone", 0
		routine := last.AddDays(-b.dice.between(3, 8))
		list := []visited{met(b.Today.AddDays(-b.dice.between(70, 85)), "full"), met(routine.AddDays(-14), "routine"), met(routine, "routine"), greeting}
		b.visits(p, list)
		return
	}
	first := last.AddDays(-b.dice.between(1, 4) - 3*back)
	if first < b.Today.AddDays(-340) {
		first = b.Today.AddDays(-340)
	}
	list := []visited{met(first, "full")}
	for i := 2; i >= 1; i-- {
		v := met(last.AddDays(-i*back+b.dice.between(-1, 1)), "routine")
		switch n := b.dice.upTo(100); {
		case v.on <= first:
			continue
		case n < 8 && p.grade > 1:
			v.mode = "phone"
		case n < 12 && p.child:
			v.result, v.seen, v.grade = "guardian_only", false, 0
		case n < 16:
			v.result, v.seen, v.grade = "not_met", false, 0
		case n < 18:
			v.result, v.seen, v.grade = "refused", false, 0
		case n < 22:
			v.source = "paper"
		}
		list = append(list, v)
	}
	final := met(last, "routine")
	if rough && b.dice.chance(6) {
		final.result, final.seen, final.grade = pick(b.dice, []string{"not_met", "refused", "hospital"}), false, 0
	}
	b.visits(p, append(list, final))
}

func (b *builder) visits(p profile, list []visited) {
	for _, v := range list {
		b.visit(p, v)
	}
}

// Answers as the questionnaires of packs take them, in the three parts by class; a test
// holds them to it.
var (
	childAnswers = []json.RawMessage{
		json.RawMessage(`{"c0_1":"yes","c0_3":"door","c0_4":"met","c0_5":"child grandparent","c1_1":"grandparents","c1_4":"68","c1_8":"several","c2_1":"yes","c2_2":"yes","c2_4":"none","c3_3":"yes","c4_1":"primary","c4_2":"0","c7_1":"drowning traffic","c7_2":"heart mind","c7_3":"same","c7_4":"none","c8_3_guardian":"paper"}`),
		json.RawMessage(`{"c0_1":"yes","c0_3":"door","c0_4":"met","c0_5":"child father","c1_1":"father","c1_4":"45","c1_8":"once","c2_1":"partly","c2_2":"yes","c2_4":"wiring","c3_3":"yes","c4_1":"junior","c4_2":"2","c7_1":"net fire","c7_2":"will","c7_3":"better","c7_4":"clothes_books","c8_3_guardian":"paper"}`),
		json.RawMessage(`{"c0_1":"yes","c0_3":"door","c0_4":"met","c0_5":"child grandparent","c1_1":"grandparents","c1_4":"71","c1_8":"once","c2_1":"partly","c2_2":"yes","c2_4":"wiring","c3_3":"yes","c4_1":"primary","c4_2":"2","c7_1":"net fire","c7_2":"will","c7_3":"better","c7_4":"clothes_books","c8_3_guardian":"paper"}`),
	}
	childPersonal = []json.RawMessage{
		json.RawMessage(`{"g_well":"yes","c1_2":"working_away","c1_3":"working_away","c1_5":"fair","c2_3":"fine","c2_6":"wages","c3_1":"good","c5_1":"normal"}`),
		json.RawMessage(`{"g_well":"yes","c1_2":"cares","c1_3":"unknown","c1_5":"good","c2_3":"poor","c2_6":"farming aid","c3_1":"chronic","c5_1":"low"}`),
		json.RawMessage(`{"g_well":"yes","c1_2":"working_away","c1_3":"lost_contact","c1_5":"good","c2_3":"poor","c2_6":"farming aid","c3_1":"chronic","c5_1":"low"}`),
	}
	childRestricted = json.RawMessage(`{"c1_6":"none","c5_3":"no","c6_1":"no","c6_2":"no"}`)
	elderAnswers    = []json.RawMessage{
		json.RawMessage(`{"e0_1":"yes","e0_2":"door","e0_3":"met","e0_5":"seen","e1_1":"spouse","e1_2":"phone","e2_3":"yes","e4_1":"fine","e4_2":"self","e4_3":"fine","e4_4":"ok","e5_1":"none","e7_1":"yes","e9_1":"none","e9_5_elder":"paper"}`),
		json.RawMessage(`{"e0_1":"yes","e0_2":"door","e0_3":"met","e0_5":"seen","e1_1":"other","e1_2":"visit","e2_3":"sometimes","e4_1":"poor","e4_2":"self","e4_3":"poor","e4_4":"ok","e5_1":"handrail clutter","e7_1":"yes","e9_1":"meals","e9_5_elder":"paper"}`),
	}
	elderPersonal   = json.RawMessage(`{"g_well":"yes","e2_1":"same","e2_2":"hypertension","e6_1":"fine"}`)
	elderRestricted = json.RawMessage(`{"e2_4_selfharm":"0","e6_4":"no"}`)
	signed          = json.RawMessage(`{"worker":"yes","subject":"paper"}`)
)

// visit writes one visit as its worker saved it that day; a paper one three days later.
func (b *builder) visit(p profile, v visited) casework.RecordID {
	start := moment(v.on, b.dice.between(8, 17), b.dice.upTo(60))
	minutes := map[string]int{"greeting": 3, "routine": 20, "full": 45}[v.depth]
	at := start.Add(time.Duration(minutes) * time.Minute)
	if v.source == "paper" {
		at = moment(min(v.on.AddDays(3), b.Today), 19, 0)
	}
	values := casework.Values{
		"date": v.on, "started": start, "ended": start.Add(time.Duration(minutes) * time.Minute), "entered": at,
		"purpose": "routine", "mode": v.mode, "result": v.result, "seen": v.seen, "depth": v.depth, "source": v.source,
		"worker": v.by.ID, "form": "elder-visit", "unknowns": 0,
	}
	if p.child {
		values["form"] = "child-visit"
	}
	if v.source == "paper" {
		values["paper_number"] = four(b.dice.upTo(10000))
	}
	if v.grade > 0 {
		values["grade"] = string(rune('0' + v.grade))
	}
	if v.result == "met" && v.depth != "greeting" {
		values["signature"] = signed
		if p.child {
			i := b.dice.upTo(2)
			values["answers"], values["answers_personal"], values["answers_restricted"] = childAnswers[i], childPersonal[i], childRestricted
			if i == 1 && p.living == "grandparents" { // as poor, but not with the father
				values["answers"], values["answers_personal"] = childAnswers[2], childPersonal[2]
			}
			values["score"], values["grade_class"] = 4+6*i, 2
		} else {
			i := b.dice.upTo(2)
			values["answers"], values["answers_personal"], values["answers_restricted"] = elderAnswers[i], elderPersonal, elderRestricted
			values["score"], values["grade_class"] = 3+7*i, 2
		}
		if v.mode != "door" {
			values["answers"] = json.RawMessage(bytes.Replace(values["answers"].(json.RawMessage), []byte(`"door"`), []byte(`"`+v.mode+`"`), 1))
		}
		if b.dice.chance(7) {
			values["unknowns"] = b.dice.between(1, 3)
		}
	}
	return b.write(v.by, at, casework.KindVisit, p.id, values)
}
