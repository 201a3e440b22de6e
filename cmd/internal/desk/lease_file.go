package desk

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

// leaseEnding is what the name of a lease file ends in, so that it is found on a stick.
const leaseEnding = ".lease"

// ReadLease implements book.Leaser.
func (d *Desk) ReadLease(ctx context.Context, path string) (time.Time, error) {
	path = strings.Trim(strings.TrimSpace(path), `"'`) // dropped into the window
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		found := leaseFilesIn(path)
		if len(found) != 1 {
			return time.Time{}, casework.Problem("desk.ReadLease", "desk.lease_folder", "Count", len(found))
		}
		path = found[0]
	}
	info, err := os.Stat(path)
	switch {
	case err != nil || !info.Mode().IsRegular():
		return time.Time{}, casework.Problem("desk.ReadLease", "desk.lease_missing").Because(err)
	case info.Size() > ledger.MaxLeaseFileBytes:
		return time.Time{}, casework.Problem("desk.ReadLease", "ledger.lease_file")
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return time.Time{}, casework.Problem("desk.ReadLease", "desk.lease_missing").Because(err)
	}
	until, err := d.store.ReadLease(ctx, b)
	if err == nil {
		d.tell()
	}
	return until, err
}

// LeaseFiles implements book.Leaser.
func (d *Desk) LeaseFiles() []string {
	var out []string
	for _, dir := range sticks() {
		out = append(out, leaseFilesIn(dir)...)
	}
	return out
}

func leaseFilesIn(dir string) []string {
	found, err := os.ReadDir(dir)
	if err != nil {
		return nil
	}
	var out []string
	for _, f := range found {
		if strings.EqualFold(filepath.Ext(f.Name()), leaseEnding) {
			out = append(out, filepath.Join(dir, f.Name()))
		}
	}
	slices.Sort(out)
	return out
}

// sticks are the folders where a file from outside is looked for: what is plugged in, and
// her desktop.
func sticks() []string {
	var out []string
	if runtime.GOOS == "windows" {
		for letter := 'D'; letter <= 'Z'; letter++ {
			out = append(out, string(letter)+`:\`)
		}
	} else {
		for _, pattern := range []string{"/media/*", "/media/*/*", "/run/media/*/*", "/mnt/*"} {
			found, err := filepath.Glob(pattern)
			if err == nil {
				out = append(out, found...)
			}
		}
	}
	if home, err := os.UserHomeDir(); err == nil {
		out = append(out, filepath.Join(home, "Desktop"), filepath.Join(home, "桌面"), home)
	}
	return out
}
