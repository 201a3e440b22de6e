package sample

import (
	"doorstep/casework"
)

// fill adds so many people to a village, household by household. In the scene's village
// nobody else is overdue or due today.
func (b *builder) fill(village, people int) {
	for people > 0 {
		h := b.home(village, b.Today.AddDays(-b.dice.between(345, 360)))
		members := min(people, b.dice.between(1, 2))
		var head profile
		for i := range members {
			var p profile
			if b.dice.chance(38) {
				p = b.child(h, b.dice.between(1, 17))
			} else {
				p = b.elder(h, b.dice.between(60, 97), village == 0)
			}
			if i == 0 || !p.child && head.child {
				head = p
			}
			b.year(p, b.dueIn(p, village), village != 0)
			b.belongings(p)
		}
		h.head = head.name
		if head.child {
			h.head = pick(b.dice, surnames) + pick(b.dice, oldMen)
			b.settle(h, casework.RecordID{})
		} else {
			b.settle(h, head.id)
		}
		people -= members
	}
}

// dueIn is in how many days someone is due: one in eight overdue, a few today, the others
// spread over what their interval allows.
func (b *builder) dueIn(p profile, village int) int {
	most := p.every
	if p.months > 0 {
		most = 27
	}
	if p.daily {
		most = 2
	}
	if village == 0 {
		return b.dice.between(1, most)
	}
	switch n := b.dice.upTo(100); {
	case n < 12:
		return -b.dice.between(1, 10)
	case n < 18:
		return 0
	}
	return b.dice.between(1, most)
}

// belongings are the tasks, benefits, devices and care that go with a person.
func (b *builder) belongings(p profile) {
	by := b.director[p.village]
	if b.dice.chance(22) {
		b.promise(p, by)
	}
	if !p.child && p.living == "alone" && b.dice.chance(60) {
		b.write(by, moment(b.Today.AddDays(-150), 10, 0), casework.KindDevice, p.id, casework.Values{
			"device_kind": pick(b.dice, []string{"smoke", "one_key", "water_meter"}), "place": "堂屋",
			"works": pick(b.dice, []string{"ok", "ok", "ok", "broken"}), "tested_on": b.Today.AddDays(-b.dice.between(20, 100)),
		})
	}
	if p.tekun {
		b.benefit(p, "tekun_dispersed", 151400)
		b.care(p, pick(b.dice, oldWomen), 3)
	} else if b.dice.chance(10) {
		scheme, amount := "dibao_rural", casework.Fen(52000)
		if p.child {
			scheme, amount = "de_facto", 212400
		}
		b.benefit(p, scheme, amount)
	}
}

func (b *builder) benefit(p profile, scheme string, amount casework.Fen) {
	b.write(b.bureau, moment(b.Today.AddDays(-300), 9, 0), casework.KindBenefit, p.id, casework.Values{
		"scheme": scheme, "amount": amount, "unit": "month", "from": casework.DateOf(b.Today.AddMonths(-b.dice.between(11, 40)).MonthStart()),
		"card_holder": pick(b.dice, []string{"self", "guardian", "child"}),
	})
}

// care writes some stretches of work of a carer.
func (b *builder) care(p profile, carer string, times int) {
	for i := range times {
		on := b.Today.AddDays(-7*i - 2)
		minutes := b.dice.between(2, 6) * 30
		start := moment(on, 9, 0)
		b.write(b.director[p.village], moment(on, 18, 0), casework.KindCare, p.id, casework.Values{
			"recipient": p.id, "carer": carer, "agreement": "委照" + four(p.age*7), "date": on, "start": start, "minutes": minutes,
			"items": []string{"meals", "cleaning", pick(b.dice, []string{"washing", "bathing", "company"})}, "signature": signed,
		})
	}
}

var promises = []struct {
	need, title, by string
}{
	{"medical", "陪去镇卫生院复查", ""},
	{"schooling", "问助学金要什么材料", "镇救助窗口"},
	{"clothes_books", "冬衣一套", ""},
	{"safety_fix", "换掉老化的电线", "村委会"},
	{"meals", "登记助餐", "镇养老服务中心"},
	{"register", "帮着问落户", "派出所"},
	{"disability_card", "约残疾评定", "镇残联"},
	{"companionship", "请志愿者每周来聊聊天", ""},
}

// promise is something said at a visit: open, overdue now and then, or done.
func (b *builder) promise(p profile, by Worker) {
	what := pick(b.dice, promises)
	opened := b.Today.AddDays(-b.dice.between(5, 60))
	due := opened.AddDays(30)
	v := casework.Values{"task_kind": "need", "need": what.need, "title": what.title, "opened_on": opened, "due": due, "step": "open"}
	v["assignee_name"] = by.Name
	if what.by != "" {
		v["assignee_name"] = what.by
	}
	if b.dice.chance(55) {
		done := opened.AddDays(b.dice.between(1, 25))
		if done <= b.Today {
			v["step"], v["done_on"], v["outcome"] = "done", done, "已办好"
		}
	}
	b.write(by, moment(opened, 18, 30), casework.KindTask, p.id, v)
}
