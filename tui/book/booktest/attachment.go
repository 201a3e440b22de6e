package booktest

import (
	"context"
	"path/filepath"
	"strings"

	"doorstep/casework"
	"doorstep/tui/book"
)

// MayAttach implements book.Attacher.
func (s *Shelf) MayAttach(context.Context, casework.ID, string) error { return s.NoPhotos }

// Folder implements book.Attacher: s.Folders by their paths.
func (s *Shelf) Folder(_ context.Context, path string) (book.Folder, error) {
	return book.Folder{Path: path, Entries: s.Folders[path]}, s.Err
}

// Look implements book.Attacher.
func (s *Shelf) Look(_ context.Context, _ casework.ID, _, file string, w, h int) (book.Look, error) {
	l := book.Look{Entry: book.Entry{Path: file, Name: filepath.Base(file), Kind: "image", Size: 2_202_009, Time: s.Clock()}, Removed: true}
	if strings.HasSuffix(file, ".pdf") {
		l.Kind, l.Removed, l.Telling = "document", false, true
		return l, s.Err
	}
	l.Cells = Slope(w, h)
	return l, s.Err
}

// Slope is a picture that gets lighter from the left to the right.
func Slope(w, h int) book.Cells {
	out := make(book.Cells, h)
	for y := range out {
		for x := range w {
			out[y] = append(out[y], [3]byte{byte(255 * x / w), 90, byte(255 * y / h)})
		}
	}
	return out
}

// Attach implements book.Attacher.
func (s *Shelf) Attach(_ context.Context, _ casework.ID, _, file string) (book.Attached, error) {
	if s.Err == nil {
		s.Chosen = append(s.Chosen, file)
	}
	return book.Attached{ID: "7F3A", Kind: "image", Size: 2_202_009, Time: s.Clock(), Words: "照片 2.1 MB，只在这台电脑里"}, s.Err
}

// Attached implements book.Attacher.
func (s *Shelf) Attached(id string) (book.Attached, bool) {
	return book.Attached{ID: id, Kind: "image", Size: 2_202_009, Time: s.Clock(), Words: "照片 2.1 MB，只在这台电脑里"}, id != ""
}

// Picture implements book.Attacher.
func (s *Shelf) Picture(_ context.Context, _ string, w, h int) (book.Cells, error) {
	return Slope(w, h), s.Err
}

// RemoveOriginal implements book.Attacher.
func (s *Shelf) RemoveOriginal(_ context.Context, file string) error {
	s.Chosen = append(s.Chosen, "removed "+file)
	return s.Err
}
