package district

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

// deskName is the worker behind what is done at the server itself.
const deskName = "区平台"

// Desk is the district's own device: rosters imported at the server are its operations,
// in a chain of their own, through the same merge. Its worker holds every duty of the
// county. It is made when first asked for.
func (s *Store) Desk(ctx context.Context, now time.Time) (Device, error) {
	home, err := s.District(ctx)
	if err != nil {
		return Device{}, err
	}
	id := casework.DeviceID{ID: deskID(home.ID, "device")}
	worker := casework.WorkerID{ID: deskID(home.ID, "worker")}
	var d Device
	err = s.write(ctx, "district.Desk", func(ctx context.Context, w *work) error {
		d, err = scanDevice(w.row(ctx, qDeviceOne, s.county, blob(id.ID)).Scan)
		if !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		scopes, err := json.Marshal([]casework.Scope{{
			Area: home.Area, Duties: []casework.Duty{casework.DutyChild, casework.DutyElder, casework.DutyAid},
		}})
		if err != nil {
			return err
		}
		err = w.exec(ctx, "INSERT INTO workers (county, id, name, role, scopes) VALUES ($1,$2,$3,'',$4)",
			s.county, blob(worker.ID), deskName, string(scopes))
		if err != nil {
			return err
		}
		if err := w.admit(ctx, Newcomer{ID: id, Own: worker}, worker, true, now, time.Time{}); err != nil {
			return err
		}
		d, err = scanDevice(w.row(ctx, qDeviceOne, s.county, blob(id.ID)).Scan)
		return err
	})
	return d, err
}

func deskID(district casework.ID, what string) casework.ID {
	h := sha256.Sum256(append([]byte("doorstep/desk/"+what+"\x00"), district[:]...))
	return casework.ID(h[:16])
}

// Import takes in operations written at the server, in the desk's chain. The receipts
// come in the order of the operations. The desk has no key and signs nothing: what is
// written here rests on the chain and on whoever has the server in hand.
func (s *Store) Import(ctx context.Context, now time.Time, ops ...casework.Op) ([]ledger.Receipt, error) {
	desk, err := s.Desk(ctx, now)
	if err != nil {
		return nil, err
	}
	var out []ledger.Receipt
	for len(ops) > 0 {
		piece := ops[:min(MaxBatch, len(ops))]
		ops = ops[len(piece):]
		bytes := make([][]byte, len(piece))
		for i, op := range piece {
			if bytes[i], err = ledger.Encode(op); err != nil {
				return out, err
			}
		}
		t, err := s.take(ctx, desk.ID, ledger.Upload{Ops: bytes}, now)
		if err != nil {
			return out, err
		}
		out = append(out, t.Receipts...)
	}
	return out, nil
}
