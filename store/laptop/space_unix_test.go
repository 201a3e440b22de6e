//go:build unix

package laptop

import "golang.org/x/sys/unix"

const noSpace = unix.ENOSPC
