package sample

import (
	"strconv"

	"doorstep/casework"
)

// profile is what the visits of a person follow from.
type profile struct {
	id      casework.RecordID
	village int
	child   bool
	age     int
	grade   int
	every   int  // days between visits: 2, 7, 15; 0 = months
	months  int  // months between visits: 1, 3
	daily   bool // 80 and alone: greeted every two days
	name    string
	female  bool
	living  string
	tekun   bool
}

// home is a household under construction.
type home struct {
	id      casework.RecordID
	village int
	grid    string
	address string
	head    string
	known   casework.Day
}

func (b *builder) home(village int, known casework.Day) home {
	id, _ := casework.NewID(b.dice)
	return home{
		casework.RecordID{ID: id}, village, strconv.Itoa(b.dice.between(1, 6)) + "组", strconv.Itoa(b.dice.between(1, 90)) + "号", "", known,
	}
}

// settle writes the household down, once its head is known.
func (b *builder) settle(h home, head casework.RecordID) {
	v := casework.Values{
		"area": b.Villages[h.village].Area, "grid": h.grid, "address": b.Villages[h.village].Name + h.grid + h.address,
		"head_name": h.head, "house_type": pick(b.dice, []string{"own_single", "own_storeyed", "rented", "public"}),
		"house_heating": pick(b.dice, []string{"coal", "kang", "electric", "central"}),
	}
	if !head.IsZero() {
		v["head"] = head
	}
	b.writeTo(h.id, b.bureau, moment(h.known, 9, 0), casework.KindHousehold, casework.RecordID{}, v)
}

// common are the fields everybody has.
func (b *builder) common(h home, name string, female bool, birth casework.Day) casework.Values {
	sex := "1"
	if female {
		sex = "2"
	}
	v := casework.Values{
		"name": name, "sex": sex, "birth": casework.DateOf(birth), "area": b.Villages[h.village].Area, "grid": h.grid,
		"address": h.address, "household": h.id, "ethnic": "01", "responsible": b.director[h.village].Name,
		"supervisor": b.supervisor(h.village).Name,
	}
	if b.dice.chance(95) {
		v["resident"] = b.resident(birth, female)
	} else {
		v["resident"] = map[string]string{"absent": pick(b.dice, []string{"unregistered", "unknown"})}
	}
	return v
}

func (b *builder) supervisor(village int) Worker { return b.township[village/12] }

// resident is an ID number whose county code, 371099, nobody was ever given.
func (b *builder) resident(birth casework.Day, female bool) map[string]string {
	y, m, n := birth.Date()
	seq := b.dice.upTo(500)*2 + 1
	if female {
		seq--
	}
	s := "371099" + four(y) + four(m)[2:] + four(n)[2:] + four(seq)[1:]
	sum := 0
	for i, w := range [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += int(s[i]-'0') * w
	}
	return map[string]string{"number": s + string("10X98765432"[sum%11])}
}

func four(n int) string { return strconv.Itoa(10000 + n)[1:] }

// phone is a number of a range that no operator assigns.
func (b *builder) phone() string { return "1390000" + four(b.dice.upTo(10000)) }

// birth makes someone so many full years old today, a few months past the birthday.
func (b *builder) birth(age int) casework.Day {
	return b.Today.AddMonths(-12*age - b.dice.between(1, 10)).AddDays(-b.dice.between(0, 20))
}

