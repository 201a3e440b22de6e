//go:build story

package main

import (
	"os"
	"time"
)

// clock is the wall clock, put forward or back by $STORY_CLOCK: "360h".
func clock() time.Time {
	ahead, err := time.ParseDuration(os.Getenv("STORY_CLOCK"))
	if err != nil {
		ahead = 0
	}
	return time.Now().Add(ahead)
}
