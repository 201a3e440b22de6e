//go:build unix

package laptop

import "syscall"

func becomeUser(id int) error { return syscall.Setuid(id) }
