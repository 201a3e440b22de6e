package districtapp

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"maps"

	"doorstep/casework"
	"doorstep/casework/ledger"
	"doorstep/casework/packs"
)

// publish makes a pack the current one of its name. A pack is kept for ever under the
// hash of its bytes and cannot be published twice: one that says again what an older one
// said gets another line end.
func (a *App) publish(ctx context.Context, name string, body []byte) error {
	for {
		hash := casework.Hash(sha256.Sum256(body))
		current, found, err := a.current(ctx, name)
		if err != nil || found && current.Hash == hash {
			return err
		}
		_, err = a.store.Pack(ctx, hash)
		if casework.CodeOf(err) == "district.pack_unknown" {
			return a.store.Publish(ctx, ledger.PackRef{Name: name, Hash: hash, Size: int64(len(body))}, body, a.o.Now())
		}
		if err != nil {
			return err
		}
		body = append(body, '\n')
	}
}

func (a *App) current(ctx context.Context, name string) (ref ledger.PackRef, found bool, err error) {
	all, err := a.store.Packs(ctx)
	for _, r := range all {
		if r.Name == name {
			ref, found = r, true
		}
	}
	return ref, found, err
}

// Areas are the names of the county, its townships and villages.
func (a *App) Areas(ctx context.Context) (map[casework.Area]string, error) {
	out := map[casework.Area]string{}
	ref, found, err := a.current(ctx, packs.Areas)
	if err != nil || !found {
		return out, err
	}
	body, err := a.store.Pack(ctx, ref.Hash)
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(body, &out); err != nil {
		return nil, casework.Problem("districtapp.Areas", "districtapp.pack", "Name", packs.Areas).Because(err)
	}
	return out, nil
}

// NameAreas names areas of the county, or names them anew; the others keep their names.
// Errors: districtapp.area_outside, districtapp.area_name.
func (a *App) NameAreas(ctx context.Context, names map[casework.Area]string) error {
	a.publishing.Lock()
	defer a.publishing.Unlock()
	all, err := a.Areas(ctx)
	if err != nil {
		return err
	}
	for area, name := range names {
		if !a.self.Area.Contains(area) {
			return casework.Problem("districtapp.NameAreas", "districtapp.area_outside", "Area", string(area))
		}
		if names[area] = casework.CleanLine(name, 60); names[area] == "" {
			return casework.Problem("districtapp.NameAreas", "districtapp.area_name", "Area", string(area))
		}
	}
	maps.Copy(all, names)
	body, err := json.Marshal(all)
	if err != nil {
		return casework.Problem("districtapp.NameAreas", "districtapp.pack", "Name", packs.Areas).Because(err)
	}
	return a.publish(ctx, packs.Areas, body)
}

// publishWorkers tells the laptops what everybody is called who ever worked here.
func (a *App) publishWorkers(ctx context.Context) error {
	a.publishing.Lock()
	defer a.publishing.Unlock()
	all, err := a.store.Workers(ctx)
	if err != nil {
		return err
	}
	known := make(map[casework.WorkerID]packs.Colleague, len(all))
	for _, w := range all {
		known[w.Actor.Worker] = packs.Colleague{Name: w.Name, Role: w.Actor.Role, Scopes: w.Actor.Scopes}
	}
	body, err := json.Marshal(known)
	if err != nil {
		return casework.Problem("districtapp.publishWorkers", "districtapp.pack", "Name", packs.Workers).Because(err)
	}
	return a.publish(ctx, packs.Workers, body)
}
