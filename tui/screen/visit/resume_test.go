package visit_test

import (
	"testing"
	"time"

	"doorstep/casework"
	"doorstep/tui/keymap"
	"doorstep/tui/screen/visit"
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

// Nobody has to take a photo: one that was passed over is not waited for.
func TestResumingDoesNotStopAtAPhoto(t *testing.T) {
	s := newShelf(t, 3)
	s.files = true
	full(t, s)
	set(t, s, "c2_4", "none")
	s.resumed = tuitest.Start.Add(-time.Hour)
	start(t, s, 80, 24).Shows("> 家里主要靠什么生活", "房子正面照片")
}

func TestADraftThatHasGoneOverSaysThatTheOldOneIsKept(t *testing.T) {
	s := newShelf(t, 3)
	s.resumed = tuitest.Start.Add(-time.Minute)
	commands := append([]keymap.Command{{ID: "go", Where: "home", Keys: []string{"enter"}, Label: "tui.cmd.open"}}, visit.Commands()...)
	tuitest.Run(t, 80, 24, home{visit.GoneOver(s, doors(false), casework.ID{1})}, commands).Keys("enter").Shows("旧的那份还留着。接着写：")
}
