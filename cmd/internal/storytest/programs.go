package storytest

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// Build makes both programs as they are shipped, into a folder that the caller puts on
// the PATH of the stories, and below it once more with a clock that the verb clock sets.
// root is the module's folder.
func Build(root, into string) error {
	if err := build(root, into); err != nil {
		return err
	}
	return build(root, filepath.Join(into, clocked), "-tags", "story")
}

func build(root, into string, flags ...string) error {
	args := append([]string{"build", "-trimpath", "-ldflags", "-s -w", "-o", into + string(filepath.Separator)}, flags...)
	cmd := exec.Command("go", append(args, "./cmd/doorstep", "./cmd/district")...)
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("go build: %w\n%s", err, out)
	}
	return nil
}

// program runs one of the two; a failure must be the right kind of failure: one sentence
// on the error output, no list of options, no stack.
func program(name string) func(ts *testscript.TestScript, neg bool, args []string) {
	return func(ts *testscript.TestScript, neg bool, args []string) {
		want := 0
		if neg {
			want = 1
		}
		run(ts, want, name, args)
	}
}

func usage(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: usage PROGRAM ARGS…")
	}
	run(ts, 2, args[0], args[1:])
}

func run(ts *testscript.TestScript, want int, name string, args []string) {
	err := ts.Exec(name, args...)
	code := 0
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit):
		code = exit.ExitCode()
	case err != nil:
		ts.Fatalf("%s: %v", name, err)
	}
	said := ts.ReadFile("stderr")
	if strings.Contains(said, "goroutine ") || strings.Contains(said, "panic:") {
		ts.Fatalf("%s broke down: %s", name, said)
	}
	if code != want {
		ts.Fatalf("%s %s ended with %d, not %d", name, strings.Join(args, " "), code, want)
	}
	if want == 1 {
		if strings.TrimSpace(said) == "" && strings.TrimSpace(ts.ReadFile("stdout")) == "" {
			ts.Fatalf("%s failed without a word", name)
		}
		if n := strings.Count(strings.TrimSpace(said), "\n"); n > 3 {
			ts.Fatalf("%s told its problem in %d lines", name, n+1)
		}
	}
}
