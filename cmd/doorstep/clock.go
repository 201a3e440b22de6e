//go:build !story

package main

import "time"

// clock is the wall clock. Programs built for stories (testdata/script) have one that can
// be set; what is shipped has nothing of the kind.
var clock = time.Now
