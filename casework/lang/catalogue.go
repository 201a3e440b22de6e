package lang

import (
	"embed"
	"encoding/json"
	"path"
	"strings"
	"text/template"

	"doorstep/casework"
)

//go:embed catalogue/*.json
var files embed.FS

// forms is one sentence: usually the same for every number.
type forms struct{ One, Other string }

// UnmarshalJSON reads "sentence" or {"one": "…", "other": "…"}.
func (f *forms) UnmarshalJSON(b []byte) error {
	var text string
	if json.Unmarshal(b, &text) == nil {
		*f = forms{One: text, Other: text}
		return nil
	}
	var v struct{ One, Other string }
	if err := json.Unmarshal(b, &v); err != nil {
		return err
	}
	if v.One == "" {
		v.One = v.Other
	}
	*f = forms(v)
	return nil
}

// load reads every file of the catalogue: "zh.json" or "<room>.zh.json".
func load() (map[string]map[string]forms, error) {
	names, err := files.ReadDir("catalogue")
	if err != nil {
		return nil, casework.Problem("lang.load", "lang.catalogue", "File", "catalogue").Because(err)
	}
	all := map[string]map[string]forms{"zh": {}, "en": {}}
	for _, n := range names {
		b, err := files.ReadFile(path.Join("catalogue", n.Name()))
		if err == nil {
			err = read(all, n.Name(), b)
		}
		if err != nil {
			return nil, casework.Problem("lang.load", "lang.catalogue", "File", n.Name()).Because(err)
		}
	}
	return all, nil
}

// read adds one file; a key that is there already, or a template that does not parse, is
// an error.
func read(all map[string]map[string]forms, name string, b []byte) error {
	parts := strings.Split(strings.TrimSuffix(name, ".json"), ".")
	sentences, ok := all[parts[len(parts)-1]]
	if !ok {
		return casework.Problem("lang.read", "lang.unknown", "Tag", name)
	}
	var file map[string]forms
	if err := json.Unmarshal(b, &file); err != nil {
		return err
	}
	for key, f := range file {
		if _, twice := sentences[key]; twice || f.Other == "" {
			return casework.Problem("lang.read", "lang.key", "Key", key)
		}
		for _, text := range []string{f.One, f.Other} {
			if _, err := template.New(key).Parse(text); err != nil {
				return casework.Problem("lang.read", "lang.key", "Key", key).Because(err)
			}
		}
		sentences[key] = f
	}
	return nil
}
