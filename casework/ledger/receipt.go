package ledger

import (
	"time"

	"doorstep/casework"
)

// Receipt is the district's word on one operation. It never changes: the same operation
// sent again gets the same receipt. (A quarantined one that a person lets in later gets a
// further receipt with a higher Seq.)
type Receipt struct {
	Op     casework.OpID    `json:"i"`
	Epoch  uint32           `json:"e"`
	DevSeq uint64           `json:"n"` // Link.Seq
	Seq    uint64           `json:"q"` // place in the district's log
	At     time.Time        `json:"t"` // the district's clock
	Out    casework.Outcome `json:"o"`
}

// Put is a record as it now stands, as far as the asking laptop may see it.
type Put struct {
	Record casework.Record `json:"r"`
	Seq    uint64          `json:"q"`           // log number of the last operation in it
	Heard  []casework.OpID `json:"h,omitempty"` // the asking laptop's own operations in it above its cursor: a replay skips them
}

// Leave says that a record is no longer in the laptop's care.
type Leave struct {
	Record   casework.RecordID `json:"r"`
	Kind     casework.Kind     `json:"k"`
	Reason   string            `json:"y"`           // a key of casework/lang: "leave.<reason>": moved, duty, scope, erased
	Receiver string            `json:"w,omitempty"` // the area that now has the person in its care
	Seq      uint64            `json:"q"`
}

// Cursors say how far a laptop has heard the district's log, for each area prefix × duty
// of its scope: the key is CursorKey.
type Cursors map[string]uint64

// CursorKey names one line of a scope: the significant digits of the area, "|", the duty.
func CursorKey(area casework.Area, duty casework.Duty) string {
	return area.Prefix() + "|" + string(duty)
}

// News is one page of what changed in a laptop's scope. It is applied with its cursors
// in one transaction; More says that another page is ready.
type News struct {
	Puts    []Put   `json:"p,omitempty"`
	Leaves  []Leave `json:"l,omitempty"`
	Cursors Cursors `json:"c"` // the laptop's cursors after this page
	More    bool    `json:"m,omitempty"`
}
