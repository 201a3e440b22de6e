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

// letGo gives the file back at once, also when a program that is just being started still
// has a copy of its number.
func letGo(f *os.File) error {
	err := unix.Flock(int(f.Fd()), unix.LOCK_UN)
	return errors.Join(err, f.Close())
}

func readOnlyDisk(err error) bool { return errors.Is(err, unix.EROFS) }
