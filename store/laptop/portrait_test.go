package laptop

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"doorstep/casework"
)

// portrait is everything a store can be asked, as text: two stores with the same portrait
// are the same to whoever uses them.
func portrait(ctx context.Context, s *Store) (string, error) {
	out := map[string]any{}
	st := s.Status()
	st.Latest = time.Time{}                    // settled operations are no longer opened
	st.OutboxBehind, st.OutboxTrouble = 0, nil // it is written behind her back
	out["status"], out["device"], out["author"] = st, s.Device(), s.Author().Worker
	out["actor"] = s.Actor()
	ids := slices.SortedFunc(maps.Keys(s.caseload.items), func(a, b casework.RecordID) int { return a.Compare(b.ID) })
	for _, id := range ids {
		r, err := s.Record(ctx, id)
		if err != nil {
			return "", fmt.Errorf("record %s: %w", id, err)
		}
		it := s.caseload.items[id]
		from := itemOf(r)
		from.based, from.seq, from.left = it.based, it.seq, it.left
		if from.visit != nil {
			from.visit.Received = s.receivedOn(id)
		}
		if a, b := text(shown(it)), text(shown(from)); a != b {
			return "", fmt.Errorf("the list and the replay differ in %s:\n%s\n%s", id, a, b)
		}
		out["record "+id.String()] = []any{r, shown(it), s.Where(id)}
	}
	for _, d := range s.Drafts() {
		changes, err := s.ReadDraft(ctx, d.ID)
		if err != nil {
			return "", fmt.Errorf("draft %s: %w", d.ID, err)
		}
		d.Last, d.Started = d.Last.UTC(), d.Started.UTC()
		out["draft "+d.ID.String()] = []any{d, changes}
	}
	h, err := s.Hello(ctx)
	if err != nil {
		return "", err
	}
	h.Now = time.Time{}
	for _, hash := range h.Packs {
		body, err := s.Pack(ctx, hash)
		if err != nil {
			return "", fmt.Errorf("pack: %w", err)
		}
		out["pack "+fmt.Sprint(hash)] = len(body)
	}
	up, err := s.Unsent(ctx, 0, 0)
	if err != nil {
		return "", fmt.Errorf("unsent: %w", err)
	}
	out["hello"], out["unsent"] = h, up
	for _, e := range s.journal.all {
		out["op "+e.id.String()] = []any{e.n, e.record, e.kind, e.epoch, e.seq, e.link, e.receipt, e.settled, e.held, e.damaged}
	}
	e, ok := s.Enrolment()
	out["enrolment"] = []any{e, ok}
	return text(out), nil
}

// shown is an item as the screens have it. A resident number refuses to be written down,
// so it stands beside.
func shown(it *item) any {
	person, number := it.person, ""
	if person != nil {
		p := *person
		number, p.Resident = p.Resident.Reveal(), casework.ResidentID{}
		person = &p
	}
	return fmt.Sprintf("%+v %+v %+v %+v %+v %+v %+v %q", it.kind, it.owner, it.seq, it.conflict, text(it.left), it.based, text([]any{it.household, it.visit, it.task}), number) +
		fmt.Sprintf("%+v", person)
}

var errSoundness = errors.New("the database is broken and nobody was told")

// sound asks SQLite whether the database is whole.
func sound(s *Store) error {
	var answer string
	if err := s.db.QueryRow("PRAGMA integrity_check(1)").Scan(&answer); err != nil {
		return errors.Join(errSoundness, err)
	}
	if answer != "ok" {
		return fmt.Errorf("%w: %s", errSoundness, answer)
	}
	return nil
}

func text(v any) string {
	b, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		panic(err)
	}
	return string(b)
}

// difference is the first line in which two portraits differ.
func difference(a, b string) string {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			return fmt.Sprintf("line %d: %s, not %s", i, strings.TrimSpace(x[i]), strings.TrimSpace(y[i]))
		}
	}
	return fmt.Sprintf("%d lines, not %d", len(x), len(y))
}

// empty removes every file of a folder.
func empty(t *testing.T, dir string) {
	t.Helper()
	list, err := os.ReadDir(dir)
	try(t, err)
	for _, f := range list {
		try(t, os.RemoveAll(filepath.Join(dir, f.Name())))
	}
}
