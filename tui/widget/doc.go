// Package widget holds the parts that more than one screen is made of: fields, lists,
// tables, questions, dates, scrolling text.
//
// A widget is a struct that a screen keeps. Update takes a message and says whether it
// was for the widget; Draw gives lines and, where one types, the column of the caret,
// which the screen returns as the cursor of its frame: the terminal's own cursor, so that an input method
// opens its window there. Nothing here does I/O, and everything works with the
// keyboard alone; clicks are taken where that costs nothing.
package widget
