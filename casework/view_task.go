package casework

import (
	"time"
)

// Task is something to be done by a day.
type Task struct {
	ID           RecordID
	Owner        RecordID // the person or household it is for
	Kind         string   // code of "task_kind"; neutral: a report task reads "contact"
	TitleKey     string   // key of a sentence; "" when Title says it in words
	TitleArgs    map[string]any
	Title        string
	Need         string // code of "need"
	Due          Day
	DueAt        time.Time // zero unless hours matter
	Step         string    // code of "task_step"
	Note         string
	Assignee     WorkerID
	AssigneeName string
	OpenedBy     RecordID // the visit it came from
	OpenedOn     Day
	DoneOn       Day
	Outcome      string
	VerifiedOn   Day

	TrueKind string   // with clearance: what a neutral task is about
	Triggers []string // with clearance

	Retracted bool
	Conflicts []Field
}

// TaskOf reads a task's record.
func TaskOf(r Record) Task {
	t := Task{
		ID:           r.ID,
		Owner:        r.Owner,
		Kind:         word(r, "task_kind", TaskKinds),
		TitleKey:     text(held(r, "title_key")),
		TitleArgs:    read[map[string]any](held(r, "title_args")),
		Title:        text(held(r, "title")),
		Need:         word(r, "need", NeedKinds),
		Due:          dayOf(held(r, "due")),
		DueAt:        read[time.Time](held(r, "due_at")),
		Step:         word(r, "step", TaskSteps),
		Note:         text(held(r, "note")),
		Assignee:     WorkerID{idOf(held(r, "assignee"))},
		AssigneeName: text(held(r, "assignee_name")),
		OpenedBy:     RecordID{idOf(held(r, "opened_by"))},
		OpenedOn:     dayOf(held(r, "opened_on")),
		DoneOn:       dayOf(held(r, "done_on")),
		Outcome:      text(held(r, "outcome")),
		VerifiedOn:   dayOf(held(r, "verified_on")),
		TrueKind:     word(r, "true_kind", TaskKinds),
		Triggers:     read[[]string](held(r, "triggers")),
		Conflicts:    r.Conflicts(),
	}
	_, t.Retracted = r.Retracted()
	// The earlier of two deadlines holds until a person chooses.
	for _, v := range r.Every("due") {
		if d := dayOf(v); d != 0 && (t.Due == 0 || d < t.Due) {
			t.Due = d
		}
	}
	// Where two places disagree whether it is done, it is not.
	for _, v := range r.Every("done_on") {
		if isNull(v) || string(v) == `""` {
			t.DoneOn = 0
		}
	}
	return t
}

// Open reports whether the task is still to be done.
func (t Task) Open() bool {
	switch t.Step {
	case "done", "verified", "closed":
		return false
	}
	return t.DoneOn == 0 && !t.Retracted
}

// Overdue is by how many days an open task is late; 0 when it is not.
func (t Task) Overdue(today Day) int {
	if !t.Open() || t.Due == 0 || today <= t.Due {
		return 0
	}
	return today.Sub(t.Due)
}

// Household is what the members of one home share. Its members are the persons whose
// register names it.
type Household struct {
	ID        RecordID
	Head      RecordID
	HeadName  string
	Area      Area
	Grid      string
	Address   string
	Caution   string
	Size      int
	Hazards   []string // codes of "house_hazard"
	HouseType string   // code of "house_type"
	Heating   string   // code of "heating"
	CheckedOn Day
	Retracted bool
	Conflicts []Field
}

// HouseholdOf reads a household's record.
func HouseholdOf(r Record) Household {
	h := Household{
		ID:        r.ID,
		Head:      RecordID{idOf(held(r, "head"))},
		HeadName:  text(held(r, "head_name")),
		Area:      Area(text(held(r, FieldArea))),
		Grid:      text(held(r, "grid")),
		Address:   text(held(r, "address")),
		Caution:   text(held(r, "caution")),
		Size:      int(read[float64](held(r, "size"))),
		Conflicts: r.Conflicts(),
	}
	house := read[struct {
		Type    string   `json:"house_type"`
		Hazards []string `json:"house_hazards"`
		Heating string   `json:"house_heating"`
		On      Day      `json:"house_checked_on"`
	}](held(r, "house"))
	h.HouseType, h.Hazards, h.Heating, h.CheckedOn = house.Type, house.Hazards, house.Heating, house.On
	_, h.Retracted = r.Retracted()
	return h
}

