package laptop

import (
	"context"
	"database/sql"
	"encoding/json"
	"os"
	"path/filepath"

	"doorstep/casework"
	"doorstep/store/laptop/outbox"
)

// draftSeen is a draft as the database has it.
type draftSeen struct {
	ended int
	opens bool
}

func (s *Store) draftsSeen(ctx context.Context, q querier) (map[casework.ID]draftSeen, error) {
	rows, err := q.QueryContext(ctx, "SELECT id, version, ended, sealed FROM drafts")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[casework.ID]draftSeen{}
	for rows.Next() {
		var raw, sealed []byte
		var version int64
		var d draftSeen
		if err := rows.Scan(&raw, &version, &d.ended, &sealed); err != nil {
			return nil, err
		}
		_, err := s.ring.open(place{"drafts", raw, uint64(version)}, sealed, nil)
		d.opens = err == nil
		var id casework.ID
		copy(id[:], raw)
		out[id] = d
	}
	return out, rows.Err()
}

// putBackDrafts brings drafts to where the outbox saw them, never back.
func (s *Store) putBackDrafts(ctx context.Context, tx *sql.Tx, c outbox.Contents, r *repair) error {
	seen, err := s.draftsSeen(ctx, tx)
	if err != nil {
		return err
	}
	for _, d := range c.Drafts {
		row, here := seen[d.ID]
		switch {
		case d.Ended && here && row.ended == draftOpen:
			if err := s.endDraft(ctx, tx, d); err != nil {
				return err
			}
			r.drafts++
		case !d.Ended && !here || !d.Ended && row.ended == draftOpen:
			n, err := s.putBackDraft(ctx, tx, d, here && row.opens)
			if err != nil {
				return err
			}
			if r.answers += n; !here || !row.opens {
				r.drafts++
			}
		}
	}
	return nil
}

func (s *Store) endDraft(ctx context.Context, tx *sql.Tx, d outbox.DraftWork) error {
	var row draftRow
	if len(d.Why) == 0 || json.Unmarshal(d.Why, &row) != nil {
		return finishDraft(ctx, tx, d.ID)
	}
	return s.writeDraftTo(ctx, tx, row, 2, draftDropped)
}

// putBackDraft inserts a draft's answers that are missing or do not open.
func (s *Store) putBackDraft(ctx context.Context, tx *sql.Tx, d outbox.DraftWork, row bool) (answers int, err error) {
	if !row {
		w := draftRow{}
		if d.Body == nil || json.Unmarshal(d.Body, &w) != nil {
			w.Draft = Draft{}
		}
		w.ID = d.ID
		if err := s.writeDraftTo(ctx, tx, w, 1, draftOpen); err != nil {
			return 0, err
		}
	}
	here, err := s.answersOf(ctx, tx, d.ID)
	if err != nil {
		return 0, err
	}
	for _, i := range d.Changes {
		if here[i.N] {
			continue
		}
		b, err := json.Marshal(change{jsonTime{i.At}, i.Body})
		if err != nil {
			return 0, err
		}
		sealed, err := s.ring.seal(place{"draft_changes", d.ID[:], uint64(i.N)}, s.o.Now(), b)
		if err != nil {
			return 0, err
		}
		if _, err := tx.ExecContext(ctx, "INSERT INTO draft_changes (draft, n, sealed) VALUES (?, ?, ?) "+
			"ON CONFLICT (draft, n) DO UPDATE SET sealed = excluded.sealed", d.ID[:], i.N, sealed); err != nil {
			return 0, err
		}
		answers++
	}
	return answers, nil
}

// answersOf are the numbers of a draft's answers that open.
func (s *Store) answersOf(ctx context.Context, q querier, id casework.ID) (map[int64]bool, error) {
	rows, err := q.QueryContext(ctx, "SELECT n, sealed FROM draft_changes WHERE draft = ?", id[:])
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[int64]bool{}
	for rows.Next() {
		if _, n, err := s.scanNumbered(rows, id); err == nil {
			out[n] = true
		}
	}
	return out, rows.Err()
}

// putBackFiles names files again that lie in the folder.
func (s *Store) putBackFiles(ctx context.Context, tx *sql.Tx, c outbox.Contents, r *repair) error {
	for _, i := range c.Files {
		id := casework.RecordID{ID: i.ID}
		var row attachmentRow
		if _, here := s.attached[id]; here || json.Unmarshal(i.Body, &row) != nil {
			continue
		}
		if _, err := os.Stat(filepath.Join(s.dir, attachmentsFolder, filepath.Base(row.File))); err != nil {
			continue
		}
		if err := s.writeAttachment(ctx, tx, id, row); err != nil {
			return err
		}
		r.files++
	}
	return nil
}
