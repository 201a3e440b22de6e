package tui

import (
	"doorstep/casework/form"
	"doorstep/tui/screen/attach"
	"doorstep/tui/screen/visit"
	"doorstep/tui/stage"
)

// attach is the page where a file is chosen for a question of a visit.
func (d doors) attach(q visit.Asked) stage.Screen {
	return attach.New(d.Book, attach.Question{
		Draft: q.Draft, Path: q.Path, Title: q.Title, Image: q.Type == form.TypeImage, Value: q.Value,
	}, func(id string) any { return visit.Attached{Value: id} })
}

// fileWords says what an answer with a file stands for.
func (d doors) fileWords(id string) string {
	a, _ := d.Attached(id)
	return a.Words
}

// look is the page of a photo or file that is kept.
func (d doors) look(id string) stage.Screen { return attach.NewView(d.Book, id) }
