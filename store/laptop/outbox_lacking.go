package laptop

import (
	"cmp"
	"context"
	"slices"

	"doorstep/casework"
	"doorstep/store/laptop/outbox"
)

// lacking is what the database has and the outbox should have. moved: places in the chain
// that it has otherwise.
func (s *Store) lacking(ctx context.Context, c outbox.Contents) (out []outbox.Item, moved bool, err error) {
	refs, prev := s.keptEntries()
	for _, e := range refs {
		at, found := slices.BinarySearchFunc(c.Ops, e.n, func(i outbox.Item, n int64) int { return cmp.Compare(i.N, n) })
		known := found && c.Ops[at].ID == e.id.ID
		if known && (c.Ops[at].Epoch != e.epoch || c.Ops[at].Seq != e.seq) {
			return nil, true, nil
		}
		if _, told := c.Receipts[e.id.ID]; known && (told || e.receipt == nil) || e.damaged || s.tornOps[e.id] {
			continue
		}
		items, err := s.opItems(e, prev[e.id])
		if ignoreDamage(err) != nil {
			return nil, false, err
		}
		out = append(out, items...)
	}
	drafts, err := s.lackingDrafts(ctx, c)
	if err != nil {
		return nil, false, err
	}
	files, err := s.attachmentItems()
	if err != nil {
		return nil, false, err
	}
	for _, i := range files {
		if !slices.ContainsFunc(c.Files, func(f outbox.Item) bool { return f.ID == i.ID }) {
			out = append(out, i)
		}
	}
	return append(out, drafts...), false, nil
}

func (s *Store) lackingDrafts(ctx context.Context, c outbox.Contents) ([]outbox.Item, error) {
	seen, err := s.draftsSeen(ctx, s.db)
	if err != nil {
		return nil, err
	}
	there := map[casework.ID]outbox.DraftWork{}
	var out []outbox.Item
	for _, d := range c.Drafts {
		there[d.ID] = d
		if row, here := seen[d.ID]; !d.Ended && here && row.ended != draftOpen {
			out = append(out, outbox.Item{Kind: outbox.Ended, ID: d.ID, N: int64(len(d.Changes))})
		}
	}
	for _, id := range s.openDrafts() {
		items, _, err := s.draftItems(ctx, id)
		if err != nil {
			return nil, err
		}
		d := there[id]
		for _, i := range items {
			if i.Kind == outbox.Draft && d.Body != nil || i.Kind == outbox.Change && slices.ContainsFunc(d.Changes, func(o outbox.Item) bool { return o.N == i.N }) {
				continue
			}
			out = append(out, i)
		}
	}
	return out, nil
}
