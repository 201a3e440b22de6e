package storytest

import (
	"os"

	"github.com/rogpeppe/go-internal/testscript"
)

// kill ends the program of a screen as an empty battery does.
func (s *screens) kill(ts *testscript.TestScript, name string) {
	if got := s.killed(ts, name); got != "137" {
		ts.Fatalf("the program ended with %s before it was killed", got)
	}
	s.must(ts, "kill-session", "-t", name)
}

// killed is the exit code of a program that was killed, or had just ended.
func (s *screens) killed(ts *testscript.TestScript, name string) string {
	if pid, err := s.pid(ts, name); err == nil { // else it has ended, as its code tells
		p, err := os.FindProcess(pid)
		ts.Check(err)
		_ = p.Kill()
	}
	return s.ended(ts, name)
}

// plug pulls the plug in the middle of a visit, starts the program anew and opens the one
// draft that is on the first page; the visit goes on where pattern is shown.
func (s *screens) plug(ts *testscript.TestScript, name, pattern string) {
	s.kill(ts, name)
	again := s.started[name]
	ts.Check(s.start(ts, name, again[0], again[1:]))
	s.wait(ts, name, "9  没写完 1 份", true)
	s.must(ts, "send-keys", "-t", name, "9")
	s.wait(ts, name, "接着写：", true)
	s.wait(ts, name, pattern, true)
}
