package laptop

import (
	"fmt"
	"os"
)

// simulated is what the laboratory did in this run, for the last line of `make sim`.
var simulated struct {
	cuts, lost        int // images of power cuts; acknowledged saves that were not there afterwards, or stores that did not open
	lies, silent      int // images of a lying disk; what was wrong in them and not told
	faults, unhealed  int // calls of the disk that failed; runs that did not come right again
	planted, notFound int // faults planted in the store itself
}

// closing prints the sums when the laboratory ran at length.
func closing() {
	s := simulated
	if os.Getenv("LAPTOP_SIM") == "" || s.cuts+s.lies+s.faults+s.planted == 0 {
		return
	}
	fmt.Printf("sim: %d images tried (%d power cuts, %d of a lying disk), %d faults injected; losses %d, wrong and not told %d, not healed %d; planted faults found %d of %d\n",
		s.cuts+s.lies, s.cuts, s.lies, s.faults, s.lost, s.silent, s.unhealed, s.planted-s.notFound, s.planted)
}
