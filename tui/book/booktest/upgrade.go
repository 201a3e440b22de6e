package booktest

import (
	"context"

	"doorstep/casework"
	"doorstep/tui/book"
)

// Upgrade implements book.Newer: an answer that stays, a secret one, one whose choice is
// gone, and two questions to answer anew.
func (s *Shelf) Upgrade(_ context.Context, draft casework.ID) (book.Upgrade, error) {
	u := book.Upgrade{
		Name: "林小溪", Title: "孩子走访", From: "2026.1", To: "2026.2",
		Kept: []book.UpgradeLine{
			{Label: "怎么走访的？", Answer: "上门"},
			{Label: "孩子现在跟谁住？", Answer: "爷爷奶奶", Notes: []book.Phrase{{Key: "upgrade.reworded"}}},
			{Label: "孩子身上看得见的地方有伤吗？", Answer: "新伤", Secret: true},
		},
		Dropped: []book.UpgradeLine{{Label: "家里主要靠什么生活？", Answer: "打零工", Notes: []book.Phrase{{Key: "form.lost.choice"}}}},
		Asked:   []book.UpgradeLine{{Label: "住校吗？", Must: true}, {Label: "孩子有没有信得过的人？"}},
	}
	for _, d := range s.Begun {
		if d.ID == draft {
			u.Name = d.Name
		}
	}
	return u, s.Err
}

// TakeUpgrade implements book.Newer.
func (s *Shelf) TakeUpgrade(_ context.Context, draft casework.ID) (casework.ID, error) {
	if s.Err != nil {
		return casework.ID{}, s.Err
	}
	next := casework.ID{59}
	for i, d := range s.Begun {
		if d.ID == draft {
			s.Begun[i].Old = true
			d.ID, d.Outdate = next, false
			s.Begun = append([]book.Draft{d}, s.Begun...)
			break
		}
	}
	return next, nil
}
