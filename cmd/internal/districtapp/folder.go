package districtapp

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"doorstep/casework"
	"doorstep/sync/hub"
)

// The files of a district's folder.
const (
	settingsFile = "district.json"
	databaseFile = "district.db"
	keyFolder    = "keys"
	keyFile      = "district.key"
)

// settings is what a folder remembers about its district, so that later commands need
// its name alone. The address of a database may hold a password: the file is 0600.
type settings struct {
	Format string        `json:"format"`
	Area   casework.Area `json:"area"`
	Name   string        `json:"name"`
	DB     string        `json:"db,omitempty"`
}

const settingsFormat = "doorstep-district/1"

// build makes a folder in one step: fill works in a folder beside it, which takes its
// place when everything is there, and is removed when anything went wrong.
func build(dir string, fill func(dir string) error) error {
	failed := func(err error) error { return casework.Problem("districtapp.build", "districtapp.folder").Because(err) }
	dir, err := filepath.Abs(dir)
	if err != nil {
		return failed(err)
	}
	switch held, err := os.ReadDir(dir); {
	case err == nil && len(held) > 0:
		return casework.Problem("districtapp.build", "districtapp.not_empty")
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return failed(err)
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o700); err != nil {
		return failed(err)
	}
	beside, err := os.MkdirTemp(filepath.Dir(dir), ".district-") // 0700
	if err != nil {
		return failed(err)
	}
	if err := fill(beside); err != nil {
		return errors.Join(err, os.RemoveAll(beside))
	}
	err = os.Remove(dir) // empty, or not there
	if err == nil || errors.Is(err, fs.ErrNotExist) {
		err = os.Rename(beside, dir)
	}
	if err != nil {
		return failed(errors.Join(err, os.RemoveAll(beside)))
	}
	for _, d := range []string{filepath.Join(dir, keyFolder), dir, filepath.Dir(dir)} {
		if err := settle(d); err != nil {
			return failed(err)
		}
	}
	return nil
}

// settle puts the names in a folder on the disk. Windows does so by itself.
func settle(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// write makes a file that only its owner reads, on the disk before it returns.
func write(path string, content []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err == nil {
		_, err = f.Write(content)
		err = errors.Join(err, f.Sync(), f.Close())
	}
	if err != nil {
		return casework.Problem("districtapp.write", "districtapp.folder").Because(err)
	}
	return nil
}

func writeSettings(dir string, s settings) error {
	s.Format = settingsFormat
	b, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return casework.Problem("districtapp.writeSettings", "districtapp.folder").Because(err)
	}
	return write(filepath.Join(dir, settingsFile), append(b, '\n'))
}

func readSettings(dir string) (settings, error) {
	var s settings
	b, err := os.ReadFile(filepath.Join(dir, settingsFile))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return s, casework.Problem("districtapp.readSettings", "districtapp.not_founded")
	case err != nil:
		return s, casework.Problem("districtapp.readSettings", "districtapp.folder").Because(err)
	}
	if json.Unmarshal(b, &s) != nil || s.Format != settingsFormat { // the cause could quote a password
		return s, casework.Problem("districtapp.readSettings", "districtapp.settings")
	}
	return s, nil
}

func writeKeys(dir string, keys *hub.Authority) error {
	b, err := keys.Marshal()
	if err != nil {
		return err
	}
	if err := os.Mkdir(filepath.Join(dir, keyFolder), 0o700); err != nil {
		return casework.Problem("districtapp.writeKeys", "districtapp.folder").Because(err)
	}
	return write(filepath.Join(dir, keyFolder, keyFile), b)
}

func readKeys(dir string) (*hub.Authority, error) {
	b, err := os.ReadFile(filepath.Join(dir, keyFolder, keyFile))
	if err != nil {
		return nil, casework.Problem("districtapp.readKeys", "hub.keys").Because(err)
	}
	return hub.ParseAuthority(b)
}
