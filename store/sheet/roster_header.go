package sheet

import (
	"slices"
	"strings"

	"doorstep/casework"
)

// How far down the headings are looked for, and how many rows they may take.
const (
	maxHeadRow  = 20
	maxHeadRows = 3
)

// header is the rows of headings of a sheet, understood.
type header struct {
	title    string
	from, to int
	columns  []RosterColumn
	targets  map[int]target // by column
}

// findHeader looks for the rows whose headings are understood best. They must name the
// people: a column of names. Of two readings as good the shorter wins, then the higher.
func findHeader(g *Grid, o RosterOptions) (header, bool) {
	best, most := header{}, 0
	for to := 1; to <= min(g.Rows, maxHeadRow); to++ {
		for from := to; from >= 1 && to-from < maxHeadRows; from-- {
			h := readHeader(g, from, to, o)
			n := 0
			named := false
			for _, t := range h.targets {
				if t.field != "" {
					n++
				}
				named = named || t.field == "name"
			}
			if named && n > most && n >= 2 {
				best, most = h, n
			}
		}
	}
	if most == 0 {
		return header{}, false
	}
	var title []string
	for row := 1; row < best.from; row++ {
		for col := 1; col <= g.Cols; col++ {
			if s := casework.CleanLine(g.At(row, col).Text, 100); s != "" {
				title = append(title, s)
			}
		}
	}
	best.title = casework.CleanLine(strings.Join(title, " "), 200)
	return best, true
}

func readHeader(g *Grid, from, to int, o RosterOptions) header {
	h := header{from: from, to: to, targets: map[int]target{}}
	spec, _ := casework.SchemaOf(casework.KindPerson)
	taken := map[target]bool{}
	cluster := "" // whose fields the columns to the left are
	for col := 1; col <= g.Cols; col++ {
		path := headingPath(g, from, to, col)
		if len(path) == 0 {
			continue
		}
		c := RosterColumn{Col: col, Heading: strings.Join(path, "/")}
		t, answered := target{}, false
		if f, ok := o.Headings[c.Heading]; ok {
			t, answered = target{field: f}, true
			if f == "" {
				t.field = asComputed
			}
		} else {
			t = understandHeading(path)
			t = inContext(t, cluster, taken)
		}
		s, known := spec.Find(setless(t.field))
		switch {
		case t.field == "":
			c.Use = Unknown
		case t.field == asComputed:
			c.Use = Computed
		case t.field == asElsewhere:
			c.Use = Elsewhere
		case t.field != asTownship && !known:
			c.Use, t = Unknown, target{}
		case taken[t] && !answered:
			c.Use, t = Twice, target{}
		case o.Role != "" && known && (!o.Role.MaySee(s) || !o.Role.MayWrite(spec, s)):
			c.Use = Forbidden
		default:
			c.Use = Taken
			taken[t] = true
		}
		c.Field = t.field
		if strings.HasPrefix(string(c.Field), "(") {
			c.Field = ""
		}
		if c.Use == Taken || c.Use == Computed || c.Use == Elsewhere {
			h.targets[col] = t
		}
		if p, _, ok := strings.Cut(string(t.field), "_"); ok && isPerson(p) {
			cluster = p
		} else if t.field != "" && t.field != asComputed {
			cluster = ""
		}
		h.columns = append(h.columns, c)
	}
	return h
}

func isPerson(prefix string) bool {
	for _, p := range persons {
		if p == prefix && p != "" {
			return true
		}
	}
	return false
}

// setless is a field by the key the schema lists it under.
func setless(f casework.Field) casework.Field {
	if f == "phones" {
		return "phones/x"
	}
	return f
}

// inContext gives a heading that says 联系电话, 身份证号 or 关系 and nothing more to the person
// whose columns stand at its left: phones and relations always, the others when the row's
// own column is there already.
func inContext(t target, cluster string, taken map[target]bool) target {
	part, shared := own[t.field]
	if cluster == "" || !shared || t.tick != "" {
		return t
	}
	if part != "phone" && part != "relation" && !taken[t] {
		return t
	}
	spec, _ := casework.SchemaOf(casework.KindPerson)
	f := casework.Field(cluster + "_" + part)
	if _, ok := spec.Find(f); ok && !taken[target{field: f}] {
		return target{field: f}
	}
	return t
}

// headingPath is what stands over a column from the outermost heading to its own, merged
// areas filled, repetitions and blanks dropped.
func headingPath(g *Grid, from, to, col int) []string {
	var path []string
	for row := from; row <= to; row++ {
		s := casework.CleanLine(g.Over(row, col).Text, 60)
		if s == "" || slices.Contains(path, s) {
			continue
		}
		path = append(path, s)
	}
	return path
}
