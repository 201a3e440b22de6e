package laptop

import (
	"bytes"
	"context"
	"database/sql"
	"strings"
)

// sealedTable is a table with a column "sealed": its key, and what its rows' seals are
// bound to.
type sealedTable struct {
	name    string
	key     []string // columns
	id      string   // column of the row's id
	version string   // column or number
}

// sealedTables are all of them: Rekey goes through this list.
var sealedTables = []sealedTable{
	{"meta", []string{"key"}, "key", "version"},
	{"ops", []string{"n"}, "id", "1"},
	{"receipts", []string{"op"}, "op", "seq"},
	{"drafts", []string{"id"}, "id", "version"},
	{"draft_changes", []string{"draft", "n"}, "draft", "n"},
	{"heads", []string{"n"}, "id", "seq"},
	{"bodies", []string{"n"}, "id", "seq"},
	{"packs", []string{"hash"}, "hash", "1"},
	{"attachments", []string{"id"}, "id", "1"},
}

// read gives rows of a generation behind a place in the order of the key, at most limit
// (below zero: all).
func (t sealedTable) read(ctx context.Context, q querier, gen byte, after []any, limit int) ([]sealedRow, error) {
	key := strings.Join(t.key, ", ")
	query := "SELECT " + key + ", " + t.id + ", " + t.version + ", sealed FROM " + t.name + " WHERE " + old
	args := []any{[]byte{gen}}
	if after != nil {
		query += " AND (" + key + ") > (?" + strings.Repeat(", ?", len(after)-1) + ")"
		args = append(args, after...)
	}
	return t.scan(ctx, q, query+" ORDER BY "+key+" LIMIT ?", append(args, limit))
}

func (t sealedTable) scan(ctx context.Context, q querier, query string, args []any) ([]sealedRow, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []sealedRow
	for rows.Next() {
		r := sealedRow{at: make([]any, len(t.key))}
		dest := make([]any, 0, len(t.key)+3)
		for i := range r.at {
			dest = append(dest, &r.at[i])
		}
		var id, sealed sql.RawBytes
		if err := rows.Scan(append(dest, &id, &r.version, &sealed)...); err != nil {
			return nil, err
		}
		r.id, r.sealed = bytes.Clone(id), bytes.Clone(sealed)
		out = append(out, r)
	}
	return out, rows.Err()
}

// update is the statement that puts a seal in place of a row's.
func (t sealedTable) update() string {
	return "UPDATE " + t.name + " SET sealed = ? WHERE " + strings.Join(t.key, " = ? AND ") + " = ?"
}

// page gives rows of any generation behind a place in the order of the key, at most limit.
func (t sealedTable) page(ctx context.Context, q querier, after []any, limit int) ([]sealedRow, error) {
	key := strings.Join(t.key, ", ")
	query := "SELECT " + key + ", " + t.id + ", " + t.version + ", sealed FROM " + t.name
	var args []any
	if after != nil {
		query += " WHERE (" + key + ") > (?" + strings.Repeat(", ?", len(after)-1) + ")"
		args = append(args, after...)
	}
	return t.scan(ctx, q, query+" ORDER BY "+key+" LIMIT ?", append(args, limit))
}
