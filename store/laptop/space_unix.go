//go:build linux || darwin || freebsd

package laptop

import (
	"errors"

	"golang.org/x/sys/unix"
)

func freeSpace(dir string) (uint64, error) {
	var st unix.Statfs_t
	if err := unix.Statfs(dir, &st); err != nil {
		return 0, err
	}
	return uint64(max(0, st.Bavail)) * uint64(st.Bsize), nil
}

// noRoom reports the system's words for a full disk.
func noRoom(err error) bool { return errors.Is(err, unix.ENOSPC) || errors.Is(err, unix.EDQUOT) }
