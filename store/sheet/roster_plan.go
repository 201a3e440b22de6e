package sheet

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"doorstep/casework"
)

// Known is what the importer's store holds already. Retracted records are left out.
type Known interface {
	// ByResident are the persons with that ID number, which are usually none or one.
	ByResident(ctx context.Context, id casework.ResidentID) ([]casework.Record, error)
	// ByName are the persons of that name who live in or below that area. The plan
	// compares birth and village itself.
	ByName(ctx context.Context, name string, within casework.Area) ([]casework.Record, error)
}

// LineKind is what a plan says about a row.
type LineKind uint8

// The kinds; the key of a kind's word is "roster.line." and its String.
const (
	LineNew      LineKind = iota // nobody like this is known
	LineChanged                  // a known person; the row says something new
	LineSame                     // a known person; the row says nothing new
	LineDoubtful                 // a person has to decide: skipped unless Decide says otherwise
	LineRefused                  // the file has to be put right first
)

// String is "new", "changed", "same", "doubtful" or "refused".
func (k LineKind) String() string {
	return [...]string{"new", "changed", "same", "doubtful", "refused"}[k]
}

// Change is one register that a row would write.
type Change struct {
	Field    casework.Field
	Was, Now json.RawMessage // Was is null when nothing was there
}

// Line is what a plan says about one row of the roster.
type Line struct {
	Kind       LineKind
	Row        RosterRow
	Record     casework.RecordID   // the known person; zero for a new one until Operations
	Changes    []Change            // what accepting the line writes
	Reasons    []CellProblem       // why, and everything else that was noticed
	Candidates []casework.RecordID // who a doubtful row may be about
	Decision   Decision

	seen   casework.Record
	others []casework.Record
}

// Decision is what a person said about a doubtful line.
type Decision uint8

// The decisions.
const (
	Undecided  Decision = iota // not taken
	TakeAsNew                  // a new person
	TakeAsHers                 // about Record
	LeaveOut
)

// Plan is a dry run: it shows everything an import would do and does nothing.
type Plan struct {
	Lines []Line

	written map[casework.RecordID]written // by Operations, for Undo
}

// PlanRoster compares a roster with what is known.
func PlanRoster(ctx context.Context, r *Roster, known Known) (*Plan, error) {
	p := &Plan{written: map[casework.RecordID]written{}}
	judge := planner{known: known, numbers: map[casework.ResidentID]int{}, names: map[string][]int{}, about: map[casework.RecordID]int{}, columns: map[string][]RosterColumn{}}
	for _, s := range r.Sheets {
		judge.columns[s.Name] = s.Columns
	}
	for _, row := range r.Rows {
		l, err := judge.line(ctx, row, p.Lines)
		if err != nil {
			return nil, err
		}
		judge.remember(row, len(p.Lines))
		p.Lines = append(p.Lines, l)
	}
	return p, nil
}

// Counts is how many lines there are of each kind.
func (p *Plan) Counts() map[LineKind]int {
	n := map[LineKind]int{}
	for _, l := range p.Lines {
		n[l.Kind]++
	}
	return n
}

type planner struct {
	known   Known
	numbers map[casework.ResidentID]int // line of an ID number met in this file
	names   map[string][]int            // lines of a name and village met in this file
	about   map[casework.RecordID]int   // line of a known person met in this file
	columns map[string][]RosterColumn   // of each sheet
}

func (j *planner) remember(row RosterRow, line int) {
	if row.Refused() {
		return
	}
	if row.Resident.Reveal() != "" {
		if _, there := j.numbers[row.Resident]; !there {
			j.numbers[row.Resident] = line
		}
	}
	key := row.Name + "\x00" + string(row.Area)
	j.names[key] = append(j.names[key], line)
}

func (j *planner) line(ctx context.Context, row RosterRow, earlier []Line) (Line, error) {
	l := Line{Row: row, Reasons: slices.Clone(row.Problems)}
	if row.Refused() {
		l.Kind = LineRefused
		return l, nil
	}
	sure, maybe, err := j.candidates(ctx, row, &l)
	if err != nil {
		return l, err
	}
	for _, c := range slices.Concat(sure, maybe) {
		if !slices.Contains(l.Candidates, c.ID) {
			l.Candidates = append(l.Candidates, c.ID)
			l.others = append(l.others, c)
		}
	}
	for _, c := range slices.Concat(sure, maybe) { // says nothing new about somebody: done, whatever else was noticed
		if fits(row, c) && len(changes(row, c)) == 0 {
			l.Kind, l.Record, l.seen = LineSame, c.ID, c
			j.about[c.ID] = len(earlier)
			return l, nil
		}
	}
	switch {
	case len(sure) > 1:
		l.doubt("roster.several_known", "Count", len(sure))
	case len(sure) == 1:
		l.about(sure[0], j.columns[row.Sheet])
		if i, twice := j.about[l.Record]; twice && len(l.Changes) > 0 {
			l.doubt("roster.twice", "First", earlier[i].Row.Row)
		}
		j.about[l.Record] = len(earlier)
	case len(maybe) > 0:
		if !slices.ContainsFunc(l.Reasons, func(p CellProblem) bool { return p.Code() == "roster.other_number" }) {
			l.doubt("roster.maybe_known", "Count", len(maybe))
		}
	}
	if l.Record.IsZero() {
		l.Changes = changes(row, casework.Record{Kind: casework.KindPerson})
		j.twins(row, earlier, &l)
	}
	switch {
	case slices.ContainsFunc(l.Reasons, func(p CellProblem) bool { return p.Weight == Doubt }):
		l.Kind = LineDoubtful
	case !l.Record.IsZero() && len(l.Changes) == 0:
		l.Kind = LineSame
	case !l.Record.IsZero():
		l.Kind = LineChanged
	default:
		l.Kind = LineNew
	}
	return l, nil
}

