// Command doorstep is the worker's program: whom to visit today and why, everyone's whole
// file, the questions at the door, and what has reached the district. Without a subcommand
// it opens the terminal interface.
package main

import (
	"context"
	"crypto/rand"
	"os"
	"os/signal"
	"syscall"

	"doorstep/cmd/internal/districtapp"
)

// version is what "doorstep version" says and the district is told: the tag or revision it
// was built from.
var version = districtapp.Version()

func main() {
	sealCrashes()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP) // a closed window, too
	code := guarded(os.Stderr, sayIn(os.Getenv("DOORSTEP_LANG")), func() int {
		return run(ctx, os.Args[1:], world{
			in: os.Stdin, out: os.Stdout, err: os.Stderr, now: clock, rand: rand.Reader, environ: os.Environ(),
		})
	})
	stop()
	os.Exit(code)
}
