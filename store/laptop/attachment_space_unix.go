//go:build unix

package laptop

import (
	"errors"

	"golang.org/x/sys/unix"
)

// freeBytes is how much may still be written below a folder.
func freeBytes(folder string) (free int64, known bool) {
	var st unix.Statfs_t
	if unix.Statfs(folder, &st) != nil {
		return 0, false
	}
	return int64(st.Bavail) * int64(st.Bsize), true
}

func diskFull(err error) bool { return errors.Is(err, unix.ENOSPC) || errors.Is(err, unix.EDQUOT) }
