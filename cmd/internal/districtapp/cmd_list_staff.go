package districtapp

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"doorstep/casework"
)

type deviceRow struct {
	ID       casework.DeviceID `json:"id"`
	Worker   string            `json:"worker"`
	WorkerID casework.WorkerID `json:"worker_id"`
	Role     casework.Role     `json:"role,omitempty"`
	Areas    []casework.Area   `json:"areas"`
	Standing string            `json:"standing"` // good, frozen, revoked
	Enrolled time.Time         `json:"enrolled"`
	Heard    time.Time         `json:"heard,omitzero"`

	ReadableUntil time.Time `json:"readable_until,omitzero"` // old files, with what was granted beside the lease
	Extensions    int       `json:"extensions"`              // files and codes since it was last heard of
}

// devices lists the laptops; the desk is none.
func (s *shell) devices(ctx context.Context, a *App, within casework.Area) error {
	all, err := a.store.Devices(ctx)
	rows := []deviceRow{}
	var more map[casework.DeviceID]extension
	if err == nil {
		more, err = a.extensions(ctx)
	}
	for _, d := range all {
		if d.Desk || !works(d.Actor, within) {
			continue
		}
		row := deviceRow{
			ID: d.ID, Worker: d.Name, WorkerID: d.Actor.Worker, Role: d.Actor.Role, Areas: areasOf(d.Actor), Standing: "good", Enrolled: d.Enrolled, Heard: d.Heard,
			ReadableUntil: more[d.ID].until, Extensions: more[d.ID].count,
		}
		switch {
		case d.Revoked:
			row.Standing = "revoked"
		case d.Frozen:
			row.Standing = "frozen"
		}
		rows = append(rows, row)
	}
	if err != nil || s.c.JSON {
		return s.listed(err, "devices", rows)
	}
	names, err := a.Areas(ctx)
	if err != nil {
		return err
	}
	t := s.table("who", "role", "area", "enrolled", "heard", "lease", "extensions", "state", "id")
	for _, r := range rows {
		t.row(r.Worker, s.role(r.Role), called(names, r.Areas), minute(r.Enrolled), minute(r.Heard), minute(r.ReadableUntil), strconv.Itoa(r.Extensions), s.say("device."+r.Standing), r.ID.String())
	}
	return t.print(s.out)
}

type workerRow struct {
	ID    casework.WorkerID `json:"id"`
	Name  string            `json:"name"`
	Role  casework.Role     `json:"role,omitempty"`
	Areas []casework.Area   `json:"areas"`
}

func (s *shell) workers(ctx context.Context, a *App, within casework.Area) error {
	all, err := a.store.Workers(ctx)
	rows := []workerRow{}
	for _, w := range all {
		if works(w.Actor, within) {
			rows = append(rows, workerRow{w.Actor.Worker, w.Name, w.Actor.Role, areasOf(w.Actor)})
		}
	}
	if err != nil || s.c.JSON {
		return s.listed(err, "workers", rows)
	}
	names, err := a.Areas(ctx)
	if err != nil {
		return err
	}
	t := s.table("who", "role", "area", "id")
	for _, r := range rows {
		t.row(r.Name, s.role(r.Role), called(names, r.Areas), r.ID.String())
	}
	return t.print(s.out)
}

func (s *shell) role(r casework.Role) string {
	if r == "" {
		return "" // the desk
	}
	return s.say("role." + string(r))
}

// works reports whether someone works in an area or below it; "" is everywhere.
func works(a casework.Actor, within casework.Area) bool {
	return within == "" || slices.ContainsFunc(a.Scopes, func(s casework.Scope) bool { return within.Contains(s.Area) })
}

func areasOf(a casework.Actor) []casework.Area {
	out := []casework.Area{}
	for _, s := range a.Scopes {
		out = append(out, s.Area)
	}
	return out
}

func called(names map[casework.Area]string, areas []casework.Area) string {
	var out []string
	for _, a := range areas {
		out = append(out, or(names[a], a.Prefix()))
	}
	return strings.Join(out, "、")
}
