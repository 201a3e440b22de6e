// Package outing is the 出门单: one A4 sheet of paper for each chosen person, to take
// along where a laptop cannot go. It says what stands on a sheet, gives every person a
// short code by which a filled-in sheet is found again, and writes the sheets as a page
// for a browser.
//
// A sheet can be lost. So it is made of the name, the sex, the age and the group, of what
// was agreed on, and of questions that depend on nothing but age, sex and day: two people
// who share those get the same questions, whatever their files say. Questions about harm,
// and those about a person that may stay unknown, are not on paper at all: who signs the
// sheet reads it, and may be the one to fear (people §1). They are filled in at home.
package outing
