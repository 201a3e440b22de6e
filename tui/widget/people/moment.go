package people

import (
	"time"

	"doorstep/casework"
)

// Moment is when something was: 14:32 of today, 11-22 14:32 of another day.
func Moment(at, now time.Time) string {
	at, now = at.In(casework.Shanghai), now.In(casework.Shanghai)
	if casework.DayOf(at) == casework.DayOf(now) {
		return at.Format("15:04")
	}
	return at.Format("01-02 15:04")
}
