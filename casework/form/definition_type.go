package form

// Type is what a question holds, under XLSForm's names. Aliases of the dialect ("int",
// "select one", "picture") are resolved by the reader.
type Type string

// Types of questions (forms.md §3).
const (
	TypeText           Type = "text"
	TypeInteger        Type = "integer"
	TypeDecimal        Type = "decimal"
	TypeDate           Type = "date"     // 2026-11-22
	TypeTime           Type = "time"     // 14:30:00.000+08:00
	TypeDateTime       Type = "dateTime" // 2026-11-22T14:30:00.000+08:00
	TypeSelectOne      Type = "select_one"
	TypeSelectMultiple Type = "select_multiple" // names separated by one space
	TypeRank           Type = "rank"            // names in order, separated by one space
	TypeNote           Type = "note"
	TypeCalculate      Type = "calculate"
	TypeHidden         Type = "hidden" // filled from outside by its name (p_age …) or by Default
	TypeAcknowledge    Type = "acknowledge"
	TypeRange          Type = "range" // number between parameters start and end, by step

	TypeStart    Type = "start"
	TypeEnd      Type = "end"
	TypeToday    Type = "today"
	TypeDeviceID Type = "deviceid"
	TypeUsername Type = "username"

	// Stand-ins: accepted as they are in ODK, entered at a keyboard.
	TypeGeopoint Type = "geopoint" // "lat lon [alt [accuracy]]", typed
	TypeBarcode  Type = "barcode"  // typed
	TypeImage    Type = "image"    // a file chosen by hand; so are the next three
	TypeAudio    Type = "audio"
	TypeVideo    Type = "video"
	TypeFile     Type = "file"
)

// Types lists every Type there is, in the order of the manual.
var Types = []Type{
	TypeText, TypeInteger, TypeDecimal, TypeDate, TypeTime, TypeDateTime, TypeSelectOne, TypeSelectMultiple, TypeRank,
	TypeNote, TypeCalculate, TypeHidden, TypeAcknowledge, TypeRange, TypeStart, TypeEnd, TypeToday, TypeDeviceID,
	TypeUsername, TypeGeopoint, TypeBarcode, TypeImage, TypeAudio, TypeVideo, TypeFile,
}

// Selects says whether answers come from a choice list.
func (t Type) Selects() bool {
	return t == TypeSelectOne || t == TypeSelectMultiple || t == TypeRank
}

// Attaches says whether the answer is a file kept in the case file.
func (t Type) Attaches() bool {
	return t == TypeImage || t == TypeAudio || t == TypeVideo || t == TypeFile
}

// Shown says whether a person at the keyboard ever sees a question of this type.
func (t Type) Shown() bool {
	switch t {
	case TypeCalculate, TypeHidden, TypeStart, TypeEnd, TypeToday, TypeDeviceID, TypeUsername:
		return false
	}
	return true
}

// Preloads says whether the engine fills the answer by itself from the visit's start, end,
// day, device or worker.
func (t Type) Preloads() bool {
	switch t {
	case TypeStart, TypeEnd, TypeToday, TypeDeviceID, TypeUsername:
		return true
	}
	return false
}
