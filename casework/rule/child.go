package rule

import (
	"slices"

	"doorstep/casework"
)

// Finding is the answer of a rule that may lack facts.
type Finding int

// The answers. Pending is never a no: someone has to find out.
const (
	Pending Finding = iota
	No
	Yes
	IsOrphan // of the unattended rule: both parents are dead or missing, so R-13 holds
)

// ParentFacts is what ask of one parent.
type ParentFacts struct {
	State      string        // code of "parent_state"; "" and "unknown" are the same
	Since      casework.Date // of prison, detox, restriction, lost contact
	Disability casework.Disability
	NoSupport  bool // a deported parent gives no support
}

// Unattended decides whether a child under 18 is de-facto unattended (民发〔2019〕62号,
// 民发〔2020〕125号: R-14): both parents meet a condition, or one is dead or missing and the
// other meets one. A parent of whom nothing is known makes it pending, never a no.
func Unattended(father, mother ParentFacts, on casework.Day) Finding {
	if gone(father) && gone(mother) {
		return IsOrphan
	}
	f, m := condition(father, on), condition(mother, on)
	switch {
	case unknown(father) || unknown(mother):
		return Pending
	case f == No || m == No:
		return No
	case f == Pending || m == Pending:
		return Pending
	}
	return Yes
}

func unknown(p ParentFacts) bool { return p.State == "" || p.State == "unknown" }

func gone(p ParentFacts) bool { return p.State == "dead" || p.State == "missing" }

// condition is DM or one of E1–E8 of R-14.
func condition(p ParentFacts, on casework.Day) Finding {
	switch p.State {
	case "dead", "missing", "revoked", "ill":
		return Yes
	case "deported":
		return finding(p.NoSupport)
	case "prison", "detox", "restricted", "lost_contact":
		first, last := p.Since.Bounds()
		switch {
		case first == 0:
			return Pending
		case last.AddMonths(6) <= on:
			return Yes
		case first.AddMonths(6) > on:
			return No
		}
		return Pending
	case "disabled":
		g, k := p.Disability.Grade, p.Disability.Kind
		if g == "" {
			return Pending
		}
		return finding(g == "1" || g == "2" || k == "5" || k == "6")
	case "", "unknown":
		return Pending
	}
	return No
}

func finding(yes bool) Finding {
	if yes {
		return Yes
	}
	return No
}

// AgeOut is the exit that a birthday brings: at 16 from the left-behind and migrant
// lists when no other category holds, at 18 from all. It is a proposal: someone confirms
// it, and study may prolong it. Empty when no birthday has passed, or may not have.
func AgeOut(p casework.Person, on casework.Day) string {
	least, _ := p.Ages(on)
	if len(p.ChildCategories) == 0 {
		return ""
	}
	young := !slices.ContainsFunc(p.ChildCategories, func(c string) bool { return c != "left_behind" && c != "migrant" })
	switch {
	case least >= 18:
		return "age_18"
	case least >= 16 && young:
		return "age_16"
	}
	return ""
}

// LeftBehindAge reports whether a child may be of the left-behind or migrant class by age:
// under 16 (国发〔2016〕13号, R-16).
func LeftBehindAge(p casework.Person, on casework.Day) bool {
	least, _ := p.Ages(on)
	return least >= 0 && least < 16
}
