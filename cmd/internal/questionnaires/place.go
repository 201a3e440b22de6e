package questionnaires

import (
	"bytes"
	"encoding/json"
	"maps"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/casework/packs"
)

// VersionPack is the name of the pack that keeps one version of a questionnaire for ever. Its
// body is the compiled questionnaire, so the pack's hash is the questionnaire's own: a record
// or draft names its questions by that hash alone.
func VersionPack(d *form.Definition) string { return "form/" + d.FormID + "/" + d.Hash()[:16] }

// Placed is what publishing changes.
type Placed struct {
	Tables packs.Pack         // with the new questionnaire in it
	Keep   []*form.Definition // versions to be kept for ever: those that were current, and the new one
	Before *form.Definition   // the version it replaces; nil for a new form id
	Same   bool               // nothing changes: this version is current already
}

// Place puts a questionnaire among the district's tables, in the place of the one with its
// form id. Errors: questionnaires.version_used (the id and version are current with other
// questions), questionnaires.too_many, questionnaires.too_big, and those
// of the tables.
func Place(tables packs.Pack, d *form.Definition) (Placed, error) {
	const op = "questionnaires.Place"
	out := Placed{Tables: tables}
	body := bytes.TrimSpace(d.Encode())
	forms := maps.Clone(tables.Forms)
	if forms == nil {
		forms = map[string]json.RawMessage{}
	}
	for id := range forms {
		now, err := tables.Form(id)
		if err != nil {
			return Placed{}, err
		}
		out.Keep = append(out.Keep, now)
		if id != d.FormID {
			continue
		}
		out.Before = now
		switch {
		case now.Hash() == d.Hash():
			out.Same = true
			return out, nil
		case now.Version == d.Version:
			return Placed{}, casework.Problem(op, "questionnaires.version_used", "Form", casework.CleanLine(d.FormID, 40), "Version", casework.CleanLine(d.Version, 40))
		}
	}
	if forms[d.FormID] == nil && len(forms) >= mostForms {
		return Placed{}, casework.Problem(op, "questionnaires.too_many", "Max", mostForms)
	}
	forms[d.FormID] = body
	out.Tables.Forms = forms
	if size := len(out.Tables.Encode()); size > mostBytes {
		return Placed{}, casework.Problem(op, "questionnaires.too_big", "MB", mostBytes>>20)
	}
	out.Keep = append(out.Keep, d)
	return out, nil
}

// Limits of what every laptop has to carry.
const (
	mostForms = 50
	mostBytes = 16 << 20
)
