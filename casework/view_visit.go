package casework

import (
	"encoding/json"
	"maps"
	"time"
)

// VisitSummary is what is kept in memory of every visit: enough to plan by.
type VisitSummary struct {
	ID         RecordID
	Person     RecordID
	Date       Day
	Written    Day    // the civil day of the laptop on which it was written down
	Received   Day    // the day the district took it in; 0 = not yet, or not known here
	Mode       string // code of "visit_mode"
	Result     string // code of "visit_result"
	Depth      string // code of "visit_depth"
	Source     string // code of "visit_source"
	Seen       bool   // the person was seen or heard
	Grade      int    // proposed, 1 (worst) to 4; 0 = none
	Unknowns   int    // questions that could not be asked or observed
	Worker     WorkerID
	Next       Day
	Review     string   // "accepted", "returned" or "" while nobody has looked
	Supersedes RecordID // the visit this one corrects
	Superseded bool     // a correction took its place
	Retracted  bool     // taken back
}

// Counts reports whether the visit stands: neither corrected nor taken back.
func (v VisitSummary) Counts() bool { return !v.Superseded && !v.Retracted }

// Visit is one visit in full.
type Visit struct {
	VisitSummary
	Started, Ended, Entered time.Time
	Purpose                 string // code of "visit_purpose"
	Worker2                 WorkerID
	Form                    string
	FormHash                Hash
	PaperNumber             string
	Door                    RecordID

	// Answers of all three parts as far as the reader's clearance goes.
	Answers map[string]json.RawMessage
	// Restricted are the questions of the restricted part, for masking what follows from them.
	Restricted map[string]bool

	Score      int // 0 without clearance
	GradeClass Sensitivity
	Triggers   []string // hard triggers "HT-M" …, with clearance

	Summary, Problems, Needs, Measures string // words of an old ledger
	Goods                              string
	Signature                          Signature
	SupersededBy                       RecordID
	CorrectionReason                   string
	RetractedReason                    string
	ReviewReason                       string
	Conflicts                          []Field
}

// Signature is how a visit was signed: on paper, refused, or unable. Nothing is drawn.
type Signature struct {
	Worker  string `json:"worker"`
	Subject string `json:"subject"` // "paper", "refused" or "unable"
	Paper   string `json:"paper"`
	Reason  string `json:"reason"`
}

// SummaryOf reads what memory keeps of a visit's record.
func SummaryOf(r Record) VisitSummary {
	v := VisitSummary{
		ID:         r.ID,
		Person:     r.Owner,
		Date:       dayOf(held(r, "date")),
		Mode:       word(r, "mode", VisitModes),
		Result:     word(r, "result", VisitResults),
		Depth:      word(r, "depth", VisitDepths),
		Source:     word(r, "source", VisitSources),
		Seen:       flag(held(r, "seen")),
		Grade:      gradeOf(held(r, "grade")),
		Next:       dayOf(held(r, "next")),
		Unknowns:   int(read[float64](held(r, "unknowns"))),
		Worker:     WorkerID{idOf(held(r, "worker"))},
		Supersedes: RecordID{idOf(held(r, "supersedes"))},
		Superseded: !isNull(held(r, FieldSupersededBy)),
	}
	written := r.Registers["date"]
	v.Written = DayOf(written.At)
	if v.Worker.IsZero() {
		v.Worker = written.Worker
	}
	_, v.Retracted = r.Retracted()
	v.Review = reviewOf(r).Verdict
	return v
}

type review struct {
	Verdict string `json:"verdict"`
	Reason  string `json:"reason"`
}

// reviewOf prefers a return to an acceptance while two supervisors disagree.
func reviewOf(r Record) review {
	var out review
	for _, v := range r.Every("review") {
		if w := read[review](v); out.Verdict != "returned" {
			out = w
		}
	}
	return out
}

// VisitOf reads a visit's record in full.
func VisitOf(r Record) Visit {
	v := Visit{
		VisitSummary: SummaryOf(r),
		Started:      read[time.Time](held(r, "started")),
		Ended:        read[time.Time](held(r, "ended")),
		Entered:      read[time.Time](held(r, "entered")),
		Purpose:      text(held(r, "purpose")),
		Worker2:      WorkerID{idOf(held(r, "worker2"))},
		Form:         text(held(r, "form")),
		FormHash:     read[Hash](held(r, "form_hash")),
		PaperNumber:  text(held(r, "paper_number")),
		Door:         RecordID{idOf(held(r, "door"))},
		Answers:      map[string]json.RawMessage{},
		Restricted:   map[string]bool{},
		Score:        int(read[float64](held(r, "score"))),
		GradeClass:   Sensitivity(read[float64](held(r, "grade_class"))),
		Triggers:     read[[]string](held(r, "triggers")),
		Summary:      text(held(r, "summary")),
		Problems:     text(held(r, "problems")),
		Needs:        text(held(r, "needs_note")),
		Measures:     text(held(r, "measures")),
		Goods:        text(held(r, "goods")),
		Signature:    read[Signature](held(r, "signature")),
		SupersededBy: RecordID{idOf(held(r, FieldSupersededBy))},

		CorrectionReason: text(held(r, "correction_reason")),
		ReviewReason:     reviewOf(r).Reason,
		Conflicts:        r.Conflicts(),
	}
	v.RetractedReason, _ = r.Retracted()
	for _, part := range []Field{"answers", "answers_personal", "answers_restricted"} {
		answers := read[map[string]json.RawMessage](held(r, part))
		maps.Copy(v.Answers, answers)
		if part == "answers_restricted" {
			for q := range answers {
				v.Restricted[q] = true
			}
		}
	}
	return v
}
