package visit_test

import (
	"testing"
	"time"

	"doorstep/tui/tuitest"
)

func TestResumingIsSaid(t *testing.T) {
	s := newShelf(t, 3)
	s.resumed = tuitest.Start.Add(-time.Hour)
	start(t, s, 80, 24).Shows("接着写：08:00 存的那份，写到第 1 题")
	s.resumed = tuitest.Start.Add(-19 * time.Hour)
	start(t, s, 80, 24).Shows("接着写：11-22 14:00")
}

func TestResumingGoesOnBehindTheLastAnswerNotAtAGapBefore(t *testing.T) {
	s := newShelf(t, 3)
	full(t, s)
	set(t, s, "c2_1", "yes")
	s.resumed = tuitest.Start.Add(-time.Hour)
	start(t, s, 80, 24).Shows("> 当季的衣服被褥")
}
