package casework

// Household is what the members of one home share. Its members are the persons whose
// register names it.
type Household struct {
	ID        RecordID
	Head      RecordID
	HeadName  string
	Area      Area
	Grid      string
	Address   string
	Caution   string
	Size      int
	Hazards   []string // codes of "house_hazard"
	HouseType string   // code of "house_type"
	Heating   string   // code of "heating"
	CheckedOn Day
	Retracted bool
	Conflicts []Field
}

// HouseholdOf reads a household's record.
func HouseholdOf(r Record) Household {
	h := Household{
		ID:        r.ID,
		Head:      RecordID{idOf(held(r, "head"))},
		HeadName:  text(held(r, "head_name")),
		Area:      Area(text(held(r, FieldArea))),
		Grid:      text(held(r, "grid")),
		Address:   text(held(r, "address")),
		Caution:   text(held(r, "caution")),
		Size:      int(read[float64](held(r, "size"))),
		Conflicts: r.Conflicts(),
	}
	house := read[struct {
		Type    string   `json:"house_type"`
		Hazards []string `json:"house_hazards"`
		Heating string   `json:"house_heating"`
		On      Day      `json:"house_checked_on"`
	}](held(r, "house"))
	h.HouseType, h.Hazards, h.Heating, h.CheckedOn = house.Type, house.Hazards, house.Heating, house.On
	_, h.Retracted = r.Retracted()
	return h
}