// child adds a child of the next category.
func (b *builder) child(h home, age int) profile {
	female := b.dice.chance(48)
	name := b.dice.name(female, false)
	p := profile{village: h.village, child: true, age: age, name: name, female: female}
	v := b.common(h, name, female, b.birth(age))
	category := childCategories[b.children%len(childCategories)]
	b.children++
	v["duties"] = []string{"child"}
	categories := []string{category}
	if b.dice.chance(25) && category != "left_behind" && age < 16 {
		categories = append(categories, "left_behind")
	}
	if (category == "left_behind" || category == "migrant") && age >= 16 {
		categories = []string{"difficulty"}
	}
	v["child_categories"] = categories
	p.grade = b.dice.between(2, 4)
	if b.dice.chance(4) {
		p.grade = 1
	}
	b.parents(v, category)
	p.living, _ = v["living"].(string)
	switch category {
	case "orphan", "community_orphan", "de_facto_unattended", "state_guarded":
		p.grade = min(p.grade, 3)
	case "disabled", "k2_disability", "autism":
		v["disability_kind"], v["disability_grade"] = pick(b.dice, []string{"1", "4", "5", "6"}), pick(b.dice, []string{"1", "2", "3"})
		p.grade = min(p.grade, 3)
	case "seriously_ill":
		v["health_state"], v["illness"] = "5", "先天性心脏病"
	case "abused", "wandering":
		p.grade = min(p.grade, 2)
	}
	b.school(v, age)
	p.interval()
	b.standing(v, &p)
	p.id = b.person(h, v, p)
	return p
}

func (b *builder) parents(v casework.Values, category string) {
	father, mother := "out_for_work", "out_for_work"
	switch category {
	case "orphan", "community_orphan":
		father, mother = "dead", pick(b.dice, []string{"dead", "missing"})
	case "de_facto_unattended":
		father, mother = pick(b.dice, []string{"prison", "dead", "detox"}), pick(b.dice, []string{"lost_contact", "disabled"})
	case "parent_locked":
		father, mother = "prison", "cares"
	case "single_parent":
		father, mother = "dead", "cares"
	case "left_behind":
	default:
		father, mother = pick(b.dice, []string{"cares", "out_for_work", "ill", "disabled"}), pick(b.dice, []string{"cares", "out_for_work", "unknown"})
	}
	v["father_state"], v["mother_state"] = father, mother
	v["father_since"] = casework.DateOf(b.Today.AddMonths(-b.dice.between(7, 60)))
	if father == "out_for_work" {
		v["father_place"], v["father_phone"] = pick(b.dice, cities), b.phone()
	}
	if mother == "lost_contact" {
		v["mother_since"] = casework.DateOf(b.Today.AddMonths(-b.dice.between(7, 40)))
	}
	if father == "cares" || mother == "cares" {
		v["living"] = "both_parents"
		return
	}
	grandmother := b.dice.chance(60)
	v["living"], v["guardian_name"], v["guardian_phone"], v["guardian_rating"] = "grandparents", b.dice.name(grandmother, true), b.phone(), pick(b.dice, []string{"good", "average", "average"})
	v["guardian_relation"] = "61"
	if grandmother {
		v["guardian_relation"] = "62"
	}
}

func (b *builder) school(v casework.Values, age int) {
	stage, class := "none", ""
	switch {
	case age < 3:
	case age < 6:
		stage = "kindergarten"
	case age < 12:
		stage, class = "primary", []string{"一", "二", "三", "四", "五", "六"}[age-6]+"年级"
	case age < 15:
		stage, class = "junior", []string{"一", "二", "三"}[age-12]
		class = "初" + class
	default:
		stage, class = pick(b.dice, []string{"senior", "vocational"}), "一年级"
	}
	v["education_stage"] = stage
	if class != "" {
		v["school"], v["grade_class"], v["boarding"] = pick(b.dice, schools), class, age > 11 && b.dice.chance(40)
	}
}

