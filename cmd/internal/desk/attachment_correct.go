package desk

import (
	"bytes"
	"context"
	"encoding/json"

	"doorstep/casework"
)

// filesOf are the attachments that belong to a record, as they stand.
func (d *Desk) filesOf(ctx context.Context, of casework.Record) ([]casework.Record, error) {
	owner := of.Owner
	if owner.IsZero() {
		owner = of.ID
	}
	var out []casework.Record
	for _, id := range d.store.Owned(owner, casework.KindAttachment) {
		r, err := d.store.Record(ctx, id)
		if err != nil {
			return nil, err
		}
		if a := casework.AttachmentOf(r); a.Of == of.ID && !a.Retracted && !a.Superseded {
			out = append(out, r)
		}
	}
	return out, nil
}

// retractFiles takes the attachments of a record back together with it.
func (d *Desk) retractFiles(ctx context.Context, of casework.Record, reason string) ([]casework.Op, error) {
	list, err := d.filesOf(ctx, of)
	if err != nil {
		return nil, err
	}
	var ops []casework.Op
	for _, r := range list {
		op, err := d.store.Author().Retract(r, reason)
		if err != nil {
			return nil, err
		}
		ops = append(ops, op)
	}
	return ops, nil
}

// moveFiles gives the attachments of a record that moves to another person new records,
// which take the place of the old ones, and changes their ids in the values of the new one.
// renamed says for each new record whose place it takes.
func (d *Desk) moveFiles(ctx context.Context, of casework.Record, to, owner casework.RecordID, values casework.Values, reason string) (ops []casework.Op, renamed map[casework.RecordID]casework.RecordID, err error) {
	list, err := d.filesOf(ctx, of)
	if err != nil {
		return nil, nil, err
	}
	a := d.store.Author()
	renamed = map[casework.RecordID]casework.RecordID{}
	for _, r := range list {
		next, err := a.NewRecord()
		if err != nil {
			return nil, nil, err
		}
		old := casework.AttachmentOf(r)
		v := casework.Values{
			"hash": old.Hash, "media_type": old.MediaType, "size": old.Size, "of": to, "supersedes": r.ID,
			"correction_reason": casework.CleanLine(reason, 200),
		}
		made, err := a.Create(next, casework.KindAttachment, owner, v)
		if err != nil {
			return nil, nil, err
		}
		closed, err := a.Edit(r, casework.Values{casework.FieldSupersededBy: next}, reason)
		if err != nil {
			return nil, nil, err
		}
		for f, value := range values {
			if raw, ok := value.(json.RawMessage); ok {
				values[f] = json.RawMessage(bytes.ReplaceAll(raw, []byte(r.ID.String()), []byte(next.String())))
			}
		}
		ops, renamed[next] = append(ops, made, closed), r.ID
	}
	return ops, renamed, nil
}
