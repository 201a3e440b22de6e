package sheet

import (
	"regexp"
	"slices"
	"strings"

	"doorstep/casework"
)

// placeWords are what a row says about where the person lives.
type placeWords struct {
	township, village string
	col               int
}

// finish checks the row as a whole and adds what follows from its cells.
func (v *valueReader) finish(place placeWords, onward bool) {
	p := v.p
	v.guardianIsParent()
	if onward {
		return
	}
	if p.Name == "" && p.heaviest() < Refuse {
		v.problem(v.nameCol(), Refuse, casework.Problem("sheet.ReadRoster", "roster.name_missing"))
	}
	if !p.Resident.IsZero() {
		p.Values["resident"] = p.Resident.Register()
	}
	for _, d := range p.Resident.Doubts(text(p.Values["sex"]), p.Birth) {
		w := Note
		if d.Code == "resident.sex" {
			w = Doubt
		}
		v.problem(0, w, d)
	}
	if sex := p.Resident.Sex(); sex != "" && p.Values["sex"] == nil {
		v.put("sex", sex)
	}
	if born := p.Resident.Birth(); born != 0 { // the paper counts; the ledger's may be the lunar birthday
		p.Birth = casework.DateOf(born)
		v.put("birth", p.Birth)
	}
	v.area(place)
	d := v.duties()
	if v.o.Duties != nil && !slices.ContainsFunc(d, func(d casework.Duty) bool { return slices.Contains(v.o.Duties, d) }) {
		v.problem(0, Refuse, casework.Problem("sheet.ReadRoster", "roster.duty_elsewhere"))
	}
	v.put(casework.FieldDuties, d)
}

// guardianIsParent copies a guardian who is the father or mother to the parent's own fields.
func (v *valueReader) guardianIsParent() {
	prefix := ""
	switch text(v.p.Values["guardian_relation"]) {
	case "51", "57":
		prefix = "father"
	case "52", "58":
		prefix = "mother"
	default:
		return
	}
	if _, there := v.p.Values[casework.Field(prefix+"_name")]; there {
		return
	}
	for _, part := range []string{"name", "phone", "resident"} {
		if value, ok := v.p.Values[casework.Field("guardian_"+part)]; ok {
			v.p.Values[casework.Field(prefix+"_"+part)] = value
		}
	}
}

var villageTail = regexp.MustCompile(`(村民委员会|居民委员会|村委会|居委会|社区|村|居)+$`)

// bareVillage is a village's name without what kind of village it is.
func bareVillage(s string) string {
	s = strings.ReplaceAll(casework.Narrow(s), " ", "")
	if b := villageTail.ReplaceAllString(s, ""); len([]rune(b)) >= 2 {
		return b
	}
	return s
}

// area finds the village: its code, its name in the column, in the sheet's name or in the
// title, and last the importer's own village. Names alone join nothing when two villages
// share one.
func (v *valueReader) area(place placeWords) {
	if a, err := casework.ParseArea(place.village); err == nil && a.Level() == casework.LevelVillage {
		v.setArea(a, place.col)
		return
	}
	candidates := func(name string) []casework.Area {
		var out []casework.Area
		for _, w := range v.o.Villages {
			if bareVillage(w.Name) != bareVillage(name) {
				continue
			}
			if place.township != "" && w.Township != "" && !strings.Contains(place.township, bareTown(w.Township)) && !strings.Contains(w.Township, bareTown(place.township)) {
				continue
			}
			out = append(out, w.Area)
		}
		return out
	}
	if place.village != "" {
		switch found := candidates(place.village); {
		case len(found) == 1:
			v.setArea(found[0], place.col)
		case len(found) > 1 && v.o.Area.Level() == casework.LevelVillage && slices.Contains(found, v.o.Area):
			v.setArea(v.o.Area, place.col)
		case len(found) > 1:
			v.problem(place.col, Refuse, casework.Problem("sheet.ReadRoster", "roster.village_twice"))
		case len(v.o.Villages) == 0 && v.o.Area.Level() == casework.LevelVillage:
			v.setArea(v.o.Area, place.col)
		default:
			v.problem(place.col, Refuse, casework.Problem("sheet.ReadRoster", "roster.village_unknown"))
		}
		return
	}
	if found := candidates(v.sheet.Name); len(found) == 1 {
		v.setArea(found[0], 0)
		return
	}
	var inTitle []casework.Area
	for _, w := range v.o.Villages {
		if v.sheet.Title != "" && strings.Contains(v.sheet.Title, w.Name) {
			inTitle = append(inTitle, w.Area)
		}
	}
	switch {
	case len(inTitle) == 1:
		v.setArea(inTitle[0], 0)
	case v.o.Area.Level() == casework.LevelVillage:
		v.setArea(v.o.Area, 0)
	default:
		v.problem(place.col, Refuse, casework.Problem("sheet.ReadRoster", "roster.village_missing"))
	}
}

func bareTown(s string) string {
	for _, tail := range []string{"街道办事处", "街道", "镇", "乡", "办"} {
		if b, ok := strings.CutSuffix(s, tail); ok && b != "" {
			return b
		}
	}
	return s
}

func (v *valueReader) setArea(a casework.Area, col int) {
	if v.o.Area != "" && !v.o.Area.Contains(a) {
		v.problem(col, Refuse, casework.Problem("sheet.ReadRoster", "roster.village_elsewhere"))
		return
	}
	v.p.Area = a
	v.put(casework.FieldArea, a)
}

// duties tells which line of work a row belongs to: what the importer said, its
// categories, the title, and last the age.
func (v *valueReader) duties() []casework.Duty {
	if v.o.Duty != "" {
		return []casework.Duty{v.o.Duty}
	}
	var out []casework.Duty
	add := func(d casework.Duty, yes bool) {
		if yes && !slices.Contains(out, d) {
			out = append(out, d)
		}
	}
	heading := v.sheet.Title + v.sheet.Name
	add(casework.DutyChild, v.p.Values["child_categories"] != nil || strings.Contains(heading, "儿童") || strings.Contains(heading, "未成年"))
	add(casework.DutyElder, v.p.Values["elder_categories"] != nil || strings.Contains(heading, "老人") || strings.Contains(heading, "老年"))
	add(casework.DutyAid, v.p.Values["layers"] != nil)
	if len(out) > 0 {
		return out
	}
	born, last := v.p.Birth.Bounds()
	switch {
	case born == 0:
		add(casework.DutyAid, true)
	case born.FullYears(v.o.Today) < 18:
		add(casework.DutyChild, true)
	case last.FullYears(v.o.Today) >= 60:
		add(casework.DutyElder, true)
	default:
		add(casework.DutyAid, true)
	}
	return out
}