// elder adds an elder of the next category.
func (b *builder) elder(h home, age int, quiet bool) profile {
	female := b.dice.chance(58)
	name := b.dice.name(female, true)
	p := profile{village: h.village, age: age, name: name, female: female, living: "spouse"}
	category := elderCategories[b.elders%len(elderCategories)]
	b.elders++
	if quiet && category == "EL1" && age >= 80 { // who lives alone at 80 is greeted every two days: not in the scene's village
		category = "EL7"
	}
	v := b.common(h, name, female, b.birth(age))
	v["duties"], v["marital"] = []string{"elder"}, pick(b.dice, []string{"20", "30"})
	p.grade = 3
	categories := []string{category}
	switch category {
	case "EL1":
		p.living = "alone"
	case "EL3":
		p.living = "grandchildren"
	case "EL4":
		level := b.dice.between(2, 3)
		v["ability_level"], v["ability_scale"], v["ability_on"] = strconv.Itoa(level), "gbt42195", b.Today.AddMonths(-b.dice.between(1, 11))
		v["ability_total"] = []int{55, 38}[level-2]
		p.grade, p.living = 2, "children"
	case "EL5":
		v["disability_kind"], v["disability_grade"] = "4", pick(b.dice, []string{"1", "2"})
	case "EL8":
		p.tekun, p.grade, p.living = true, 2, "carer"
		v["layers"], v["support_mode"], v["self_care_level"], v["carer"] = []string{"TEKUN"}, "dispersed", "PARTIAL", b.dice.name(true, true)
		v["duties"] = []string{"elder", "aid"}
	}
	if age >= 80 && category != "EL7" {
		categories = append(categories, "EL7")
	}
	if p.living == "alone" && age >= 80 {
		p.grade, p.daily = 2, true
	}
	if b.dice.chance(6) {
		v["chronic"], p.grade = []string{"dementia", "hypertension"}, 2
	} else if b.dice.chance(50) {
		v["chronic"] = []string{pick(b.dice, []string{"hypertension", "diabetes", "heart", "lung"})}
	}
	v["elder_categories"], v["living"] = categories, p.living
	if b.dice.chance(70) {
		v["supporter_name"], v["supporter_phone"], v["supporter_place"] = b.dice.name(b.dice.chance(40), false), b.phone(), pick(b.dice, cities)
		v["supporter_relation"] = pick(b.dice, []string{"20", "30"})
	}
	v["emergency_name"], v["emergency_phone"] = b.dice.name(true, true), b.phone()
	v["willingness"] = pick(b.dice, []string{"yes", "yes", "yes", "fewer"})
	p.interval()
	b.standing(v, &p)
	p.id = b.person(h, v, p)
	return p
}

// interval is the shortest that the default table asks for.
func (p *profile) interval() {
	switch {
	case p.daily:
		p.every = 2
	case p.grade == 1:
		p.every = 7
	case p.grade == 2:
		p.every = 15
	case p.grade == 3:
		p.months = 1
	default:
		p.months = 3
	}
}

// standing has the supervisor confirm the grade some time in the year.
func (b *builder) standing(v casework.Values, p *profile) {
	v["standing_grade"], v["standing_by"] = strconv.Itoa(p.grade), b.supervisor(p.village).Name
	v["standing_on"] = b.Today.AddDays(-b.dice.between(200, 320))
}

// person writes someone down as the bureau's roster had her a year ago.
func (b *builder) person(h home, v casework.Values, p profile) casework.RecordID {
	if b.dice.chance(85) {
		v["phones/1"] = b.phone()
	}
	if b.dice.chance(8) {
		v["caution"] = pick(b.dice, []string{"有狗，先打电话", "耳背，敲门要重", "下午4点后在家", "不愿让邻居知道"})
	}
	if b.dice.chance(20) {
		v["layers"] = []string{pick(b.dice, []string{"DIBAO", "MARGIN", "OTHER_DIFFICULTY"})}
		if p.tekun {
			v["layers"] = []string{"TEKUN"}
		}
	}
	return b.write(b.bureau, moment(h.known, 9, 5), casework.KindPerson, casework.RecordID{}, v)
}

// Every category there is, dealt in turn so that a small district has them all; the common
// ones come more than once.
var (
	childCategories = []string{
		"left_behind", "k1_poverty", "left_behind", "de_facto_unattended", "difficulty", "community_orphan", "left_behind", "k2_disability",
		"migrant", "k3_guardianship", "left_behind", "single_parent", "low_income_family", "disabled", "key_child", "parent_locked",
		"seriously_ill", "dropout", "autism", "orphan", "hiv_affected", "wandering", "abused", "state_guarded",
	}
	elderCategories = []string{"EL1", "EL2", "EL7", "EL3", "EL1", "EL4", "EL2", "EL5", "EL8", "EL7", "EL1", "EL6"}
)
