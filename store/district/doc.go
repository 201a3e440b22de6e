// Package district is the district's register: the log of every operation taken, the
// projection of every record, who could see it when, devices, enrolment codes and packs.
// Everything here is standard SQL over database/sql; district/sqlite and
// district/postgres open it.
//
// One county has one log. Its numbers are gap-free and are handed out by the row of
// county_head, which stays locked until the commit: the order of numbers is the order of
// commits, so that a reader who remembers the last number it saw misses nothing.
package district

import "doorstep/casework/ledger"

// The words the register shares with the district's endpoint.
type (
	District = ledger.District
	Device   = ledger.Device
	Taken    = ledger.Taken
	Code     = ledger.Code
	Newcomer = ledger.Newcomer
)
