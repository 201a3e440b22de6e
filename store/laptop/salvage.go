package laptop

import (
	"crypto/sha256"
	"encoding/json"
	"os"
	"path/filepath"

	"doorstep/casework"
	"doorstep/store/laptop/outbox"
)

// Salvaged opens a file that was kept beside the records of a store nobody can open: item
// is what an outbox says of it, folder holds the sealed files. Error:
// laptop.attachment_damaged, also when the file is not there.
func Salvaged(store casework.ID, item outbox.Item, folder string) (Attachment, []byte, error) {
	const op = "laptop.Salvaged"
	broken := casework.Problem(op, "laptop.attachment_damaged")
	var row attachmentRow
	if err := json.Unmarshal(item.Body, &row); err != nil || row.File == "" || filepath.Base(row.File) != row.File || len(row.Key) == 0 {
		return Attachment{}, nil, broken // the cause could quote a key
	}
	sealed, err := readSome(filepath.Join(folder, row.File), sealedSize(MostAttachment))
	if err != nil {
		return Attachment{}, nil, broken.Because(err)
	}
	content, err := openFile(sealed, store, row.Key)
	if err != nil || sha256.Sum256(content) != row.Hash {
		return Attachment{}, nil, broken
	}
	return row.info(casework.RecordID{ID: item.ID}), content, nil
}

// handFiles copies the sealed files beside a handed-over outbox, whose items name them.
func (s *Store) handFiles(dir string) (n int, whole bool, err error) {
	s.view.RLock()
	rows := make(map[string]attachmentRow, len(s.attached))
	for _, row := range s.attached {
		rows[row.File] = row
	}
	s.view.RUnlock()
	whole = true
	for name, row := range rows {
		b, err := readSome(filepath.Join(s.dir, attachmentsFolder, name), sealedSize(MostAttachment))
		if err == nil {
			_, err = openFile(b, s.ring.store, row.Key)
		}
		if err != nil {
			whole = false
			continue
		}
		if err := os.MkdirAll(filepath.Join(dir, attachmentsFolder), 0o700); err != nil {
			return n, whole, err
		}
		if err := replaceFile(filepath.Join(dir, attachmentsFolder, name), b); err != nil {
			return n, whole, err
		}
		n++
	}
	return n, whole, nil
}
