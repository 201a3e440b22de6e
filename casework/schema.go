package casework

import (
	"slices"
	"strings"
)

// Kind is what a record is about.
type Kind string

// The kinds of records.
const (
	KindPerson     Kind = "person"
	KindHousehold  Kind = "household"
	KindVisit      Kind = "visit" // fact
	KindTask       Kind = "task"
	KindBenefit    Kind = "benefit"
	KindCare       Kind = "care" // fact: care hours
	KindDevice     Kind = "device"
	KindAttachment Kind = "attachment" // fact
	KindForm       Kind = "form"       // fact: a form beside the visits, about a person or household
	KindCheck      Kind = "check"      // fact: a form about a place
)

// Field names a register: "phones/7F3A…" is one element of the set "phones";
// the name of a group is one register that holds all its members as a JSON object.
type Field string

// Registers that several rooms name.
const (
	FieldArea         Field = "area"          // 12-digit area where the person lives; decides scope
	FieldDuties       Field = "duties"        // ["child","elder","aid"]; decides scope
	FieldStatus       Field = "status"        // "" or null = valid; {"retracted": reason}; exit proposals
	FieldSupersededBy Field = "superseded_by" // id of the fact that corrects this one
)

// Type is the shape of a field's JSON value.
type Type string

// The shapes.
const (
	TypeText     Type = "text"        // string, cleaned, at most Max runes
	TypeName     Type = "name"        // string, a person's name
	TypeResident Type = "resident_id" // {"number": "…"} or {"absent": reason code}
	TypeDay      Type = "day"         // "2026-11-22"
	TypeDate     Type = "date"        // {"day": "2024-02", "lunar": true}: a date known to a year, month or day
	TypeMoment   Type = "moment"      // RFC 3339 with offset
	TypeCode     Type = "code"        // a code of the list Codes
	TypeCodes    Type = "codes"       // a JSON array of codes of the list Codes
	TypeNumber   Type = "number"      // a JSON number
	TypeBool     Type = "bool"        // true or false
	TypeFen      Type = "fen"         // integer fen
	TypePhone    Type = "phone"       // digits as Phone normalises them
	TypeArea     Type = "area"        // 12 digits
	TypeRecord   Type = "record"      // a RecordID
	TypeWorker   Type = "worker"      // a WorkerID
	TypeHash     Type = "hash"        // a Hash
	TypeJSON     Type = "json"        // an object whose shape its kind's documentation gives
)

// FieldSpec is one row of the schema table.
type FieldSpec struct {
	Key         Field       // also the JSON member name inside a group
	Zh, En      string      // labels
	Type        Type        //
	Codes       string      // key of the code list, for TypeCode and TypeCodes
	Aliases     []string    // headings the roster importer knows this field by, beside Zh
	Sensitivity Sensitivity //
	Sees        []Role      // nil = every role whose clearance suffices
	Writes      []Role      // nil = every role that may write the kind
	Group       Field       // the register this field is a member of; "" = a register of its own
	Set         bool        // elements are registers "key/element"
	Late        bool        // of a fact: may be written after the fact is closed
	Max         int         // most runes of a text; 0 = DefaultMax
}

// DefaultMax is the most runes of a text field that names no limit of its own.
const DefaultMax = 200

// MaxValue is the most bytes of one written value, whatever its type.
const MaxValue = 192 << 10

// KindSpec is every field of one kind of record.
type KindSpec struct {
	Kind   Kind
	Zh, En string
	Fact   bool   // written once, closed, corrected only by a new fact
	Owned  bool   // names the person or household it belongs to
	Writes []Role // nil = every role but the administrator
	Fields []FieldSpec
}

// SchemaOf is the table of one kind.
func SchemaOf(k Kind) (KindSpec, bool) {
	s, ok := schema[k]
	return s, ok
}

// Kinds lists the kinds in the order of the schema table.
func Kinds() []Kind {
	return []Kind{
		KindPerson, KindHousehold, KindVisit, KindTask,
		KindBenefit, KindCare, KindDevice, KindAttachment, KindForm, KindCheck,
	}
}

// Find is the row of a field: of a member of a group, of a register, or of a set's element.
func (k KindSpec) Find(f Field) (FieldSpec, bool) {
	base, _, element := strings.Cut(string(f), "/")
	for _, s := range k.Fields {
		if s.Key == Field(base) && s.Set == element {
			return s, true
		}
	}
	return FieldSpec{}, false
}

// Members are the rows of one register: several for a group, else one. Empty means
// that the kind has no such register.
func (k KindSpec) Members(register Field) []FieldSpec {
	var out []FieldSpec
	for _, s := range k.Fields {
		if s.Group == register {
			out = append(out, s)
		}
	}
	if len(out) > 0 {
		return out
	}
	if s, ok := k.Find(register); ok && s.Group == "" {
		return []FieldSpec{s}
	}
	return nil
}

// Register is the register that holds a field: its group, or itself.
func (k KindSpec) Register(f Field) Field {
	if s, ok := k.Find(f); ok && s.Group != "" {
		return s.Group
	}
	return f
}

// Registers lists the register names of the kind, groups once, sets by their bare key.
func (k KindSpec) Registers() []Field {
	var out []Field
	for _, s := range k.Fields {
		f := s.Key
		if s.Group != "" {
			f = s.Group
		}
		if !slices.Contains(out, f) {
			out = append(out, f)
		}
	}
	return out
}

// SensitivityOf is the class of a register: its members share one (a test says so).
func (k KindSpec) SensitivityOf(register Field) Sensitivity {
	var most Sensitivity
	for _, s := range k.Members(register) {
		most = max(most, s.Sensitivity)
	}
	return most
}
