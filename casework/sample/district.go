package sample

import (
	"time"

	"doorstep/casework"
)

// District is an invented district on a day. Two of the same seed, size and day are equal,
// id by id.
type District struct {
	Today     casework.Day
	Townships []Place
	Villages  []Place
	Workers   []Worker
	Ops       []casework.Op // in an order in which every one is accepted and none conflicts
	Scene     Scene
}

// builder makes a district.
type builder struct {
	*District
	dice     *dice
	at       time.Time // of the operation being written
	bureau   Worker
	township []Worker
	director []Worker
	cover    Worker // 李敏, a social worker who stands in
	fault    error
	authors  map[casework.WorkerID]casework.Author

	children, elders int // made so far: categories are dealt round
}

// New invents a district of so many people (at least the eight of the scene) who are
// visited up to the day given. About four visits a person lie in the year before it.
func New(seed uint64, people int, today casework.Day) *District {
	b := &builder{District: &District{Today: today}, dice: &dice{state: seed}, authors: map[casework.WorkerID]casework.Author{}}
	b.Townships, b.Villages = places(people)
	b.staff()
	b.Ops = make([]casework.Op, 0, people*6)
	b.scene()
	left := people - sceneSize
	for i := range b.Villages {
		n := perVillage
		if i == 0 {
			n -= sceneSize
		}
		b.fill(i, min(n, left))
		left -= min(n, left)
	}
	b.forms()
	if b.fault != nil {
		panic("sample.New: " + b.fault.Error()) // a value that the schema refuses: a fault of this package, found by its tests
	}
	return b.District
}

// Zhang is the director of the first village.
func (d *District) Zhang() Worker { return d.Director(0) }

// Director is the director of a village, by its place in Villages.
func (d *District) Director(village int) Worker {
	return d.Workers[len(d.Workers)-len(d.Villages)+village]
}

// Worker finds someone by id.
func (d *District) Worker(id casework.WorkerID) (Worker, bool) {
	for _, w := range d.Workers {
		if w.ID == id {
			return w, true
		}
	}
	return Worker{}, false
}

// State is the district with all operations applied, as its workers wrote them.
func (d *District) State() *casework.State {
	actors := make(map[casework.WorkerID]casework.Actor, len(d.Workers))
	for _, w := range d.Workers {
		actors[w.ID] = w.Actor()
	}
	s := casework.NewState()
	for _, op := range d.Ops {
		s.Apply(op, actors[op.Worker])
	}
	return s
}

// Known is a state as the rules read it.
type Known struct {
	People []*casework.Person
	Visits map[casework.RecordID][]casework.VisitSummary // by person
	Tasks  map[casework.RecordID][]casework.Task         // by person
}

// Read makes the typed views of a state.
func Read(s *casework.State) Known {
	k := Known{Visits: map[casework.RecordID][]casework.VisitSummary{}, Tasks: map[casework.RecordID][]casework.Task{}}
	for _, r := range s.Records {
		switch r.Kind {
		case casework.KindPerson:
			p := casework.PersonOf(r)
			k.People = append(k.People, &p)
		case casework.KindVisit:
			k.Visits[r.Owner] = append(k.Visits[r.Owner], casework.SummaryOf(r))
		case casework.KindTask:
			k.Tasks[r.Owner] = append(k.Tasks[r.Owner], casework.TaskOf(r))
		}
	}
	return k
}

// In are the operations about the people of an area and all that follows their owners:
// what one director's laptop holds.
func (d *District) In(area casework.Area) []casework.Op {
	held := map[casework.RecordID]bool{}
	var out []casework.Op
	for _, op := range d.Ops {
		if op.Owner.IsZero() {
			for _, w := range op.Writes {
				if w.Field == casework.FieldArea && len(w.Value) == 14 && area.Contains(casework.Area(w.Value[1:13])) {
					held[op.Record] = true
				}
			}
		}
		if held[op.Record] || held[op.Owner] {
			out = append(out, op)
		}
	}
	return out
}

// write makes one operation at a moment; the record is new.
func (b *builder) write(by Worker, at time.Time, kind casework.Kind, owner casework.RecordID, v casework.Values) casework.RecordID {
	id, _ := casework.NewID(b.dice)
	record := casework.RecordID{ID: id}
	b.writeTo(record, by, at, kind, owner, v)
	return record
}

func (b *builder) writeTo(record casework.RecordID, by Worker, at time.Time, kind casework.Kind, owner casework.RecordID, v casework.Values) {
	author, ok := b.authors[by.ID]
	if !ok {
		author = casework.Author{Worker: by.ID, Rand: b.dice, Now: func() time.Time { return b.at }}
		b.authors[by.ID] = author
	}
	b.at = at
	op, err := author.Create(record, kind, owner, v)
	if err != nil && b.fault == nil {
		b.fault = err
	}
	b.Ops = append(b.Ops, op)
}

// moment is a time of day on a civil day.
func moment(d casework.Day, hour, minute int) time.Time {
	return d.Time().Add(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute)
}
