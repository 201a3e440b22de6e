package packs

import (
	"doorstep/casework"
	"doorstep/casework/ledger"
)

// LeaseExtensions is the term that says how many codes over the telephone are good in a
// row without contact.
const LeaseExtensions = "lease_extensions"

// LeaseDays is how many days without contact old files stay open: the term Lease, or 14
// where the table says nothing that a lease can be (1 to ledger.MaxLeaseDays).
func (p Pack) LeaseDays(on casework.Day) int {
	if n := p.Term(Lease, on); n >= 1 && n <= ledger.MaxLeaseDays {
		return n
	}
	return 14
}

// ExtensionsMost is the term LeaseExtensions, or what ledger.ExtensionsMost says.
func (p Pack) ExtensionsMost(on casework.Day) int {
	for _, t := range p.Terms {
		if t.Name == LeaseExtensions && t.InForce(on) {
			return max(0, p.Term(LeaseExtensions, on))
		}
	}
	return ledger.ExtensionsMost
}
