package laptop

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"io"
	"path/filepath"
	"slices"
	"time"

	"doorstep/casework"
	"doorstep/store/laptop/outbox"
	"doorstep/store/laptop/picture"
)

// MostAttachment is the largest file that goes into a case file, in bytes.
const MostAttachment = 10 << 20

// attachmentsFolder is where the sealed files lie, below the store's own folder. It
// belongs to every copy of the store.
const attachmentsFolder = "attachments"

// Attachment is a file that is kept sealed on this laptop. Its bytes stay here: only what
// the record says of it goes to the district.
type Attachment struct {
	ID      casework.RecordID // of the record that describes it, or will when the draft is closed
	Kind    picture.Kind
	Size    int64         // bytes, of what is kept
	Hash    casework.Hash // SHA-256 of what is kept
	Draft   casework.ID   // in which it was chosen
	Added   time.Time     // on the laptop's clock
	Telling bool          // see picture.Clean
}

// attachmentRow is what is sealed of an attachment.
type attachmentRow struct {
	File    string        `json:"file"` // its name in the folder
	Key     []byte        `json:"key"`  // of the file
	Kind    picture.Kind  `json:"kind"`
	Size    int64         `json:"size"`
	Hash    casework.Hash `json:"hash"`
	Draft   casework.ID   `json:"draft"`
	Added   jsonTime      `json:"added"`
	Telling bool          `json:"telling,omitempty"`
}

func (r attachmentRow) info(id casework.RecordID) Attachment {
	return Attachment{ID: id, Kind: r.Kind, Size: r.Size, Hash: r.Hash, Draft: r.Draft, Added: r.Added.Time, Telling: r.Telling}
}

// Attach keeps a file for a draft, without what it told beside its content
// ([picture.Strip]). The sealed file is on the disk before anything names it. The same
// content is kept once. It becomes part of the case file when the draft is closed together
// with a record of kind attachment that has its id; otherwise it goes with the draft.
// Errors: those of picture.Strip, laptop.attachment_large, laptop.no_draft, those of Save.
func (s *Store) Attach(ctx context.Context, draft casework.ID, content []byte) (Attachment, error) {
	const op = "laptop.Attach"
	if len(content) > MostAttachment {
		return Attachment{}, casework.Problem(op, "laptop.attachment_large", "Megabytes", (len(content)+1<<20-1)>>20, "Most", MostAttachment>>20)
	}
	clean, err := picture.Strip(content)
	if err != nil {
		return Attachment{}, err
	}
	defer clear(clean.Content)
	s.work.Lock()
	defer s.work.Unlock()
	switch {
	case s.closed:
		return Attachment{}, casework.Problem(op, "laptop.closed")
	case s.drafts[draft] == nil:
		return Attachment{}, casework.Problem(op, "laptop.no_draft")
	}
	ctx = context.WithoutCancel(ctx)
	id, err := casework.NewID(s.o.Rand)
	if err != nil {
		return Attachment{}, err
	}
	row := attachmentRow{
		Kind: clean.Kind, Size: int64(len(clean.Content)), Hash: sha256.Sum256(clean.Content), Draft: draft,
		Added: jsonTime{s.o.Now()}, Telling: clean.Telling,
	}
	if err := s.keepFile(ctx, &row, clean.Content); err != nil {
		return Attachment{}, trouble(op, err)
	}
	rid := casework.RecordID{ID: id}
	if err := s.writeAttachment(ctx, s.db, rid, row); err != nil {
		return Attachment{}, trouble(op, err)
	}
	s.know(rid, row)
	return row.info(rid), nil
}

// keepFile writes the sealed file, or finds that its content is kept already. Callers hold work.
func (s *Store) keepFile(ctx context.Context, row *attachmentRow, content []byte) error {
	for _, other := range s.attached {
		if other.Hash != row.Hash || other.Size != row.Size {
			continue
		}
		row.File, row.Key = other.File, other.Key
		if s.fileIs(other) {
			return nil
		}
	}
	folder := filepath.Join(s.dir, attachmentsFolder)
	if err := makeFolder(s.dir, folder); err != nil {
		return err
	}
	if free, err := s.o.free(folder); err == nil && free < uint64(sealedSize(len(content)))+attachmentReserve {
		return casework.Problem("laptop.Attach", "laptop.disk_full")
	}
	if row.Key == nil {
		row.Key = make([]byte, 32)
		if _, err := io.ReadFull(s.o.Rand, row.Key); err != nil {
			return casework.Problem("laptop.Attach", "random.unavailable").Because(err)
		}
		var err error
		if row.File, err = s.fileName(ctx, row.Key, content); err != nil {
			return err
		}
	}
	var b bytes.Buffer
	b.Grow(int(sealedSize(len(content))))
	if err := sealFile(&b, s.o.Rand, s.ring.store, row.Key, content); err != nil {
		return err
	}
	return fileTrouble(replaceFile(filepath.Join(folder, row.File), b.Bytes()))
}

// attachmentReserve is what must stay free for visits when a file is kept.
const attachmentReserve = 32 << 20

