package districtapp

import (
	"context"
	"crypto/sha256"
	"strings"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/casework/ledger"
	"doorstep/casework/packs"
	"doorstep/cmd/internal/questionnaires"
)

// PublishForm puts a checked questionnaire among the tables, in the place of the one with its
// form id: laptops have it after their next exchange. What it replaces stays readable for
// ever under its hash, for drafts and for what was recorded with it.
// Errors: those of questionnaires.Place and of the register.
func (a *App) PublishForm(ctx context.Context, d *form.Definition) (questionnaires.Placed, error) {
	a.publishing.Lock()
	defer a.publishing.Unlock()
	for again := 0; ; again++ {
		placed, err := a.placeForm(ctx, d)
		if casework.CodeOf(err) != "district.pack_overtaken" || again == mostAgain {
			return placed, err
		}
	}
}

// mostAgain is how often a form is placed anew because somebody else published meanwhile.
const mostAgain = 20

func (a *App) placeForm(ctx context.Context, d *form.Definition) (questionnaires.Placed, error) {
	tables, over, err := a.tablesAs(ctx)
	if err != nil {
		return questionnaires.Placed{}, err
	}
	placed, err := questionnaires.Place(tables, d)
	if err != nil || placed.Same {
		return placed, err
	}
	if err := a.otherVersion(ctx, d); err != nil {
		return questionnaires.Placed{}, err
	}
	for _, kept := range placed.Keep { // before the tables: nothing may name what is not there
		if err := a.publish(ctx, questionnaires.VersionPack(kept), kept.Encode()); err != nil {
			return questionnaires.Placed{}, err
		}
	}
	return placed, a.publishOver(ctx, packs.Tables, over, placed.Tables.Encode())
}

func (a *App) tables(ctx context.Context) (packs.Pack, error) {
	tables, _, err := a.tablesAs(ctx)
	return tables, err
}

// tablesAs are the current tables, and the hash they were published under: zero while the
// district published none.
func (a *App) tablesAs(ctx context.Context) (packs.Pack, casework.Hash, error) {
	ref, found, err := a.current(ctx, packs.Tables)
	if err != nil || !found {
		return packs.Default(), casework.Hash{}, err
	}
	body, err := a.store.Pack(ctx, ref.Hash)
	if err != nil {
		return packs.Pack{}, ref.Hash, err
	}
	tables, err := packs.Load(body)
	return tables, ref.Hash, err
}

// publishOver is publish for a pack made out of the one published under a hash.
func (a *App) publishOver(ctx context.Context, name string, over casework.Hash, body []byte) error {
	for {
		hash := casework.Hash(sha256.Sum256(body))
		_, err := a.store.Pack(ctx, hash)
		if casework.CodeOf(err) == "district.pack_unknown" {
			return a.store.PublishOver(ctx, ledger.PackRef{Name: name, Hash: hash, Size: int64(len(body))}, over, body, a.o.Now())
		}
		if err != nil {
			return err
		}
		body = append(body, '\n') // said before: a pack is kept for ever under its hash
	}
}

// otherVersion refuses a version that was ever published with other questions.
func (a *App) otherVersion(ctx context.Context, d *form.Definition) error {
	all, err := a.store.Packs(ctx)
	if err != nil {
		return err
	}
	mine := questionnaires.VersionPack(d)
	family := mine[:strings.LastIndexByte(mine, '/')+1]
	for _, ref := range all {
		if !strings.HasPrefix(ref.Name, family) || ref.Name == mine {
			continue
		}
		body, err := a.store.Pack(ctx, ref.Hash)
		if err != nil {
			return err
		}
		old, err := form.Load(body)
		if err != nil {
			return err
		}
		if old.FormID == d.FormID && old.Version == d.Version {
			return casework.Problem("districtapp.PublishForm", "questionnaires.version_used",
				"Form", casework.CleanLine(d.FormID, 40), "Version", casework.CleanLine(d.Version, 40))
		}
	}
	return nil
}
