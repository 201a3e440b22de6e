package laptop

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// backupsFolder is where the store keeps copies of itself.
const backupsFolder = "backups"

// backupPrefix is what the folder of a copy is called, before its date.
const backupPrefix = "doorstep-"

// backups are the copies in a folder, the youngest first.
func backups(dir string) []string {
	list, err := os.ReadDir(dir)
	if err != nil {
		return nil
	}
	var out []string
	for _, e := range list {
		if e.IsDir() && strings.HasPrefix(e.Name(), backupPrefix) && !strings.HasSuffix(e.Name(), ".part") {
			out = append(out, filepath.Join(dir, e.Name()))
		}
	}
	slices.Sort(out)
	slices.Reverse(out)
	return out
}
