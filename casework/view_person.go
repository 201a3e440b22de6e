package casework

import (
	"encoding/json"
	"slices"
	"strings"
	"time"
)

// Person is a person's file as the rules and the screens read it.
type Person struct {
	ID        RecordID
	Name      string
	Sex       string // code of "sex"
	Birth     Date
	Areas     []Area // first the current one, then open alternatives
	Duties    []Duty
	Grid      string
	Address   string
	Household RecordID
	Resident  ResidentID
	Phones    []string
	Caution   string // what to know before knocking
	Remark    string

	Appointment Appointment
	Responsible string
	Supervisor  string

	ChildCategories []string // codes of "child_category"
	ElderCategories []string // codes of "elder_category"
	Layers          []string // codes of "low_income_layer"
	Since           Date     // on the register since
	Living          string   // code of "living_pattern"
	Guardian        Contact
	GuardianRating  string // code of "guardian_rating"
	EntrustedOn     Day    // entrusted-care paper signed
	Father, Mother  Parent
	Schooling       Schooling
	Health          Health
	Disability      Disability
	Ability         Ability
	SelfCare        string // code of "care_level" (tekun)
	SupportMode     string // code of "support_mode"
	Supporter       Contact
	Emergency       Contact
	Carer           string
	Willingness     string // code of "willingness"
	AgreedEvery     int    // agreed days between visits; 0 = none

	Standing  Standing
	Exit      Exit
	Away      Away
	Known     Day     // the first day on which something that still stands was written
	Retracted bool    // entered by mistake, taken back
	Conflicts []Field // registers in which two places say different things
}

// PersonOf reads a person's record.
func PersonOf(r Record) Person {
	p := Person{
		ID:        r.ID,
		Name:      shownName(text(held(r, "name"))),
		Sex:       word(r, "sex", Sexes),
		Birth:     read[Date](held(r, "birth")),
		Areas:     r.Areas(),
		Duties:    r.Duties(),
		Grid:      text(held(r, "grid")),
		Address:   text(held(r, "address")),
		Household: RecordID{idOf(held(r, "household"))},
		Resident:  residentOf(held(r, "resident")),
		Caution:   text(held(r, "caution")),
		Remark:    text(held(r, "remark")),

		Appointment: read[Appointment](held(r, "appointment")),
		Responsible: text(held(r, "responsible")),
		Supervisor:  text(held(r, "supervisor")),

		ChildCategories: codes(r, "child_categories"),
		ElderCategories: codes(r, "elder_categories"),
		Layers:          codes(r, "layers"),
		Living:          word(r, "living", LivingPatterns),
		GuardianRating:  text(held(r, "guardian_rating")),
		Guardian:        contactOf(r, "guardian"),
		Father:          parentOf(r, "father"),
		Mother:          parentOf(r, "mother"),
		Schooling:       read[Schooling](held(r, "schooling")),
		Health:          read[Health](held(r, "health")),
		Disability:      read[Disability](held(r, "disability")),
		SelfCare:        member(r, "self_care", "self_care_level"),
		SupportMode:     text(held(r, "support_mode")),
		Supporter:       contactOf(r, "supporter"),
		Emergency:       contactOf(r, "emergency"),
		Carer:           text(held(r, "carer")),
		Willingness:     text(held(r, "willingness")),
		Conflicts:       r.Conflicts(),
	}
	p.Since = read[struct {
		V Date `json:"category_since"`
	}](held(r, "admission")).V
	p.EntrustedOn = read[struct {
		V Day `json:"entrusted_on"`
	}](held(r, "entrusted")).V
	p.AgreedEvery = int(read[struct {
		V float64 `json:"agreed_every"`
	}](held(r, "agreed")).V)
	for _, f := range r.Elements("phones") {
		p.Phones = append(p.Phones, text(r.Registers[f].Value))
	}
	p.readSevere(r)
	p.readStatus(r)
	var known time.Time
	for _, reg := range r.Registers {
		if known.IsZero() || !reg.At.IsZero() && reg.At.Before(known) {
			known = reg.At
		}
	}
	p.Known = DayOf(known)
	return p
}