// doubt adds a reason about the row as a whole.
func (l *Line) doubt(code casework.Code, pairs ...any) {
	l.Reasons = append(l.Reasons, CellProblem{Weight: Doubt, Sheet: l.Row.Sheet, Row: l.Row.Row, Err: casework.Problem("sheet.PlanRoster", code, pairs...)})
}

func (l *Line) note(code casework.Code, pairs ...any) {
	l.Reasons = append(l.Reasons, CellProblem{Weight: Note, Sheet: l.Row.Sheet, Row: l.Row.Row, Err: casework.Problem("sheet.PlanRoster", code, pairs...)})
}

// about makes the line one about a known person, and doubts it where the row says what a
// roster should not settle alone.
func (l *Line) about(seen casework.Record, columns []RosterColumn) {
	l.Record, l.seen = seen.ID, seen
	l.Changes = nil
	spec, _ := casework.SchemaOf(casework.KindPerson)
	for _, c := range changes(l.Row, seen) {
		switch {
		case seen.Registers[spec.Register(c.Field)].Conflicted():
			l.note("roster.two_already")
			l.Reasons[len(l.Reasons)-1].Col = columnOf(columns, c.Field)
			continue
		case c.Field == "name" && !isNull(c.Was):
			l.doubt("roster.name_differs")
		case c.Field == "sex" && !isNull(c.Was) && text(c.Was) != "0" && text(c.Was) != "9":
			l.doubt("roster.sex_differs")
		case c.Field == "resident" && strings.Contains(string(c.Was), `"number"`):
			l.doubt("roster.other_number")
		case c.Field == casework.FieldArea && casework.Area(text(c.Was)).Township() != casework.Area(text(c.Now)).Township():
			l.doubt("roster.moved")
		}
		l.Changes = append(l.Changes, c)
	}
}

// twins looks for the same person further up in the file.
func (j *planner) twins(row RosterRow, earlier []Line, l *Line) {
	if i, there := j.numbers[row.Resident]; there && row.Resident.Reveal() != "" {
		l.doubt("roster.twice", "First", earlier[i].Row.Row)
		return
	}
	for _, i := range j.names[row.Name+"\x00"+string(row.Area)] {
		other := earlier[i].Row
		if row.Resident.Reveal() != "" && other.Resident.Reveal() != "" {
			continue // two numbers, two people
		}
		if overlap(row.Birth, other.Birth) {
			l.doubt("roster.twice", "First", other.Row)
			return
		}
	}
}

// candidates are the known persons a row is surely about, and those it may be about.
func (j *planner) candidates(ctx context.Context, row RosterRow, l *Line) (sure, maybe []casework.Record, err error) {
	if row.Resident.Reveal() != "" {
		sure, err = j.known.ByResident(ctx, row.Resident)
		if err != nil || len(sure) > 0 {
			return sure, nil, err
		}
	}
	named, err := j.known.ByName(ctx, row.Name, row.Area.Township())
	if err != nil {
		return nil, nil, err
	}
	for _, c := range named {
		born := birthOf(c)
		day, exact := row.Birth.Exact()
		other, otherExact := born.Exact()
		sameDay := exact && otherExact && day == other
		here := casework.Area(c.Text(casework.FieldArea)) == row.Area
		number := strings.Contains(string(c.Value("resident")), `"number"`)
		switch {
		case number && row.Resident.Reveal() != "": // another number: another person, or a mistyped one
			if sameDay && here {
				l.doubt("roster.other_number")
				maybe = append(maybe, c)
			}
		case sameDay && here:
			sure = append(sure, c)
		case sameDay, here && overlap(row.Birth, born):
			maybe = append(maybe, c)
		}
	}
	return sure, maybe, nil
}

// fits reports that a row may be about a known person as far as number, name and village go.
func fits(row RosterRow, c casework.Record) bool {
	if c.Text("name") != row.Name || casework.Area(c.Text(casework.FieldArea)) != row.Area {
		return false
	}
	return row.Resident.Reveal() == "" || casework.Same(c.Value("resident"), row.Resident.Register())
}

func birthOf(c casework.Record) casework.Date {
	var d casework.Date
	c.Read("birth", &d)
	return d
}

// overlap reports that two births may be the same day; an unknown one may be any.
func overlap(a, b casework.Date) bool {
	if a.IsZero() || b.IsZero() {
		return true
	}
	a1, a2 := a.Bounds()
	b1, b2 := b.Bounds()
	return a1 <= b2 && b1 <= a2
}
