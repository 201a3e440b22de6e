package casework

import "strings"

// Area is a statistical area code (统计用区划代码): 12 digits, province 2 + city 2 + county 2
// + township 3 + village 3, the missing levels filled with zeros. The empty Area means
// "not known". Codes change every year: what an area is called, and since when, is a row
// of the district's pack, never a constant.
type Area string

// AreaLevel is how deep in the administrative tree an Area lies.
type AreaLevel int

// The levels, from the country downwards.
const (
	LevelNone AreaLevel = iota
	LevelProvince
	LevelCity
	LevelCounty
	LevelTownship
	LevelVillage
)

// areaDigits is how many leading digits carry meaning at each level.
var areaDigits = [...]int{0, 2, 4, 6, 9, 12}

// ParseArea reads a code of 12 digits, or its shorter forms: 6 (GB/T 2260, as in 371002),
// 9 (township), 2 and 4. Full-width digits and surrounding spaces are accepted.
// Error: area.malformed.
func ParseArea(s string) (Area, error) {
	s = strings.TrimSpace(Narrow(s))
	switch len(s) {
	case 2, 4, 6, 9, 12:
	default:
		return "", Problem("casework.ParseArea", "area.malformed")
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return "", Problem("casework.ParseArea", "area.malformed")
		}
	}
	a := Area(s + "000000000000"[len(s):])
	if a[:2] == "00" {
		return "", Problem("casework.ParseArea", "area.malformed")
	}
	// A gap, such as a village without a township, belongs to no tree.
	deep := a.Level()
	for l := LevelProvince; l < deep; l++ {
		if zero(string(a[areaDigits[l-1]:areaDigits[l]])) && l > LevelCity {
			return "", Problem("casework.ParseArea", "area.malformed")
		}
	}
	return a, nil
}

// UnmarshalText reads any form ParseArea accepts; empty text is the empty Area.
func (a *Area) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*a = ""
		return nil
	}
	v, err := ParseArea(string(b))
	if err == nil {
		*a = v
	}
	return err
}

func zero(s string) bool { return strings.Trim(s, "0") == "" }

// Level tells how deep a lies; LevelNone for an empty or malformed Area.
func (a Area) Level() AreaLevel {
	if len(a) != 12 {
		return LevelNone
	}
	for l := LevelVillage; l > LevelNone; l-- {
		if !zero(string(a[areaDigits[l-1]:areaDigits[l]])) {
			return l
		}
	}
	return LevelNone
}

// At is the ancestor of a (or a itself) at level l; empty when a lies above l.
func (a Area) At(l AreaLevel) Area {
	if l < LevelProvince || l > a.Level() {
		return ""
	}
	n := areaDigits[l]
	return a[:n] + Area("000000000000"[n:])
}

// Parent is the area one level up; empty for a province.
func (a Area) Parent() Area { return a.At(a.Level() - 1) }

// County is the district or county a lies in.
func (a Area) County() Area { return a.At(LevelCounty) }

// Township is the township or street a lies in; empty for a county and above.
func (a Area) Township() Area { return a.At(LevelTownship) }

// Village is a when it is a village or community, else empty.
func (a Area) Village() Area { return a.At(LevelVillage) }

// Prefix is the digits that carry meaning: "371002" for a county, 9 digits for a township.
// A string starts with it exactly when its area is contained.
func (a Area) Prefix() string { return string(a[:areaDigits[a.Level()]]) }

// Contains reports whether b is a or lies below it. An empty Area contains nothing.
func (a Area) Contains(b Area) bool {
	return a.Level() != LevelNone && b.Level() != LevelNone && strings.HasPrefix(string(b), a.Prefix())
}

// String is the twelve digits.
func (a Area) String() string { return string(a) }
