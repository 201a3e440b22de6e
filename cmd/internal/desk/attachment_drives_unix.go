//go:build unix

package desk

import (
	"os"
	"path/filepath"
)

// drives are sticks, cards and cameras, as desktops of Linux and macOS show them.
func drives() []string {
	var out []string
	user := filepath.Base(home())
	for _, pattern := range []string{"/media/" + user + "/*", "/run/media/" + user + "/*", "/Volumes/*"} {
		found, _ := filepath.Glob(pattern)
		for _, dir := range found {
			if info, err := os.Lstat(dir); err == nil && info.IsDir() { // the system's own disk is a link
				out = append(out, dir)
			}
		}
	}
	return out
}
