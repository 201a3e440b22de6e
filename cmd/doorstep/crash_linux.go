package main

import "golang.org/x/sys/unix"

// withoutDumps forbids core files, for this program and whatever it starts, and keeps
// other programs of the same user from reading its memory. A system that does not know
// one of the two has the other.
func withoutDumps() {
	_ = unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{})
	_ = unix.Prctl(unix.PR_SET_DUMPABLE, 0, 0, 0, 0)
}
