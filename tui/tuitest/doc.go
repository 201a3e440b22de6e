// Package tuitest drives screens in tests the way a person does and compares what they
// show with golden files of plain text.
//
// A Robot holds a stage at a fixed size with a clock that stands still until Advance.
// Keys, typing and pasting go in; Cmds run at once and their results come back before the
// next key. Golden compares the frame, line for line, and a last line "cursor: x,y"
// (or "cursor: none") with testdata/<name>.golden; run the tests with -update to write
// the files anew, and read the difference before committing it.
package tuitest
