package main

import (
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"strings"

	"doorstep/casework/lang"
)

// exitCrash is the exit code of a run that ended in the middle of a sentence.
const exitCrash = 3

// sealCrashes sees to it that a crash leaves nothing about people behind: no image of the
// memory on the disk, no report to the maker of the system, no values in what is printed.
func sealCrashes() {
	debug.SetTraceback("none") // stacks hold arguments
	withoutDumps()
}

// guarded runs the program. When it crashes, functions and lines are printed; the value of
// the panic is dropped on purpose, since it may hold what somebody typed.
func guarded(err io.Writer, say func(key string) string, program func() int) (code int) {
	defer func() {
		if recover() != nil {
			code = exitCrash
			fmt.Fprintln(err, say("locks.crashed"))
			fmt.Fprint(err, whereabouts())
		}
	}()
	return program()
}

// sayIn speaks a language, or Chinese.
func sayIn(language string) func(key string) string {
	return func(key string) string {
		speaker, err := lang.New(language)
		if err != nil {
			if speaker, err = lang.New("zh"); err != nil {
				return key
			}
		}
		return speaker.Say(key)
	}
}

// whereabouts lists the functions and lines that led to a panic.
func whereabouts() string {
	pcs := make([]uintptr, 32)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs)])
	var b strings.Builder
	for {
		f, more := frames.Next()
		if f.Function != "" && !strings.HasPrefix(f.Function, "runtime.") {
			fmt.Fprintf(&b, "  %s:%d\n", f.Function, f.Line)
		}
		if !more {
			return b.String()
		}
	}
}