// fileName is a keyed hash of the content: who finds the folder cannot tell whether a
// picture he has lies in it. The key is the store's own and survives a change of keys. A
// file's own key is in the name too: what was thrown away and chosen anew never stands
// where a copy of the store keeps the one before.
func (s *Store) fileName(ctx context.Context, own, content []byte) (string, error) {
	var key []byte
	found, err := s.readMeta(ctx, s.db, "attachment_names", &key)
	if err != nil {
		return "", err
	}
	if !found {
		key = make([]byte, 32)
		if _, err := io.ReadFull(s.o.Rand, key); err != nil {
			return "", casework.Problem("laptop.Attach", "random.unavailable").Because(err)
		}
		if err := s.writeMeta(ctx, s.db, "attachment_names", key); err != nil {
			return "", err
		}
	}
	m := hmac.New(sha256.New, key)
	m.Write(own)
	m.Write(content)
	return hex.EncodeToString(m.Sum(nil)[:20]) + ".sealed", nil
}

func (s *Store) writeAttachment(ctx context.Context, q querier, id casework.RecordID, row attachmentRow) error {
	b, err := json.Marshal(row)
	if err != nil {
		return err
	}
	sealed, err := s.ring.seal(place{"attachments", id.ID[:], 1}, s.o.Now(), b)
	if err != nil {
		return err
	}
	_, err = q.ExecContext(ctx, "INSERT INTO attachments (id, sealed) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed", id.ID[:], sealed)
	return err
}

// Attachment tells of a file kept on this laptop; false when it is not here, or when old
// files are closed and it is one of them.
func (s *Store) Attachment(id casework.RecordID) (Attachment, bool) {
	s.view.RLock()
	defer s.view.RUnlock()
	row, ok := s.attached[id]
	if !ok || s.shutAway(id, row) {
		return Attachment{}, false
	}
	return row.info(id), true
}

// shutAway reports whether a file may not be looked at now: the lease has lapsed, and it
// belongs to no visit in hand. Callers hold view.
func (s *Store) shutAway(id casework.RecordID, row attachmentRow) bool {
	return s.glance() && s.drafts[row.Draft] == nil && !s.fresh(id)
}

// Attachments is every file kept on this laptop, the latest first.
func (s *Store) Attachments() []Attachment {
	s.view.RLock()
	defer s.view.RUnlock()
	var out []Attachment
	for id, row := range s.attached {
		out = append(out, row.info(id))
	}
	slices.SortFunc(out, func(a, b Attachment) int {
		if c := b.Added.Compare(a.Added); c != 0 {
			return c
		}
		return a.ID.Compare(b.ID.ID)
	})
	return out
}

// OpenAttachment gives the content of a file. Errors: laptop.attachment_elsewhere (it was
// never on this laptop, or is no longer), laptop.lapsed, laptop.attachment_damaged, laptop.disk, laptop.closed.
func (s *Store) OpenAttachment(_ context.Context, id casework.RecordID) ([]byte, error) {
	const op = "laptop.OpenAttachment"
	s.view.RLock()
	row, ok := s.attached[id]
	closed, store := s.closed, s.ring.store
	shut := ok && s.shutAway(id, row)
	s.view.RUnlock()
	switch {
	case shut && !closed:
		return nil, casework.Problem(op, "laptop.lapsed")
	case closed:
		return nil, casework.Problem(op, "laptop.closed")
	case !ok:
		return nil, casework.Problem(op, "laptop.attachment_elsewhere")
	}
	content, err := readAttachment(s.dir, store, row)
	if err != nil {
		return nil, casework.Problem(op, "laptop.attachment_damaged").Because(err)
	}
	return content, nil
}

// readAttachment reads and opens the file of a row.
func readAttachment(dir string, store casework.ID, row attachmentRow) ([]byte, error) {
	sealed, err := readSome(filepath.Join(dir, attachmentsFolder, row.File), sealedSize(MostAttachment))
	if err != nil {
		return nil, err
	}
	content, err := openFile(sealed, store, row.Key)
	if err == nil && sha256.Sum256(content) != row.Hash {
		err = errSealed
	}
	return content, err
}

// SaveMoved saves operations that give attachments new records, as 更正 does: moved says
// for each new record which one it takes the place of. The files are named by both until
// the old record is taken back. One transaction. Errors: those of Save.
func (s *Store) SaveMoved(ctx context.Context, moved map[casework.RecordID]casework.RecordID, ops ...casework.Op) error {
	rows := map[casework.RecordID]attachmentRow{}
	err := s.save(ctx, "laptop.SaveMoved", ops, func(tx *sql.Tx) error {
		for next, was := range moved {
			row, ok := s.attached[was]
			if !ok {
				continue // its bytes are on another laptop
			}
			rows[next] = row
			if err := s.writeAttachment(ctx, tx, next, row); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for id, row := range rows {
		s.know(id, row)
	}
	s.afterSave(ctx)
	return nil
}

// know keeps in memory and in the outbox what was written of an attachment.
func (s *Store) know(id casework.RecordID, row attachmentRow) {
	s.view.Lock()
	s.attached[id] = row
	s.view.Unlock()
	if b, err := json.Marshal(row); err == nil {
		s.box.put(outbox.Item{Kind: outbox.Attached, ID: id.ID, Body: b})
	}
}
