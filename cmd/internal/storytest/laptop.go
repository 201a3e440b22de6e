package storytest

import (
	"context"
	"path/filepath"

	"github.com/rogpeppe/go-internal/testscript"

	"doorstep/store/laptop"
)

// light is the lock of stores in stories that open them many times: the same lock as
// doorstep init makes, without its half second of work for every command.
var light = laptop.Params{Time: 1, MemoryKiB: 8 << 10, Threads: 1}

// made makes a laptop's store, in $DOORSTEP_STORE or the folder named.
func made(ts *testscript.TestScript, neg bool, args []string) {
	dir := ts.Getenv("DOORSTEP_STORE")
	switch {
	case neg || len(args) > 1:
		ts.Fatalf("usage: laptop [FOLDER]")
	case len(args) == 1:
		dir = ts.MkAbs(args[0])
	}
	ctx := context.Background()
	s, err := laptop.Init(ctx, filepath.Clean(dir), []byte(Passphrase), laptop.Options{Argon: light})
	ts.Check(err)
	ts.Check(s.Close())
}
