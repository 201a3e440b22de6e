package book

import (
	"context"
	"time"

	"doorstep/casework"
)

// Attacher is photos and files that go into a case file. They are kept sealed on this laptop and nowhere
// else; only what the record says of them goes to the district.
type Attacher interface {
	// MayAttach says whether a question of a draft takes a file. Error: desk.photo_restricted.
	MayAttach(ctx context.Context, draft casework.ID, question string) error
	// Folder lists a folder of this laptop, the newest first; "" lists the places to start from.
	Folder(ctx context.Context, path string) (Folder, error)
	// Look tells of a file before anything of it is kept, and draws it into at most w columns
	// and h rows when it is a picture.
	Look(ctx context.Context, draft casework.ID, question, file string, w, h int) (Look, error)
	// Attach keeps a copy for a question of a draft, sealed, without what it told beside its
	// content. The answer is the id.
	Attach(ctx context.Context, draft casework.ID, question, file string) (Attached, error)
	// Attached tells of an answer; false when its file is not on this laptop.
	Attached(id string) (Attached, bool)
	// Picture draws an answer into at most w columns and h rows.
	Picture(ctx context.Context, id string, w, h int) (Cells, error)
	// RemoveOriginal deletes the file that Attach took its copy from.
	RemoveOriginal(ctx context.Context, file string) error
}

// Cells is a picture as a terminal draws it: a colour {red, green, blue} for each cell, row by row.
type Cells [][][3]byte

// Folder is what lies in a folder.
type Folder struct {
	Path    string
	Entries []Entry
	More    bool // there is more than is listed
}

// Entry is one line of a folder.
type Entry struct {
	Path   string
	Name   string
	Place  string // of the places to start from: "camera", "usb", "desktop", "pictures", "downloads", "wechat", "home"
	Folder bool
	Kind   string // by its name: "image", "audio", "video", "document", or ""
	Size   int64
	Time   time.Time
}

// Look is what is known of a file before it is kept.
type Look struct {
	Entry
	Telling bool  // something may be left that tells where, when or by whom it was made
	Removed bool  // what a camera wrote beside it goes
	Cells   Cells // nil: not a picture that can be drawn
}

// Attached is a file that is kept.
type Attached struct {
	ID   string
	Kind string // "image", "audio", "video", "document"
	Type string // media type
	Size int64
	Time time.Time // when it was chosen

	Words string // what an answer reads as: 照片 1.2 MB，只在这台电脑里
}
