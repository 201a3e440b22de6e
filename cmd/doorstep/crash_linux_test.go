package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// TestMain lets this test program crash in place of the real one.
func TestMain(m *testing.M) {
	if os.Getenv("DOORSTEP_CRASH") == "" {
		os.Exit(m.Run())
	}
	sealCrashes()
	var core unix.Rlimit
	_ = unix.Getrlimit(unix.RLIMIT_CORE, &core)
	dumpable, _ := unix.PrctlRetInt(unix.PR_GET_DUMPABLE, 0, 0, 0, 0)
	fmt.Fprintf(os.Stderr, "core %d %d dumpable %d\n", core.Cur, core.Max, dumpable)
	os.Exit(guarded(os.Stderr, func(key string) string { return key }, func() int { return falls("林小溪", 13912342231) }))
}

//go:noinline
func falls(name string, number int) int { panic(fmt.Errorf("%s %d", name, number)) }

func TestACrashLeavesNoImageAndTellsNoValue(t *testing.T) {
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), "DOORSTEP_CRASH=1", "GOTRACEBACK=crash")
	out, err := c.CombinedOutput()
	var end *exec.ExitError
	if !errors.As(err, &end) || end.ExitCode() != exitCrash {
		t.Fatalf("%v\n%s", err, out)
	}
	text := string(out)
	for _, want := range []string{"core 0 0 dumpable 0", "locks.crashed", "doorstep.falls:"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	for _, secret := range []string{"林小溪", "13912342231", "goroutine"} {
		if strings.Contains(text, secret) {
			t.Errorf("told %q:\n%s", secret, text)
		}
	}
}
