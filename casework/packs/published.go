package packs

import "doorstep/casework"

// Names under which a district publishes and laptops look. What each body holds is told beside it.
const (
	Tables  = "tables"  // Pack: questionnaires, frequencies, standards, calendar
	Areas   = "areas"   // {area: name}
	Workers = "workers" // {worker id: Colleague}
)

// Colleague is what laptops are told of everybody who works in the district.
type Colleague struct {
	Name   string           `json:"name"`
	Role   casework.Role    `json:"role"`
	Scopes []casework.Scope `json:"scopes"`
}
