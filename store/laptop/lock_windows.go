package laptop

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

// take holds the file until it is closed or the program ends, however it ends.
func take(f *os.File) error {
	return windows.LockFileEx(windows.Handle(f.Fd()),
		windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, &windows.Overlapped{})
}

// letGo gives the file back at once: a lock that goes with its handle goes when Windows has time.
func letGo(f *os.File) error {
	err := windows.UnlockFileEx(windows.Handle(f.Fd()), 0, 1, 0, &windows.Overlapped{})
	return errors.Join(err, f.Close())
}

func readOnlyDisk(err error) bool { return errors.Is(err, windows.ERROR_WRITE_PROTECT) }
