package laptop

import (
	"context"
	"os"
	"path/filepath"
	"time"
)

// How many automatic copies are kept, how often one is made at most, and of how much.
const (
	keptBackups  = 3
	backupEvery  = 20 * time.Hour // a day, and she comes a little earlier
	leastEntries = 10             // operations and records; before that there is little to copy
)

// lastBackup is what the store knows of its newest automatic copy.
type lastBackup struct {
	At     time.Time `json:"at"`
	Ops    int64     `json:"ops"`
	Answer uint64    `json:"answer"`
}

// backupDaily keeps a copy of the store in its own folder: one a day, when something
// changed, in the background. A copy that cannot be made is made another day; nothing
// depends on it.
func (s *Store) backupDaily(ctx context.Context) {
	dir := filepath.Join(s.dir, backupsFolder)
	var due bool
	now := lastBackup{At: s.o.Now()}
	err := s.whileOpen(func() error {
		var last lastBackup
		if _, err := s.readMeta(ctx, s.db, "backup", &last); ignoreDamage(err) != nil {
			return err
		}
		now.Ops, now.Answer = s.lastEntry(), s.x.Answer
		since := now.At.Sub(last.At)
		enough := len(s.journal.all)+len(s.caseload.items) >= leastEntries
		old := s.underOldKeys(dir)
		changed := now.Ops != last.Ops || now.Answer != last.Answer || len(backups(dir)) == 0
		due = enough && (changed && (since >= backupEvery || since < -backupEvery) || len(old) > 0)
		if free, err := freeSpace(s.dir); err == nil && int64(min(free, 1<<62)) < 2*s.size()+TightBelow || s.room.tight.Load() {
			due = false // the visits of the coming weeks need the room
		}
		return nil
	})
	if err != nil || !due || s.wanting() {
		return
	}
	s.clearUnfinished(dir)
	if _, err := s.Backup(ctx, dir); err != nil {
		return
	}
	_ = s.whileOpen(func() error { return s.writeMeta(ctx, s.db, "backup", now) })
	for _, old := range s.underOldKeys(dir) { // they would open with what opens nothing else any more
		_ = os.RemoveAll(old)
	}
	for i, old := range backups(dir) {
		if i >= keptBackups {
			_ = os.RemoveAll(old)
		}
	}
}

// underOldKeys are the copies of this store that another passphrase or master key opens.
func (s *Store) underOldKeys(dir string) (out []string) {
	s.view.RLock()
	present := s.keys
	s.view.RUnlock()
	for _, b := range backups(dir) {
		if k, err := readKeys(b); err == nil && k.Store == present.Store && k.sum() != present.sum() {
			out = append(out, b)
		}
	}
	return out
}

// clearUnfinished removes what a copy left behind that was cut off.
func (s *Store) clearUnfinished(dir string) {
	list, err := filepath.Glob(filepath.Join(dir, backupPrefix+"*"+unfinishedCopy))
	if err != nil {
		return
	}
	for _, part := range list {
		_ = os.RemoveAll(part)
	}
}
