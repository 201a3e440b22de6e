package laptop

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"

	"doorstep/casework"
	"doorstep/store/laptop/outbox"
)

// loadAttachments reads what is known of the sealed files, looks whether each is there, and
// clears away what a power cut left between a file and its row.
func (s *Store) loadAttachments(ctx context.Context) error {
	s.attached = map[casework.RecordID]attachmentRow{}
	rows, err := s.db.QueryContext(ctx, "SELECT id, sealed FROM attachments")
	if err != nil {
		return err
	}
	defer rows.Close()
	whole := true
	for rows.Next() {
		var id, sealed sql.RawBytes
		if err := rows.Scan(&id, &sealed); err != nil {
			return err
		}
		var rid casework.RecordID
		copy(rid.ID[:], id)
		var row attachmentRow
		b, err := s.ring.open(place{"attachments", rid.ID[:], 1}, sealed, nil)
		if err != nil || json.Unmarshal(b, &row) != nil {
			s.broken++
			whole = false
			continue
		}
		if !s.fileIs(row) {
			s.broken++
		}
		s.attached[rid] = row
	}
	if err := rows.Err(); err != nil {
		return err
	}
	s.allNamed = whole // what nothing names is swept once the outbox was asked too
	return nil
}

// fileIs reports whether a row's file lies there in its full length.
func (s *Store) fileIs(row attachmentRow) bool {
	info, err := os.Stat(filepath.Join(s.dir, attachmentsFolder, row.File))
	return err == nil && info.Size() == sealedSize(int(row.Size))
}

// sweepFiles removes files that no row names: no key opens them. Where a database was set
// aside they stay, because it may name them.
func (s *Store) sweepFiles() {
	folder := filepath.Join(s.dir, attachmentsFolder)
	list, err := os.ReadDir(folder)
	if err != nil {
		return
	}
	if aside, err := filepath.Glob(filepath.Join(s.dir, databaseFile+".*")); err != nil || len(aside) > 0 {
		return
	}
	named := map[string]bool{}
	for _, row := range s.attached {
		named[row.File] = true
	}
	for _, f := range list {
		name := strings.TrimSuffix(f.Name(), ".next")
		if strings.HasSuffix(name, ".sealed") && (name != f.Name() || !named[name]) {
			_ = os.Remove(filepath.Join(folder, f.Name())) // what stays is swept at the next start
		}
	}
}

// afterSave clears away what nothing names after operations were saved.
func (s *Store) afterSave(ctx context.Context) {
	if len(s.unwanted()) == 0 {
		return
	}
	s.work.Lock()
	defer s.work.Unlock()
	s.sweepAttachments(context.WithoutCancel(ctx))
}

// unwanted are the attachments whose draft ended without them, and those whose record was
// taken back, corrected or went away; none in a store in which anything is damaged: what
// names a file may be what does not open.
func (s *Store) unwanted() []casework.RecordID {
	s.view.RLock()
	defer s.view.RUnlock()
	if s.rebuilt != nil && s.rebuilt.WaitingForDistrict { // records are still to come
		return nil
	}
	if s.closed || s.torn || s.broken+s.journal.damaged+len(s.caseload.damaged) > 0 {
		return nil
	}
	var gone []casework.RecordID
	for id, row := range s.attached {
		if !s.wanted(id, row) {
			gone = append(gone, id)
		}
	}
	return gone
}

// sweepAttachments removes what is not wanted, first from the table, then from the folder.
// Callers hold work.
func (s *Store) sweepAttachments(ctx context.Context) {
	gone := s.unwanted()
	if len(gone) == 0 {
		return
	}
	err := s.inTx(ctx, func(tx *sql.Tx) error {
		for _, id := range gone {
			if _, err := tx.ExecContext(ctx, "DELETE FROM attachments WHERE id = ?", id.ID[:]); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return // tried again after the next save
	}
	s.view.Lock()
	for _, id := range gone {
		delete(s.attached, id)
	}
	s.view.Unlock()
	for _, id := range gone {
		s.box.put(outbox.Item{Kind: outbox.Attached, ID: id.ID})
	}
	s.sweepFiles()
}

// checkFiles opens every sealed file to its end, one at a time, while she works. Error:
// errClosed.
func (s *Store) checkFiles() (files, wrong int, err error) {
	s.view.RLock()
	rows := maps.Clone(s.attached)
	store := s.ring.store
	s.view.RUnlock()
	for id, row := range rows {
		s.view.RLock()
		_, still := s.attached[id]
		closed := s.closed
		s.view.RUnlock()
		switch {
		case closed:
			return files, wrong, errClosed
		case !still:
			continue
		}
		files++
		if _, err := readAttachment(s.dir, store, row); err != nil {
			s.view.RLock()
			_, still = s.attached[id] // taken away meanwhile: nothing is wrong
			s.view.RUnlock()
			if still {
				wrong++
			}
		}
	}
	return files, wrong, nil
}

// wanted reports whether a draft that is open or a record that stands names an attachment.
func (s *Store) wanted(id casework.RecordID, row attachmentRow) bool {
	if it := s.caseload.items[id]; it != nil {
		return !it.gone
	}
	return s.drafts[row.Draft] != nil || len(s.journal.pending(id)) > 0
}

// makeFolder makes a folder and its name durable.
func makeFolder(above, folder string) error {
	if exists(folder) {
		return nil
	}
	err := os.Mkdir(folder, 0o700)
	if err == nil {
		err = flushFolder(above)
	}
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	return fileTrouble(err)
}

// fileTrouble turns what the file system says into the store's words.
func fileTrouble(err error) error {
	const op = "laptop.Attach"
	switch {
	case err == nil:
		return nil
	case noRoom(err):
		return casework.Problem(op, "laptop.disk_full").Because(err)
	case errors.Is(err, fs.ErrPermission) || readOnlyDisk(err):
		return casework.Problem(op, "laptop.read_only").Because(err)
	}
	return casework.Problem(op, "laptop.disk").Because(err)
}
