package casework

import "time"

// Clock tells the wall-clock time. It is shown to people and never orders anything.
type Clock func() time.Time