// Benefit is one allowance or aid.
type Benefit struct {
	ID        RecordID
	Owner     RecordID
	Scheme    string // code of "scheme"
	Amount    Fen
	Unit      string // code of "amount_unit"
	From, To  Date
	Holder    string // code of "card_holder"
	Agreement bool   // a custody agreement exists
	Retracted bool
}

// BenefitOf reads a benefit's record.
func BenefitOf(r Record) Benefit {
	pay := read[struct {
		Amount Fen    `json:"amount"`
		Unit   string `json:"unit"`
	}](held(r, "payment"))
	card := read[struct {
		Holder    string `json:"card_holder"`
		Agreement bool   `json:"card_agreement"`
	}](held(r, "card"))
	b := Benefit{
		ID: r.ID, Owner: r.Owner, Scheme: text(held(r, "scheme")), Amount: pay.Amount, Unit: pay.Unit,
		From: read[Date](held(r, "from")), To: read[Date](held(r, "to")), Holder: card.Holder, Agreement: card.Agreement,
	}
	_, b.Retracted = r.Retracted()
	return b
}

// CareEntry is one stretch of care work.
type CareEntry struct {
	ID         RecordID
	Owner      RecordID
	Recipient  RecordID
	Carer      string
	Date       Day
	Minutes    int
	Items      []string // codes of "care_item"
	Abnormal   string
	Superseded bool
	Retracted  bool
}

// CareOf reads a care record.
func CareOf(r Record) CareEntry {
	c := CareEntry{
		ID: r.ID, Owner: r.Owner, Recipient: RecordID{idOf(held(r, "recipient"))}, Carer: text(held(r, "carer")),
		Date: dayOf(held(r, "date")), Minutes: int(read[float64](held(r, "minutes"))), Items: read[[]string](held(r, "items")),
		Abnormal: text(held(r, "abnormal")), Superseded: !isNull(held(r, FieldSupersededBy)),
	}
	_, c.Retracted = r.Retracted()
	return c
}

// SafetyDevice is a smoke alarm, a call button … in a home.
type SafetyDevice struct {
	ID        RecordID
	Owner     RecordID
	Kind      string // code of "device_kind"
	Place     string
	Works     string // code of "device_state"
	TestedOn  Day
	Phone     string // whom to ring when it is broken
	Retracted bool
}

// SafetyDeviceOf reads a device's record.
func SafetyDeviceOf(r Record) SafetyDevice {
	test := read[struct {
		Works string `json:"works"`
		On    Day    `json:"tested_on"`
	}](held(r, "test"))
	d := SafetyDevice{
		ID: r.ID, Owner: r.Owner, Kind: text(held(r, "device_kind")), Place: text(held(r, "place")),
		Works: test.Works, TestedOn: test.On, Phone: text(held(r, "provider_phone")),
	}
	_, d.Retracted = r.Retracted()
	return d
}

// Attachment describes a sealed file.
type Attachment struct {
	ID         RecordID
	Owner      RecordID
	Of         RecordID
	Hash       Hash
	MediaType  string
	Size       int64
	Caption    string
	Superseded bool
	Retracted  bool
}

// AttachmentOf reads an attachment's record.
func AttachmentOf(r Record) Attachment {
	a := Attachment{
		ID: r.ID, Owner: r.Owner, Of: RecordID{idOf(held(r, "of"))}, Hash: read[Hash](held(r, "hash")),
		MediaType: text(held(r, "media_type")), Size: int64(read[float64](held(r, "size"))), Caption: text(held(r, "caption")),
		Superseded: !isNull(held(r, FieldSupersededBy)),
	}
	_, a.Retracted = r.Retracted()
	return a
}
