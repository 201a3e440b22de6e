package districtapp

import (
	"context"
	"strings"

	"doorstep/casework"
	"doorstep/casework/form"
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
	tables, err := a.tables(ctx)
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
	return placed, a.publish(ctx, packs.Tables, placed.Tables.Encode())
}

func (a *App) tables(ctx context.Context) (packs.Pack, error) {
	ref, found, err := a.current(ctx, packs.Tables)
	if err != nil || !found {
		return packs.Default(), err
	}
	body, err := a.store.Pack(ctx, ref.Hash)
	if err != nil {
		return packs.Pack{}, err
	}
	return packs.Load(body)
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
