package main

import (
	"os"
	"path/filepath"
	"runtime/debug"
)

// An old laptop has 4 GB for everything. The collector works a little more so that the
// program holds a little less: a fixed part for keys, screens and questionnaires, and half
// of what the sealed store takes on the disk. A larger caseload gets more.
const (
	memoryBase = 44 << 20
	collectAt  = 50 // percent of garbage over what is in use
)

// keepSmall sets the collector for the store of a folder, as large as it now is.
func keepSmall(dir string) {
	limit := int64(memoryBase)
	if info, err := os.Stat(filepath.Join(dir, "store.db")); err == nil {
		limit += info.Size() / 2
	}
	debug.SetGCPercent(collectAt)
	debug.SetMemoryLimit(limit)
}
