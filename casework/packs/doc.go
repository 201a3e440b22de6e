// Package packs is what a new district starts with: the two large questionnaires and the
// tables a district may change (visit frequencies, grade bands, the price of a care hour,
// allowance standards, the working-day calendar, terms in days).
//
// Every row carries its source, its status and the day it takes effect; nothing here is a
// rule of the program. The questionnaires' sources are the workbooks child-visit.xlsx and
// elder-visit.xlsx in this folder; what is embedded is what store/sheet compiles them to, and
// a test there keeps the two together.
//
// Beside them Forms lists the other forms of the field (assessments, surveys, records), each a
// workbook and what it compiles to in the folder forms. They are not part of Default: a
// district publishes the ones it uses.
//
// The questionnaires are fed facts about the person through hidden fields (p_age,
// p_categories, …). The workbook's column "notes" says what each holds. A fact that is a yes or
// no is 1 or 0, and blank when the file does not say; lists are codes separated by one blank.
package packs
