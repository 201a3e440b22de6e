//go:build unix

package laptop

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// take holds the file until it is closed or the program ends, however it ends.
func take(f *os.File) error {
	return unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
}

func readOnlyDisk(err error) bool { return errors.Is(err, unix.EROFS) }
