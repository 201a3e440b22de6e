package sample

import (
	"strconv"

	"doorstep/casework"
)

// Scene is the day of 张桂芬 in 竹岛村, who stands in every sample district whatever its
// size: one child overdue, her grandmother behind the same door, four people due today,
// one visit that was not finished.
type Scene struct {
	Lin, Wang  casework.RecordID // 林小溪, nine, overdue by two days; 王秀英, 71, her grandmother, same household
	Zhao       casework.RecordID // 赵铁柱, twelve, today at two o'clock
	Sun, Liu   casework.RecordID // 孙玉兰, 86, and 刘桂英, 83: alone, asked every two days
	Zhou       casework.RecordID // 周大山, 78, whose carer is 李梅
	Unfinished casework.RecordID // 李静静, whose visit was interrupted at question nine
	Urgent     casework.RecordID // 陈晓雨, for whom the supervisor must be reached by four
	Household  casework.RecordID // of 林小溪 and 王秀英
}

const sceneSize = 8

func (b *builder) scene() {
	b.lin()
	b.zhao()
	b.Scene.Sun = b.alone("孙玉兰", 86, "7号")
	b.Scene.Liu = b.alone("刘桂英", 83, "31号")
	b.zhou()
	li := b.girl("李静静", 11, 3, "2组", "8号")
	b.year(li, 20, false)
	b.Scene.Unfinished = li.id
	chen := b.girl("陈晓雨", 13, 2, "4组", "15号")
	b.year(chen, 9, false)
	b.Scene.Urgent = chen.id
	b.write(b.director[0], moment(b.Today, 14, 0), casework.KindTask, chen.id, casework.Values{
		"task_kind": "contact", "title_key": "task.title.contact", "opened_on": b.Today, "due": b.Today, "due_at": moment(b.Today, 16, 0), "step": "open",
	})
}

// sceneHome is a house of the scene's village, a year on the register.
func (b *builder) sceneHome(grid, address string) home {
	h := b.home(0, b.Today.AddDays(-350))
	h.grid, h.address = grid, address
	return h
}

func (b *builder) lin() {
	h := b.sceneHome("3组", "12号")
	b.Scene.Household = h.id
	zhang, li := b.director[0], b.cover
	lin := profile{child: true, age: 9, grade: 2, every: 15, name: "林小溪", female: true, living: "grandparents"}
	v := b.common(h, lin.name, true, b.birth(9))
	for f, x := range map[casework.Field]any{
		"duties": []string{"child"}, "child_categories": []string{"left_behind"}, "living": "grandparents", "phones/1": "13900002231",
		"guardian_name": "王秀英", "guardian_relation": "62", "guardian_phone": "13900002231", "guardian_rating": "average",
		"father_name": "林建军", "father_state": "out_for_work", "father_place": "青岛", "father_since": casework.DateOf(b.Today.AddMonths(-20)),
		"mother_state": "lost_contact", "school": "竹岛小学", "education_stage": "primary", "grade_class": "三年级", "boarding": false,
		"caution": "有狗，先打电话；下午4点后孩子在家", "standing_grade": "2", "standing_by": b.supervisor(0).Name, "standing_on": b.Today.AddDays(-33),
	} {
		v[f] = x
	}
	lin.id = b.write(b.bureau, moment(h.known, 9, 5), casework.KindPerson, casework.RecordID{}, v)
	b.Scene.Lin = lin.id

	wang := profile{age: 71, grade: 3, months: 1, name: "王秀英", female: true}
	v = b.common(h, wang.name, true, b.birth(71))
	for f, x := range map[casework.Field]any{
		"duties": []string{"elder"}, "elder_categories": []string{"EL3"}, "living": "grandchildren", "phones/1": "13900002231",
		"chronic": []string{"hypertension"}, "standing_grade": "3", "standing_by": b.supervisor(0).Name, "standing_on": b.Today.AddDays(-200),
	} {
		v[f] = x
	}
	wang.id = b.write(b.bureau, moment(h.known, 9, 6), casework.KindPerson, casework.RecordID{}, v)
	b.Scene.Wang = wang.id
	h.head = wang.name
	b.settle(h, wang.id)

	b.visits(lin, []visited{
		{b.Today.AddDays(-75), "door", "met", true, "full", "screen", zhang, 2},
		{b.Today.AddDays(-46), "phone", "guardian_only", false, "routine", "screen", li, 0},
		{b.Today.AddDays(-33), "door", "guardian_only", false, "routine", "screen", zhang, 0},
	})
	last := b.visit(lin, visited{b.Today.AddDays(-17), "door", "met", true, "routine", "screen", zhang, 2})
	b.year(wang, 2, false)

	opened := b.Today.AddDays(-17)
	for _, t := range []casework.Values{
		{"task_kind": "need", "need": "guardianship", "title": "委托照护书没签", "due": b.Today.AddDays(7), "step": "open", "assignee_name": zhang.Name},
		{"task_kind": "application", "need": "medical", "title": "医保没缴", "due": b.Today.AddDays(10), "step": "accepted", "assignee_name": "镇救助窗口", "note": "转镇救助窗口，" + b.Today.AddDays(-5).String()[5:] + " 已受理"},
		{"task_kind": "need", "need": "clothes_books", "title": "冬衣一套", "due": opened, "step": "done", "done_on": opened, "outcome": "奶奶签收", "assignee_name": zhang.Name},
	} {
		t["opened_on"], t["opened_by"] = opened, last
		b.write(zhang, moment(opened, 18, 0), casework.KindTask, lin.id, t)
	}
}

