// Package term makes a terminal fit for the screens and leaves it as it was.
//
// Open is called before the first frame. On Windows it turns QuickEdit off (one click
// would freeze the program), sets the UTF-8 code page and switches escape sequences on; a
// console that cannot do that is told so in a sentence. Everywhere it asks the terminal
// how wide it draws a character of ambiguous width. What the program then writes goes through a
// filter that leaves out what old terminals misread, and that wipes the alternate screen
// before leaving it, so that no name stays behind in a buffer. Restore undoes everything
// and may be called more than once.
package term
