// Package tui is the worker's terminal program put together: one table of commands out of
// those of all screens, the doors from one screen to the next, the page that locks, and the
// words about the connection at the end of every header.
//
// Screens do not know each other; each declares the doors it needs, and doors.go is the
// one place that fills them in. The program knows neither files nor networks: it is given
// a book.Keeper, or for practice a book.Book that is open already.
package tui
