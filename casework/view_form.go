package casework

import (
	"encoding/json"
	"maps"
	"time"
)

// FormSummary is what is kept in memory of every filled-in form: a line of a list.
type FormSummary struct {
	ID         RecordID
	Owner      RecordID // person or household; zero for a check of a place
	Area       Area     // of a check
	Duties     []Duty   // of a check
	Form       string   // form id; "" without clearance
	Protected  bool     // lists name it neutrally, whoever reads them
	Date       Day
	Written    time.Time // when it was written down, on the laptop's clock
	Worker     WorkerID
	Scale      string  // of the result: "gbt42195", "screening", "tekun6"
	Result     string  // code, as far as the reader's clearance goes
	Score      float64 // as far as the reader's clearance goes
	Next       Day
	Supersedes RecordID
	Superseded bool // a correction took its place
	Retracted  bool // taken back
}

// Counts reports whether the form stands: neither corrected nor taken back.
func (f FormSummary) Counts() bool { return !f.Superseded && !f.Retracted }

// FilledForm is one filled-in form in full.
type FilledForm struct {
	FormSummary
	FormHash Hash
	Entered  time.Time
	Source   string
	Unknowns int

	// Answers of all parts as far as the reader's clearance goes.
	Answers map[string]json.RawMessage
	// Restricted are the questions of the restricted and protected parts.
	Restricted map[string]bool

	Signature        Signature
	Made             []RecordID
	CorrectionReason string
	RetractedReason  string
	Conflicts        []Field
}

// protectedPart is the one register that holds everything of a protected form.
type protectedPart struct {
	Form    string                     `json:"form"`
	Hash    Hash                       `json:"form_hash"`
	Answers map[string]json.RawMessage `json:"answers"`
}

func protectedOf(r Record) protectedPart {
	for _, f := range []Field{"protected", "sealed"} {
		if v := held(r, f); !isNull(v) {
			return read[protectedPart](v)
		}
	}
	return protectedPart{}
}

// FormSummaryOf reads what memory keeps of a form's record.
func FormSummaryOf(r Record) FormSummary {
	f := FormSummary{
		ID:         r.ID,
		Owner:      r.Owner,
		Form:       text(held(r, "form")),
		Date:       dayOf(held(r, "date")),
		Worker:     WorkerID{idOf(held(r, "worker"))},
		Scale:      text(held(r, "scale")),
		Result:     text(held(r, "result")),
		Score:      read[float64](held(r, "score")),
		Next:       dayOf(held(r, "next")),
		Supersedes: RecordID{idOf(held(r, "supersedes"))},
		Superseded: !isNull(held(r, FieldSupersededBy)),
	}
	if f.Form == "" {
		f.Protected, f.Form = true, protectedOf(r).Form
	}
	if v := held(r, "result_restricted"); !isNull(v) {
		hidden := read[struct {
			Result string  `json:"result"`
			Score  float64 `json:"score"`
		}](v)
		f.Result, f.Score = hidden.Result, hidden.Score
	}
	if r.Kind == KindCheck {
		f.Duties = r.Duties()
		if areas := r.Areas(); len(areas) > 0 {
			f.Area = areas[0]
		}
	}
	written := r.Registers["date"]
	f.Written = written.At
	if f.Worker.IsZero() {
		f.Worker = written.Worker
	}
	_, f.Retracted = r.Retracted()
	return f
}

// FilledFormOf reads a form's record in full.
func FilledFormOf(r Record) FilledForm {
	f := FilledForm{
		FormSummary: FormSummaryOf(r),
		FormHash:    read[Hash](held(r, "form_hash")),
		Entered:     read[time.Time](held(r, "entered")),
		Source:      text(held(r, "source")),
		Unknowns:    int(read[float64](held(r, "unknowns"))),
		Answers:     map[string]json.RawMessage{},
		Restricted:  map[string]bool{},
		Signature:   read[Signature](held(r, "signature")),
		Made:        read[[]RecordID](held(r, "made")),

		CorrectionReason: text(held(r, "correction_reason")),
		Conflicts:        r.Conflicts(),
	}
	f.RetractedReason, _ = r.Retracted()
	for _, part := range []Field{"answers", "answers_personal", "answers_restricted"} {
		answers := read[map[string]json.RawMessage](held(r, part))
		maps.Copy(f.Answers, answers)
		if part == "answers_restricted" {
			f.hide(answers)
		}
	}
	if p := protectedOf(r); f.Protected && p.Form != "" {
		f.FormHash = p.Hash
		maps.Copy(f.Answers, p.Answers)
		f.hide(p.Answers)
	}
	return f
}

func (f *FilledForm) hide(answers map[string]json.RawMessage) {
	for q := range answers {
		f.Restricted[q] = true
	}
}
