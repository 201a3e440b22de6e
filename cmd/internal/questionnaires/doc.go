// Package questionnaires is what an office does with a questionnaire before workers get it:
// have the workbook checked, start from an example, and put a checked one among the tables
// that every laptop receives.
package questionnaires
