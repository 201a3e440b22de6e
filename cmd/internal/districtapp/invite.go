package districtapp

import (
	"context"
	"slices"
	"time"

	"doorstep/casework"
	"doorstep/casework/ledger"
	"doorstep/sync/hub"
)

// Invitation is whom a code lets in.
type Invitation struct {
	Worker casework.WorkerID // someone the district knows; zero: found by name, role and area, or new
	Name   string
	Role   casework.Role
	Areas  []casework.Area
	Duties []casework.Duty // nil: those of the role
	For    time.Duration   // how long the code is good; 0 = hub.CodeLife
}

// Invite draws an enrolment code, grouped in fours, which is shown here once and kept
// nowhere. The worker is zero when the district meets her for the first time: then she
// keeps the id under which her laptop wrote so far.
// Errors: districtapp.worker_name, districtapp.role, districtapp.area_missing,
// districtapp.area_outside, districtapp.hours, districtapp.several_workers,
// district.worker_unknown.
func (a *App) Invite(ctx context.Context, in Invitation) (code string, worker casework.WorkerID, err error) {
	const op = "districtapp.Invite"
	c := ledger.Code{Worker: in.Worker, Name: casework.CleanLine(in.Name, 60), Role: in.Role}
	if in.Duties == nil {
		in.Duties = in.Role.Duties()
	}
	if in.For == 0 {
		in.For = hub.CodeLife
	}
	switch {
	case c.Name == "":
		return "", worker, casework.Problem(op, "districtapp.worker_name")
	case !slices.Contains(Roles, in.Role):
		return "", worker, casework.Problem(op, "districtapp.role")
	case len(in.Areas) == 0:
		return "", worker, casework.Problem(op, "districtapp.area_missing")
	case in.For < time.Hour || in.For > longest:
		return "", worker, casework.Problem(op, "districtapp.hours", "Most", int(longest/time.Hour))
	}
	for _, area := range in.Areas {
		if !a.self.Area.Contains(area) {
			return "", worker, casework.Problem(op, "districtapp.area_outside", "Area", string(area))
		}
		c.Scopes = append(c.Scopes, casework.Scope{Area: area, Duties: in.Duties})
	}
	if c.Worker.IsZero() {
		if c.Worker, err = a.known(ctx, c); err != nil {
			return "", worker, err
		}
	}
	drawn, err := hub.Invite(ctx, lasting{a, in.For}, a.o.Rand, a.o.Now, c)
	if err != nil {
		return "", worker, err
	}
	return drawn.String(), c.Worker, a.publishWorkers(ctx)
}

// longest is the longest life of a code.
const longest = 7 * 24 * time.Hour

// Roles are the roles one can be enrolled in.
var Roles = []casework.Role{
	casework.RoleChildDirector, casework.RoleAidCoordinator, casework.RoleElderVisitor, casework.RoleChildSupervisor,
	casework.RoleAidClerk, casework.RoleSocialWorker, casework.RoleProtectionWorker, casework.RoleChildOfficer,
	casework.RoleElderOfficer, casework.RoleAidOfficer, casework.RoleDistrictAdmin,
}

// known finds the worker of that name who does this work here already: she has a new
// laptop, and her visits stay hers.
func (a *App) known(ctx context.Context, c ledger.Code) (casework.WorkerID, error) {
	all, err := a.store.Workers(ctx)
	var found casework.WorkerID
	for _, w := range all {
		here := slices.ContainsFunc(w.Actor.Scopes, func(s casework.Scope) bool {
			return slices.ContainsFunc(c.Scopes, func(o casework.Scope) bool { return s.Area.Contains(o.Area) || o.Area.Contains(s.Area) })
		})
		if w.Name != c.Name || w.Actor.Role != c.Role || !here {
			continue
		}
		if !found.IsZero() {
			return found, casework.Problem("districtapp.known", "districtapp.several_workers")
		}
		found = w.Actor.Worker
	}
	return found, err
}

// lasting keeps codes that are good for a time of the caller's choice.
type lasting struct {
	a   *App
	For time.Duration
}

func (l lasting) Issue(ctx context.Context, c ledger.Code) error {
	c.Until = l.a.o.Now().Add(l.For)
	return l.a.store.Issue(ctx, c)
}
