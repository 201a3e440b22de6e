//go:build !linux && !windows

package main

import "syscall"

// withoutDumps forbids core files.
func withoutDumps() {
	_ = syscall.Setrlimit(syscall.RLIMIT_CORE, &syscall.Rlimit{})
}
