// Command district is the district's server: it founds a district, answers laptops, and
// administers it. Run it without arguments to see what it can do.
package main

import (
	"context"
	"crypto/rand"
	"os"
	"os/signal"
	"syscall"

	"doorstep/cmd/internal/districtapp"
	"doorstep/store/district/postgres"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	p := districtapp.Program{OpenDB: postgres.Open, Now: clock, Rand: rand.Reader}
	code := p.Run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}
