// Package rule says who someone is, whom to visit by when, and how urgent it is: pure
// functions of facts and of a table that the district may change. Nothing here is law or
// diagnosis; what a rule rests on is named beside it, and whatever is marked a proposal
// needs the district's signature before live use (domain §15).
package rule
