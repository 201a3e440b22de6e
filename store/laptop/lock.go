package laptop

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"doorstep/casework"
)

const lockFile = "lock"

// lock takes the store for this program. Errors: laptop.already_open, laptop.read_only.
func lock(dir string) (*os.File, error) {
	const op = "laptop.Open"
	f, err := os.OpenFile(filepath.Join(dir, lockFile), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		if errors.Is(err, fs.ErrPermission) || readOnlyDisk(err) {
			return nil, casework.Problem(op, "laptop.read_only").Because(err)
		}
		return nil, casework.Problem(op, "laptop.disk").Because(err)
	}
	if err := take(f); err != nil {
		f.Close()
		return nil, casework.Problem(op, "laptop.already_open").Because(err)
	}
	return f, nil
}
