// Package form runs questionnaires: a compiled Definition on one side, the answers of one
// visit on the other.
//
// Start opens an Instance; Set, SetUnknown, Add, Remove and Restore change it. Each change
// is journaled (Change), so that Resume rebuilds the visit after a dead battery, and each
// recomputes what depends on it and nothing else. Sections, Questions and View say what the
// screen shows; Scores, Triggers and Grade say what it means; Finalise closes the answers,
// split by who may read them, or names what hinders.
//
// Nothing a form holds can stop a visit: wrong answers are kept and named, what does not
// apply is kept and reads as blank, a formula that fails is reported (Faults) and left out.
package form