func (b *builder) girl(name string, age, grade int, grid, address string) profile {
	h := b.sceneHome(grid, address)
	p := profile{child: true, age: age, grade: grade, name: name, female: true}
	v := b.common(h, name, true, b.birth(age))
	v["duties"], v["child_categories"] = []string{"child"}, []string{"left_behind"}
	b.parents(v, "left_behind")
	p.living, _ = v["living"].(string)
	b.school(v, age)
	p.interval()
	b.standing(v, &p)
	p.id = b.write(b.bureau, moment(h.known, 9, 5), casework.KindPerson, casework.RecordID{}, v)
	h.head = v["guardian_name"].(string)
	b.settle(h, casework.RecordID{})
	return p
}

func (b *builder) zhao() {
	h := b.sceneHome("3组", "20号")
	p := profile{child: true, age: 12, grade: 3, months: 1, name: "赵铁柱"}
	v := b.common(h, p.name, false, b.birth(12))
	v["duties"], v["child_categories"] = []string{"child"}, []string{"k1_poverty"}
	v["father_state"], v["mother_state"], v["living"], v["phones/1"] = "ill", "cares", "both_parents", b.phone()
	v["appointment"] = casework.Appointment{On: b.Today, At: "14:00"}
	b.school(v, 12)
	b.standing(v, &p)
	p.id = b.write(b.bureau, moment(h.known, 9, 5), casework.KindPerson, casework.RecordID{}, v)
	h.head = "赵长山"
	b.settle(h, casework.RecordID{})
	b.year(p, 0, false)
	b.Scene.Zhao = p.id
}

// alone is an old woman who was asked by telephone two days ago and seen within the fortnight.
func (b *builder) alone(name string, age int, address string) casework.RecordID {
	h := b.sceneHome("3组", address)
	p := profile{age: age, grade: 2, every: 2, daily: true, name: name, female: true, living: "alone"}
	v := b.common(h, name, true, b.birth(age))
	v["duties"], v["elder_categories"], v["living"] = []string{"elder"}, []string{"EL1", "EL7"}, "alone"
	v["phones/1"], v["emergency_name"], v["emergency_phone"] = b.phone(), b.dice.name(false, true), b.phone()
	b.standing(v, &p)
	p.id = b.write(b.bureau, moment(h.known, 9, 5), casework.KindPerson, casework.RecordID{}, v)
	h.head = name
	b.settle(h, p.id)
	b.year(p, 0, false)
	b.write(b.director[0], moment(b.Today.AddDays(-60), 10, 0), casework.KindDevice, p.id, casework.Values{
		"device_kind": "one_key", "place": "床头", "works": "ok", "tested_on": b.Today.AddDays(-10),
	})
	return p.id
}

func (b *builder) zhou() {
	h := b.sceneHome("5组", "3号")
	p := profile{age: 78, grade: 2, every: 15, name: "周大山", living: "carer", tekun: true}
	v := b.common(h, p.name, false, b.birth(78))
	for f, x := range map[casework.Field]any{
		"duties": []string{"elder", "aid"}, "elder_categories": []string{"EL8"}, "layers": []string{"TEKUN"}, "support_mode": "dispersed",
		"self_care_level": "PARTIAL", "self_care_on": b.Today.AddDays(-100), "living": "carer", "carer": "李梅", "phones/1": b.phone(),
		"standing_grade": strconv.Itoa(p.grade), "standing_by": b.supervisor(0).Name, "standing_on": b.Today.AddDays(-200),
	} {
		v[f] = x
	}
	p.id = b.write(b.bureau, moment(h.known, 9, 5), casework.KindPerson, casework.RecordID{}, v)
	h.head = p.name
	b.settle(h, p.id)
	b.year(p, 0, false)
	b.benefit(p, "tekun_dispersed", 151400)
	b.care(p, "李梅", 4)
	b.Scene.Zhou = p.id
}
