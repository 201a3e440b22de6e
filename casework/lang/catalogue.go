package lang

import (
	"embed"
	"encoding/json"
	"path"
	"strings"

	"doorstep/casework"
)

//go:embed catalogue/*.json
var files embed.FS

// forms is one sentence: usually the same for every number.
type forms struct{ One, Other string }

// UnmarshalJSON reads "sentence" or {"one": "…", "other": "…"}.
func (f *forms) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		var text string
		err := json.Unmarshal(b, &text)
		*f = forms{One: text, Other: text}
		return err
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

// load reads the files of one language: "zh.json" or "<room>.zh.json". Templates are not
// parsed here, but when they are first said; a test parses them all.
func load(tag string) (map[string]forms, error) {
	names, err := files.ReadDir("catalogue")
	if err != nil {
		return nil, casework.Problem("lang.load", "lang.catalogue", "File", "catalogue").Because(err)
	}
	sentences := make(map[string]forms, 2048)
	for _, n := range names {
		if name := n.Name(); name != tag+".json" && !strings.HasSuffix(name, "."+tag+".json") {
			continue
		}
		b, err := files.ReadFile(path.Join("catalogue", n.Name()))
		if err == nil {
			err = read(sentences, b)
		}
		if err != nil {
			return nil, casework.Problem("lang.load", "lang.catalogue", "File", n.Name()).Because(err)
		}
	}
	return sentences, nil
}

// read adds one file; a key that is there already, or one without a sentence, is an error.
func read(sentences map[string]forms, b []byte) error {
	var file map[string]forms
	if err := json.Unmarshal(b, &file); err != nil {
		return err
	}
	for key, f := range file {
		if _, twice := sentences[key]; twice || f.Other == "" {
			return casework.Problem("lang.read", "lang.key", "Key", key)
		}
		sentences[key] = f
	}
	return nil
}
