package casework

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