// readSevere takes the more severe of what two places say about grade and danger.
func (p *Person) readSevere(r Record) {
	for _, v := range r.Every("living") {
		if text(v) == "alone" {
			p.Living = "alone"
		}
	}
	for _, v := range r.Every("ability") {
		if a := read[Ability](v); a.Level > p.Ability.Level || p.Ability.Level == "" {
			p.Ability = a
		}
	}
	for _, v := range r.Every("standing") {
		s := read[struct {
			Grade json.RawMessage `json:"standing_grade"`
			By    string          `json:"standing_by"`
			On    Day             `json:"standing_on"`
		}](v)
		if g := gradeOf(s.Grade); worse(g, p.Standing.Grade) != p.Standing.Grade {
			p.Standing = Standing{g, s.By, s.On}
		}
	}
}

// readStatus believes an exit only when no other place says that the person is here.
func (p *Person) readStatus(r Record) {
	type status struct {
		Retracted *string `json:"retracted"`
		Exit      Exit    `json:"exit"`
		Away      Away    `json:"away"`
	}
	every := r.Every(FieldStatus)
	if len(every) == 0 {
		return
	}
	gone, away, retracted := true, true, true
	for _, v := range every {
		s := read[status](v)
		gone = gone && s.Exit.Reason != ""
		away = away && s.Away.Reason != ""
		retracted = retracted && s.Retracted != nil
	}
	first := read[status](every[0])
	if gone {
		p.Exit = first.Exit
	}
	if away {
		p.Away = first.Away
	}
	p.Retracted = retracted
}

// held is the current value of a register; of a group, the object with all its members.
func held(r Record, f Field) json.RawMessage { return harmless(r.Registers[f].Value) }

func member(r Record, g, f Field) string {
	v := held(r, g)
	if isNull(v) {
		return ""
	}
	return text(read[map[Field]json.RawMessage](v)[f])
}

// Area is where the person lives; with alternatives open, the first of them.
func (p Person) Area() Area {
	if len(p.Areas) == 0 {
		return ""
	}
	return p.Areas[0]
}

// Has reports whether a line of work holds the person.
func (p Person) Has(d Duty) bool { return slices.Contains(p.Duties, d) }

// IsCategory reports whether the person is of a child or elder category, or of a
// low-income layer, by its code.
func (p Person) IsCategory(code string) bool {
	return slices.Contains(p.ChildCategories, code) || slices.Contains(p.ElderCategories, code) || slices.Contains(p.Layers, code)
}

// Ages are the least and the most full years the person may have on a day: a ledger often
// knows only the year or the lunar day of birth. Both are -1 when no birth is known.
func (p Person) Ages(on Day) (least, most int) {
	first, last := p.Birth.Bounds()
	if first == 0 || on == 0 {
		return -1, -1
	}
	return max(last.FullYears(on), 0), max(first.FullYears(on), 0)
}

// Age is the least number of full years the person may have on a day; -1 when unknown.
func (p Person) Age(on Day) int {
	least, _ := p.Ages(on)
	return least
}

// IsChild reports whether the person is under 18 on a day, or may be. Without a birth the
// line of work decides.
func (p Person) IsChild(on Day) bool {
	least, _ := p.Ages(on)
	if least < 0 {
		return p.Has(DutyChild) && len(p.ElderCategories) == 0
	}
	return least < 18
}

// IsElder reports whether the person is 60 or older on a day, or may be (law Art. 2).
// Without a birth the line of work decides.
func (p Person) IsElder(on Day) bool {
	_, most := p.Ages(on)
	if most < 0 {
		return p.Has(DutyElder) && !p.IsChild(on)
	}
	return most >= 60
}

// Gone reports whether visits have ended: the record was taken back, or an exit was
// confirmed. A proposed exit keeps the file until someone confirms it.
func (p Person) Gone() bool { return p.Retracted || p.Exit.Confirmed }

// InConflict reports whether two places say different things about a register.
func (p Person) InConflict(register Field) bool {
	for _, f := range p.Conflicts {
		if f == register || strings.HasPrefix(string(f), string(register)+"/") {
			return true
		}
	}
	return false
}
