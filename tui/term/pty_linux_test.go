package term

import (
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"doorstep/tui/theme"
)

// pty opens a pair of pseudo-terminals: the end of the window and the end of the program.
func pty(t *testing.T) (window, program *os.File) {
	t.Helper()
	window, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = window.Close() })
	if err := unix.IoctlSetPointerInt(int(window.Fd()), unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	n, err := unix.IoctlGetInt(int(window.Fd()), unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	program, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", n), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = program.Close() })
	return window, program
}

func TestOpenOnARealTerminalAsksAndRestoreLeavesItAsItWas(t *testing.T) {
	for reply, wide := range map[string]bool{"\x1b[2;2R": false, "\x1b[2;3R": true} {
		window, program := pty(t)
		before, err := unix.IoctlGetTermios(int(program.Fd()), unix.TCGETS)
		if err != nil {
			t.Fatal(err)
		}
		go func() { // the window answers when it has read the question
			buf, got := make([]byte, 256), ""
			for !strings.Contains(got, "\x1b[6n") {
				n, err := window.Read(buf)
				if err != nil {
					return
				}
				got += string(buf[:n])
			}
			_, _ = io.WriteString(window, reply)
			for {
				if _, err := window.Read(buf); err != nil {
					return
				}
			}
		}()
		term, err := Open(Config{In: program, Out: program, Environ: []string{"TERM=xterm-256color"}})
		if err != nil {
			t.Fatal(err)
		}
		if term.width == Unsaid {
			t.Log("the machine was too busy to answer in time")
		} else if term.WideAmbiguous() != wide {
			t.Errorf("%q: wide is %v", reply, term.WideAmbiguous())
		}
		if term.Depth() != theme.Ansi256 || len(term.Options()) == 0 {
			t.Errorf("depth %d", term.Depth())
		}
		// A program that dies in the middle of a page.
		if _, err := io.WriteString(term.screen, "\x1b[?1049h林小溪"); err != nil {
			t.Fatal(err)
		}
		state, err := unix.IoctlGetTermios(int(program.Fd()), unix.TCGETS)
		if err != nil {
			t.Fatal(err)
		}
		state.Lflag &^= unix.ECHO | unix.ICANON
		if err := unix.IoctlSetTermios(int(program.Fd()), unix.TCSETS, state); err != nil {
			t.Fatal(err)
		}
		if err := term.Restore(); err != nil {
			t.Fatal(err)
		}
		if err := term.Restore(); err != nil {
			t.Errorf("twice: %v", err)
		}
		after, err := unix.IoctlGetTermios(int(program.Fd()), unix.TCGETS)
		if err != nil {
			t.Fatal(err)
		}
		if *before != *after {
			t.Errorf("the terminal is not as it was: %+v, %+v", before, after)
		}
		if term.screen.alt {
			t.Error("the alternate screen is still shown")
		}
	}
}
