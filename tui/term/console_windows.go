package term

import (
	"errors"
	"os"

	win "golang.org/x/sys/windows"

	"doorstep/casework"
)

const windows = true

// utf8Page is the code page of UTF-8.
const utf8Page = 65001

// prepare sets the console up and gives what puts it back: QuickEdit off, escape
// sequences on for input and output, both code pages UTF-8.
func prepare(in, out *os.File) (func() error, error) {
	hin, hout := win.Handle(in.Fd()), win.Handle(out.Fd())
	var inMode, outMode uint32
	if err := errors.Join(win.GetConsoleMode(hin, &inMode), win.GetConsoleMode(hout, &outMode)); err != nil {
		return nil, setupProblem(err)
	}
	inPage, err := win.GetConsoleCP()
	if err != nil {
		return nil, setupProblem(err)
	}
	outPage, err := win.GetConsoleOutputCP()
	if err != nil {
		return nil, setupProblem(err)
	}
	restore := func() error {
		return errors.Join(
			win.SetConsoleMode(hin, inMode|win.ENABLE_EXTENDED_FLAGS), win.SetConsoleMode(hout, outMode),
			win.SetConsoleCP(inPage), win.SetConsoleOutputCP(outPage))
	}
	// A console that refuses escape sequences is older than Windows 10 of August 2016.
	if err := errors.Join(
		win.SetConsoleMode(hout, outMode|win.ENABLE_PROCESSED_OUTPUT|win.ENABLE_VIRTUAL_TERMINAL_PROCESSING),
		win.SetConsoleMode(hin, inMode|win.ENABLE_VIRTUAL_TERMINAL_INPUT),
	); err != nil {
		_ = restore()
		return nil, casework.Problem("term.Open", "term.console_old").Because(err)
	}
	if err := errors.Join(
		win.SetConsoleMode(hin, inMode&^win.ENABLE_QUICK_EDIT_MODE|win.ENABLE_EXTENDED_FLAGS),
		win.SetConsoleCP(utf8Page), win.SetConsoleOutputCP(utf8Page),
	); err != nil {
		_ = restore()
		return nil, setupProblem(err)
	}
	return restore, nil
}

// probe draws "·" at the beginning of a line and looks where the cursor went. The console
// answers at once and needs no reading.
func probe(_, out *os.File, k kind) Width {
	if k == modern {
		// Windows Terminal and its like draw ambiguous characters in one cell, always.
		return Narrow
	}
	hout := win.Handle(out.Fd())
	if _, err := out.WriteString("\r·"); err != nil {
		return Unsaid
	}
	var info win.ConsoleScreenBufferInfo
	err := win.GetConsoleScreenBufferInfo(hout, &info)
	_, _ = out.WriteString("\r  \r")
	switch {
	case err != nil:
		return Unsaid
	case info.CursorPosition.X == 1:
		return Narrow
	}
	return Wide
}
