// Package casework holds the field's own words: areas, ids, dates, money, errors,
// the schema table of everything a district knows, the operations people write,
// and the one merge rule that laptop and district share. It does no I/O and has
// no clock and no randomness of its own: both are passed in.
package casework
