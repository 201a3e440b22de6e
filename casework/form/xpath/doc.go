// Package xpath is the expression language of XLSForm questionnaires: XPath 1.0 over a
// tree of answers, with ODK's functions and ODK's changes to the core operators.
//
// Compile keeps the syntax tree, which gives three things besides a value: the questions
// an expression depends on (Deps), an error at its character (Offset), and the reasons
// for an answer leaf by leaf (Why). Eval is a pure function of its Context: the clock,
// the zone, the answers and the look-up tables are all passed in.
//
// Where the known evaluators disagree, this one decides so:
//   - A day is a whole civil day in the Context's zone; arithmetic on days is in whole days.
//   - date(0) and date(19858) are calendar days; a fraction of a day is an instant.
//   - An invalid date is blank, never a word.
//   - An answer that is not relevant reads as blank.
//   - Patterns are RE2; look-around is refused when compiling.
//   - What cannot be supported is refused when compiling, never answered wrongly.
package xpath
