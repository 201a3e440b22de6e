package laptop

import (
	"slices"
	"strings"

	"doorstep/casework"
	"doorstep/casework/pinyin"
)

// HitBy says by what someone was found.
type HitBy string

// The ways to find someone.
const (
	ByName  HitBy = "name"  // Han, full spelling, initials, or a mixture
	ByID    HitBy = "id"    // the last four or more characters of the resident ID number
	ByPlace HitBy = "place" // name of the village or group
)

// Hit is one person found.
type Hit struct {
	Person *casework.Person
	By     HitBy
}

// MaxHits is the most that one search answers with.
const MaxHits = 100

// finder searches the caseload in memory. The index is made of everyone at one moment;
// who changed since is searched apart, until there are so many that it is made anew.
type finder struct {
	ready   bool
	main    index
	recent  index
	stale   map[casework.RecordID]*casework.Person // changed since; nil: gone
	village map[casework.Area]string
}

// index is everyone of one list by name, by reversed ID number and by place.
type index struct {
	people []*casework.Person
	names  *pinyin.Index
	tails  []tail // sorted
	places *pinyin.Index
	at     [][]int32 // for each place its people
}

type tail struct {
	reversed string
	person   int32
}

// mostStale is how many changed people are searched apart.
const mostStale = 64

func (f *finder) changed(p *casework.Person) { f.stain(p.ID, p) }

func (f *finder) forget(id casework.RecordID) { f.stain(id, nil) }

func (f *finder) stain(id casework.RecordID, p *casework.Person) {
	if !f.ready {
		return
	}
	if len(f.stale) == mostStale {
		f.ready = false
		return
	}
	f.stale[id] = p
	f.recent = index{}
}

func makeIndex(people []*casework.Person, village map[casework.Area]string) index {
	x := index{people: people}
	names := make([]string, len(people))
	where := map[string]int{}
	var places []string
	for i, p := range people {
		names[i] = p.Name
		if n := p.Resident.Reveal(); len(n) >= 4 {
			x.tails = append(x.tails, tail{reverse(n), int32(i)})
		}
		name := village[p.Area()] + p.Grid
		if name == "" {
			continue
		}
		at, ok := where[name]
		if !ok {
			at = len(places)
			where[name] = at
			places = append(places, name)
			x.at = append(x.at, nil)
		}
		x.at[at] = append(x.at[at], int32(i))
	}
	slices.SortFunc(x.tails, func(a, b tail) int { return strings.Compare(a.reversed, b.reversed) })
	x.names, x.places = pinyin.NewIndex(names), pinyin.NewIndex(places)
	return x
}

// NameVillages tells what areas are called, for the search by place. The names come from
// the district's pack of areas.
func (s *Store) NameVillages(names map[casework.Area]string) {
	s.view.Lock()
	defer s.view.Unlock()
	s.finder.village = names
	s.finder.ready = false
}

// Find lists whom the text fits: by name first, then by the end of the ID number (four
// characters or more), then by village or group; at most MaxHits. People entered by
// mistake are left out.
//
// While the lease has lapsed nobody is found.
func (s *Store) Find(text string) []Hit {
	text = strings.TrimSpace(text)
	if text == "" {
		return nil
	}
	s.view.RLock()
	if s.glance() {
		s.view.RUnlock()
		return nil
	}
	ready := s.finder.ready && (len(s.finder.stale) == 0 || s.finder.recent.names != nil)
	if ready {
		defer s.view.RUnlock()
		return s.finder.find(text)
	}
	s.view.RUnlock()
	s.view.Lock()
	defer s.view.Unlock()
	s.prepare()
	return s.finder.find(text)
}

// prepare makes the index, or only that of who changed. Callers hold view.
func (s *Store) prepare() {
	f := &s.finder
	if !f.ready {
		f.main = makeIndex(s.caseload.sorted(), f.village)
		f.stale, f.recent, f.ready = map[casework.RecordID]*casework.Person{}, index{}, true
		return
	}
	var people []*casework.Person
	for _, p := range f.stale {
		if p != nil {
			people = append(people, p)
		}
	}
	slices.SortFunc(people, byPlace)
	f.recent = makeIndex(people, f.village)
}

func (f *finder) find(text string) []Hit {
	var c collector
	c.stale = f.stale
	for _, by := range []HitBy{ByName, ByID, ByPlace} {
		f.recent.find(text, by, &c, false)
		f.main.find(text, by, &c, true)
	}
	return c.hits
}

// collector keeps each person once.
type collector struct {
	hits  []Hit
	found map[casework.RecordID]bool
	stale map[casework.RecordID]*casework.Person
}

// add reports whether there is room for more.
func (c *collector) add(p *casework.Person, by HitBy, main bool) bool {
	if len(c.hits) >= MaxHits {
		return false
	}
	if _, changed := c.stale[p.ID]; main && changed || p.Retracted || c.found[p.ID] {
		return true
	}
	if c.found == nil {
		c.found = map[casework.RecordID]bool{}
	}
	c.found[p.ID] = true
	c.hits = append(c.hits, Hit{p, by})
	return true
}

func (x *index) find(text string, by HitBy, c *collector, main bool) {
	if x.names == nil || len(c.hits) >= MaxHits {
		return
	}
	switch by {
	case ByName:
		found, _ := x.names.Find(text, MaxHits+mostStale)
		for _, i := range found {
			if !c.add(x.people[i], by, main) {
				return
			}
		}
	case ByID:
		x.findTail(text, c, main)
	case ByPlace:
		found, _ := x.places.Find(text, MaxHits)
		for _, at := range found {
			for _, i := range x.at[at] {
				if !c.add(x.people[i], by, main) {
					return
				}
			}
		}
	}
}

func (x *index) findTail(text string, c *collector, main bool) {
	end := strings.ToUpper(casework.Narrow(text))
	if len(end) < 4 || strings.Trim(end, "0123456789X") != "" {
		return
	}
	end = reverse(end)
	from, _ := slices.BinarySearchFunc(x.tails, end, func(t tail, s string) int { return strings.Compare(t.reversed, s) })
	for _, t := range x.tails[from:] {
		if !strings.HasPrefix(t.reversed, end) || !c.add(x.people[t.person], ByID, main) {
			return
		}
	}
}

func reverse(s string) string {
	b := []byte(s)
	slices.Reverse(b)
	return string(b)
}
