package laptop

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"path/filepath"

	"doorstep/casework"
)

// filesNamed are the files that a copy's database names.
func (s *Store) filesNamed(ctx context.Context, copied string) (map[casework.RecordID]attachmentRow, error) {
	db, err := openCopy(filepath.Join(copied, databaseFile))
	if err != nil {
		return nil, err
	}
	defer db.Close()
	if there, err := hasTable(ctx, db, "attachments"); err != nil || !there {
		return nil, err
	}
	rows, err := db.QueryContext(ctx, "SELECT id, sealed FROM attachments")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[casework.RecordID]attachmentRow{}
	for rows.Next() {
		var id, sealed sql.RawBytes
		if err := rows.Scan(&id, &sealed); err != nil {
			return nil, err
		}
		var rid casework.RecordID
		copy(rid.ID[:], id)
		var row attachmentRow
		b, err := s.ring.open(place{"attachments", rid.ID[:], 1}, sealed, nil)
		if err != nil {
			return nil, err
		}
		if json.Unmarshal(b, &row) != nil || filepath.Base(row.File) != row.File {
			return nil, errSealed // the cause could quote a key
		}
		out[rid] = row
	}
	return out, rows.Err()
}

// hasTable reports whether a database has a table: a copy may be older than the program.
func hasTable(ctx context.Context, db querier, name string) (bool, error) {
	var n int
	err := db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = ?", name).Scan(&n)
	return n == 1, err
}

// proveFiles opens every file of a copy to its end. One that does not open here either is
// not the copy's fault.
func (s *Store) proveFiles(ctx context.Context, copied string) error {
	rows, err := s.filesNamed(ctx, copied)
	if err != nil {
		return err
	}
	for _, row := range rows {
		if s.over() {
			return errClosed
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if _, err := readAttachment(copied, s.ring.store, row); err == nil {
			continue
		}
		if _, err := readAttachment(s.dir, s.ring.store, row); err == nil {
			return errors.New("a file was not copied as it is")
		}
	}
	return nil
}

// bringFiles brings a copy's sealed files here. One that is here stays, unless it does not
// open and the copy's does.
func (s *Store) bringFiles(ctx context.Context, from string) error {
	rows, err := s.filesNamed(ctx, from)
	if err != nil {
		return err
	}
	for _, row := range rows {
		if _, err := readAttachment(s.dir, s.ring.store, row); err == nil {
			continue
		}
		content, err := readAttachment(from, s.ring.store, row)
		if err != nil {
			continue // it is told as damaged: the copy has no better one
		}
		clear(content)
		b, err := readSome(filepath.Join(from, attachmentsFolder, row.File), sealedSize(MostAttachment))
		if err != nil {
			return err
		}
		folder := filepath.Join(s.dir, attachmentsFolder)
		if err := makeFolder(s.dir, folder); err != nil {
			return err
		}
		if err := replaceFile(filepath.Join(folder, row.File), b); err != nil {
			return err
		}
	}
	return nil
}
