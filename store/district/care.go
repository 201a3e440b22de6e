package district

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"doorstep/casework"
)

// care says why a record is not in the care of the device's worker, or "".
// A new person must live where she works, a check of a place must lie there; a household is
// anybody's to begin; everything else follows the person, household or check it belongs to. Work on
// someone who has left is accepted as long as the laptop could not know it: its time token is
// older than the leaving.
func (t *intake) care(ctx context.Context, op casework.Op, e *entry, after casework.Record, asked bool) (casework.Reason, error) {
	root := e
	switch {
	case !op.Owner.IsZero():
		root = t.entries[op.Owner]
		if root == nil || !root.exists || !placed(root.kind) && root.kind != casework.KindHousehold {
			return casework.ReasonOwner, nil
		}
		if root.erased {
			return casework.ReasonErased, nil
		}
	case !e.exists && placed(op.Kind):
		return t.newcomer(after, asked), nil
	case !e.exists:
		return "", nil
	}
	if !asked || holds(t.dev.Actor.Scopes, root.places) {
		return "", nil
	}
	late, err := t.couldNotKnow(ctx, op, root.id)
	if err != nil || late {
		return "", err
	}
	return casework.ReasonScope, nil
}

// placed reports whether records of a kind say by their own area and duties where they belong.
func placed(k casework.Kind) bool { return k == casework.KindPerson || k == casework.KindCheck }

func (t *intake) newcomer(after casework.Record, asked bool) casework.Reason {
	areas, duties := after.Areas(), after.Duties()
	if len(pairs(after)) == 0 {
		return casework.ReasonScope // she would be in nobody's sight
	}
	if !asked || t.dev.Actor.Holds(areas, duties) {
		return ""
	}
	return casework.ReasonScope
}

func holds(scopes []casework.Scope, places []place) bool {
	for _, s := range scopes {
		for _, p := range places {
			if s.Covers(p.Area, p.Duty) {
				return true
			}
		}
	}
	return false
}

const (
	qTokenSeq = "SELECT seq FROM tokens WHERE county = $1 AND device = $2 AND hash = $3"
	qPlaceAt  = "SELECT duty, area FROM record_scope WHERE county = $1 AND record = $2 AND since <= $3 AND until > $3"
	qScopesAt = "SELECT scopes FROM worker_scopes WHERE county = $1 AND worker = $2 AND (since = 0 OR since < $3) ORDER BY since DESC LIMIT 1"
)

// couldNotKnow reports whether the person was in the worker's care at the moment of the
// time token that the operation carries.
func (t *intake) couldNotKnow(ctx context.Context, op casework.Op, root casework.RecordID) (bool, error) {
	if op.Token.IsZero() {
		return false, nil
	}
	seq, known := t.tokens[op.Token]
	if !known {
		err := t.w.row(ctx, qTokenSeq, t.w.s.county, blob(t.dev.ID.ID), hashBlob(op.Token)).Scan(&seq)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return false, err
		}
		t.tokens[op.Token] = seq
	}
	if seq == 0 {
		return false, nil
	}
	scopes, err := t.scopesAt(ctx, seq)
	if err != nil {
		return false, err
	}
	var then []place
	err = t.w.each(ctx, func(scan func(...any) error) error {
		var duty, area string
		err := scan(&duty, &area)
		then = append(then, place{Area: casework.Area(area), Duty: casework.Duty(duty)})
		return err
	}, qPlaceAt, t.w.s.county, blob(root.ID), seq)
	return holds(scopes, then), err
}

// scopesAt are the scopes the worker held at a number of the log.
func (t *intake) scopesAt(ctx context.Context, seq uint64) ([]casework.Scope, error) {
	if s, ok := t.past[seq]; ok {
		return s, nil
	}
	var text string
	var out []casework.Scope
	err := t.w.row(ctx, qScopesAt, t.w.s.county, blob(t.dev.Actor.Worker.ID), seq).Scan(&text)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		out = t.dev.Actor.Scopes
	case err != nil:
		return nil, err
	default:
		if err := json.Unmarshal([]byte(text), &out); err != nil {
			return nil, err
		}
	}
	t.past[seq] = out
	return out, nil
}
