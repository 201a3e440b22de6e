package storytest

import (
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// storyClock is what tells a program built for stories how far ahead its clock is, and
// clocked the folder of such programs beside those that are shipped, which have no ear for it.
const (
	storyClock = "STORY_CLOCK"
	clocked    = "clocked"
)

// clock sets the clock of both programs. A server that is running keeps its own until it
// is started again.
func clock(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: clock 360h")
	}
	_, err := time.ParseDuration(args[0])
	ts.Check(err)
	ts.Setenv(storyClock, args[0])
	path := ts.Getenv("PATH")
	shipped, _, _ := strings.Cut(path, string(os.PathListSeparator))
	if filepath.Base(shipped) != clocked {
		ts.Setenv("PATH", filepath.Join(shipped, clocked)+string(os.PathListSeparator)+path)
	}
}
