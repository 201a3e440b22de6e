package laptop

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

func TestOnlyTheWorkersOwnAccountReadsTheFolder(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // who may read is inherited from the folder there
	}
	dir := newStore(t, 1).dir
	paths, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(paths) < 3 {
		t.Fatal(paths, err)
	}
	for _, p := range append(paths, dir) {
		info, err := os.Stat(p)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s is %v", filepath.Base(p), info.Mode())
		}
	}
}
