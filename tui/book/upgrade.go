package book

import (
	"context"

	"doorstep/casework"
)

// Newer is what the screens ask about a draft whose questionnaire has a newer version.
type Newer interface {
	// Upgrade says what would become of a draft with the newer version. Nothing is changed.
	// Errors: desk.no_draft, desk.no_newer.
	Upgrade(ctx context.Context, draft casework.ID) (Upgrade, error)
	// TakeUpgrade begins a draft of the newer version with everything that goes over. The old
	// draft stays as it is, listed as the old one, until the new one is finished.
	TakeUpgrade(ctx context.Context, draft casework.ID) (casework.ID, error)
}

// Upgrade is the dry run.
type Upgrade struct {
	Name     string // whom the visit is to
	Title    string // of the questionnaire
	From, To string // versions, as the bureau numbers them
	Kept     []UpgradeLine
	Dropped  []UpgradeLine
	Asked    []UpgradeLine
}

// UpgradeLine is one question of a dry run.
type UpgradeLine struct {
	Label  string
	Answer string   // in words; "" for what is to be answered anew
	Secret bool     // the answer is not to be read over her shoulder
	Must   bool     // of what is to be answered anew
	Notes  []Phrase // why it is lost, or what to look at again
}
