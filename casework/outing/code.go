package outing

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"doorstep/casework"
)

// Codes gives the people of one laptop their short codes: three digits and a check digit,
// because letters go to the input method. (A supervisor's laptop, with more than 500
// people, has four digits and more.) A code belongs to a person and is the same on every
// day; no two people of a laptop share one. It is made of the record's id, and where two
// people would get the same, whoever was known first keeps it, so that a new person takes
// no code away from a sheet that is still out.
type Codes struct {
	of  map[casework.RecordID]string
	who map[string]casework.RecordID
}

const (
	fewest = 3 // digits before the check digit
	most   = 6
)

// NewCodes numbers everyone a laptop holds, also those whose visits have ended: a sheet
// may be entered late.
func NewCodes(people []*casework.Person) Codes {
	people = slices.Clone(people)
	slices.SortFunc(people, func(a, b *casework.Person) int {
		return cmp.Or(cmp.Compare(a.Known, b.Known), a.ID.Compare(b.ID.ID))
	})
	digits, slots := fewest, 1000
	for digits < most && 2*len(people) > slots {
		digits, slots = digits+1, slots*10
	}
	c := Codes{of: make(map[casework.RecordID]string, len(people)), who: make(map[string]casework.RecordID, len(people))}
	for i, p := range people {
		if i == slots || p.ID.IsZero() || c.of[p.ID] != "" {
			continue
		}
		sum := sha256.Sum256(p.ID.ID[:])
		slot := int(binary.BigEndian.Uint64(sum[:8]) % uint64(slots))
		for {
			code := checked(fmt.Sprintf("%0*d", digits, slot))
			if c.who[code].IsZero() {
				c.of[p.ID], c.who[code] = code, p.ID
				break
			}
			slot = (slot + 1) % slots
		}
	}
	return c
}

// Of is a person's code; "" for somebody this laptop does not hold.
func (c Codes) Of(person casework.RecordID) string { return c.of[person] }

// Person is whose code it is.
func (c Codes) Person(code string) (casework.RecordID, bool) {
	id, ok := c.who[code]
	return id, ok
}

// Number is what a sheet of paper is called: the month and day it was printed for, and the
// code, "1123-4705".
func Number(day casework.Day, code string) string {
	_, month, d := day.Date()
	return fmt.Sprintf("%02d%02d-%s", month, d, code)
}

// Read reads what was typed off a sheet: its code, or its whole number. Full-width digits,
// spaces and dashes are accepted. day is the last such day up to the day after today, and 0
// where only the code was typed. ok is false for anything else, and when the check digit
// tells that a digit is wrong or two are exchanged.
func Read(text string, today casework.Day) (code string, day casework.Day, ok bool) {
	digits := strings.NewReplacer(" ", "", "-", "", "—", "", "–", "").Replace(casework.Narrow(strings.TrimSpace(text)))
	for _, r := range digits {
		if r < '0' || r > '9' {
			return "", 0, false
		}
	}
	code = digits
	if len(digits) > most+1 {
		if day, ok = dayOf(digits[:4], today); !ok {
			return "", 0, false
		}
		code = digits[4:]
	}
	if len(code) < fewest+1 || len(code) > most+1 || casework.CheckDigit(code) != 0 {
		return "", 0, false
	}
	return code, day, true
}

// dayOf is the last day of that month and day until tomorrow, at most a year ago.
func dayOf(monthDay string, today casework.Day) (casework.Day, bool) {
	month, _ := strconv.Atoi(monthDay[:2])
	day, _ := strconv.Atoi(monthDay[2:])
	year, _, _ := today.AddDays(1).Date()
	for _, y := range []int{year, year - 1} {
		if d, err := casework.NewDay(y, month, day); err == nil && d <= today.AddDays(1) {
			return d, true
		}
	}
	return 0, false
}

// checked puts the check digit behind some digits.
func checked(digits string) string { return digits + strconv.Itoa(casework.CheckDigit(digits)) }
