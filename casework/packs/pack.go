package packs

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"

	"doorstep/casework"
	"doorstep/casework/form"
)

//go:embed *-visit.json tables/*.json forms/*.json
var embedded embed.FS

// Pack is everything a district decides and laptops only read, in one version. It is named by
// the SHA-256 of its canonical bytes and never changed, only replaced.
type Pack struct {
	Version     string                     `json:"version"`
	Frequencies []Frequency                `json:"frequencies"`
	Bands       []Band                     `json:"bands"`
	Standards   []Standard                 `json:"standards"`
	Calendar    []Year                     `json:"calendar"`
	Terms       []Term                     `json:"terms"`
	Forms       map[string]json.RawMessage `json:"forms"` // compiled questionnaires, by form id

	read map[*byte]*form.Definition // Forms as Load read them, by where their bytes lie
}

// The form ids of the questionnaires of Default.
const (
	ChildVisit = "child-visit"
	ElderVisit = "elder-visit"
)

// MaxBytes is the largest pack Load reads.
const MaxBytes = 32 << 20

var start = sync.OnceValue(func() Pack {
	p := Pack{Version: "2026.11.1", Forms: map[string]json.RawMessage{}}
	for file, into := range map[string]any{
		"frequency": &p.Frequencies, "grades": &p.Bands, "standards": &p.Standards, "calendar": &p.Calendar, "terms": &p.Terms,
	} {
		raw, err := embedded.ReadFile("tables/" + file + ".json")
		if err == nil {
			err = strict(raw, into)
		}
		if err != nil {
			panic("packs.Default: tables/" + file + ".json: " + err.Error()) // embedded at build time; a test reads it
		}
	}
	for _, name := range []string{ChildVisit, ElderVisit} {
		raw, err := embedded.ReadFile(name + ".json")
		if err != nil {
			panic("packs.Default: " + err.Error())
		}
		p.Forms[name] = bytes.TrimSpace(raw)
	}
	return p
})

// Default is what a new district starts with. The caller owns the copy.
func Default() Pack {
	p := start()
	p.Frequencies = slices.Clone(p.Frequencies)
	p.Bands, p.Standards, p.Calendar, p.Terms = slices.Clone(p.Bands), slices.Clone(p.Standards), slices.Clone(p.Calendar), slices.Clone(p.Terms)
	p.Forms = maps.Clone(p.Forms)
	return p
}

func strict(raw []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return err
	}
	if _, err := d.Token(); err != io.EOF {
		return io.ErrUnexpectedEOF
	}
	return nil
}

// Load reads a pack from its canonical bytes. Errors: packs.too_big, packs.unreadable (not a
// pack, or made by a newer program), and form.Load's for a questionnaire inside.
func Load(raw []byte) (Pack, error) {
	const op = "packs.Load"
	if len(raw) > MaxBytes {
		return Pack{}, casework.Problem(op, "packs.too_big", "MB", MaxBytes>>20)
	}
	var p Pack
	if err := strict(raw, &p); err != nil {
		return Pack{}, casework.Problem(op, "packs.unreadable").Because(err)
	}
	read := make(map[*byte]*form.Definition, len(p.Forms))
	for name := range p.Forms {
		def, err := p.Form(name)
		if err != nil {
			return Pack{}, err
		}
		read[&p.Forms[name][0]] = def
	}
	p.read = read
	return p, nil
}

// Encode gives the canonical bytes.
func (p Pack) Encode() []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(p); err != nil {
		panic("packs.Pack.Encode: " + err.Error()) // rows of strings and numbers always encode
	}
	return b.Bytes()
}

// Hash is the pack's name: SHA-256 of Encode, 64 hexadecimal digits.
func (p Pack) Hash() string {
	sum := sha256.Sum256(p.Encode())
	return hex.EncodeToString(sum[:])
}

// Form is a questionnaire by its form id. Error: packs.no_form.
func (p Pack) Form(id string) (*form.Definition, error) {
	raw, ok := p.Forms[id]
	if !ok {
		return nil, casework.Problem("packs.Form", "packs.no_form", "Form", id)
	}
	if len(raw) > 0 && p.read[&raw[0]] != nil {
		return p.read[&raw[0]], nil
	}
	return form.Load(raw)
}

// FormFor is the form id for a duty: children or elders. Other duties have no questionnaire yet.
func FormFor(d casework.Duty) (id string, ok bool) {
	switch d {
	case casework.DutyChild:
		return ChildVisit, true
	case casework.DutyElder:
		return ElderVisit, true
	}
	return "", false
}

// Term is a term in force on a day, in its own unit; 0 when the pack has none of that name.
func (p Pack) Term(name string, on casework.Day) int {
	for _, t := range slices.Backward(p.Terms) {
		if t.Name == name && t.InForce(on) {
			return t.Amount
		}
	}
	return 0
}

// Price is the amount of a scheme in an area on a day; ok is false when no row holds. The row
// for the smallest area wins, and of those the newest.
func (p Pack) Price(area casework.Area, scheme, subtype string, on casework.Day) (row Standard, ok bool) {
	for _, s := range p.Standards {
		if s.Scheme != scheme || s.Subtype != subtype || !strings.HasPrefix(string(area), s.Region) || !s.InForce(on) {
			continue
		}
		if !ok || len(s.Region) > len(row.Region) || len(s.Region) == len(row.Region) && s.EffectiveFrom >= row.EffectiveFrom {
			row, ok = s, true
		}
	}
	return row, ok
}

// Works says whether a day is a working day. known is false for a year without a calendar:
// Monday to Friday is then assumed, and the screen must say so.
func (p Pack) Works(d casework.Day) (works, known bool) {
	year, _, _ := d.Date()
	for _, y := range p.Calendar {
		if y.Year == year {
			return y.Works(d), true
		}
	}
	wd := d.Weekday()
	return wd != 0 && wd != 6, false
}

// FrequenciesFor are the rows that hold for a subject and grade in an area on a day, layers
// included: the caller knows which layers the person belongs to.
func (p Pack) FrequenciesFor(subject string, grade int, area casework.Area, on casework.Day) []Frequency {
	var out []Frequency
	for _, f := range p.Frequencies {
		if f.On && f.Subject == subject && (f.Grade == 0 || f.Grade == grade) && f.InForce(on) && strings.HasPrefix(string(area), f.Region) {
			out = append(out, f)
		}
	}
	return out
}
