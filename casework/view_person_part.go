package casework

import "encoding/json"

// Contact is someone to reach about a person.
type Contact struct {
	Name     string
	Relation string // code of "relation", to the person
	Phone    string
}

// Parent is a child's father or mother.
type Parent struct {
	Name  string
	State string // code of "parent_state"; "" = nothing is known
	Place string
	Since Date
	Phone string
}

// Schooling is where a child learns.
type Schooling struct {
	School   string `json:"school"`
	Stage    string `json:"education_stage"` // code of "education_stage"
	Class    string `json:"grade_class"`
	Boarding bool   `json:"boarding"`
}

// Health is a person's state of health.
type Health struct {
	State     string   `json:"health_state"` // code of "health"
	Illness   string   `json:"illness"`
	Chronic   []string `json:"chronic"` // codes of "chronic_illness"
	Medicines string   `json:"medicines"`
}

// Disability is what the disability card says; it is not an ability level.
type Disability struct {
	Kind  string `json:"disability_kind"`  // code of "disability_kind"
	Grade string `json:"disability_grade"` // "1" (worst) to "4"
}

// Ability is an assessment of an elder's ability.
type Ability struct {
	Level string `json:"ability_level"` // code of "ability_level": "0" (intact) to "4"
	Scale string `json:"ability_scale"` // code of "ability_scale"; levels of two scales never compare
	On    Day    `json:"ability_on"`
}

// Standing is the grade a supervisor confirmed.
type Standing struct {
	Grade int // 1 (worst) to 4; 0 = none confirmed
	By    string
	On    Day
}

// Appointment is a time agreed with the family.
type Appointment struct {
	On   Day    `json:"on"`
	At   string `json:"at"` // "14:00"
	Note string `json:"note"`
}

// Exit is that someone left the register, or is proposed to.
type Exit struct {
	Reason    string `json:"reason"` // code of "exit_reason"
	On        Day    `json:"on"`
	Confirmed bool   `json:"confirmed"`
}

// Away is a stay that stops home visits while it lasts.
type Away struct {
	Reason string `json:"reason"` // "hospital" or "institution"
	Since  Day    `json:"since"`
}

func contactOf(r Record, g string) Contact {
	v := held(r, Field(g))
	if isNull(v) {
		return Contact{}
	}
	m := read[map[string]json.RawMessage](v)
	return Contact{Name: text(m[g+"_name"]), Relation: text(m[g+"_relation"]), Phone: text(m[g+"_phone"])}
}

func parentOf(r Record, g string) Parent {
	v := held(r, Field(g))
	if isNull(v) {
		return Parent{}
	}
	m := read[map[string]json.RawMessage](v)
	return Parent{
		Name: text(m[g+"_name"]), State: text(m[g+"_state"]), Place: text(m[g+"_place"]),
		Since: read[Date](m[g+"_since"]), Phone: text(m[g+"_phone"]),
	}
}
