// Package cell is the only room that measures, cuts, pads or wraps text.
//
// A terminal is a grid of cells: a Latin letter takes one, a Han character two, a
// combining mark none. Everything here counts cells. Nothing here ever leaves half of a
// Han character on the screen: a cut is always followed by padding, so that whatever
// stands to the right keeps its column.
//
// Three rules hold for the whole program:
//
//   - Stored text goes through Clean before it is laid out, so that names cannot carry
//     escape sequences, bidirectional overrides or invisible characters to the screen.
//   - Words of our own (frames, bars, marks) contain no character of ambiguous width
//     (Unicode TR11); Ambiguous tells which those are.
//   - The last thing that touches a line before the terminal is Line, which lets
//     nothing through but printable text and colour sequences and makes the line exactly as wide
//     as the screen.
package cell
