//go:build unix

package laptop

import (
	"testing"

	"golang.org/x/sys/unix"
)

// A program that is being started has a copy of every open file for a moment: the store
// that was closed is free all the same.
func TestAClosedStoreIsFreeAtOnce(t *testing.T) {
	s := newStore(t, 1)
	copied, err := unix.Dup(int(s.held.Fd()))
	try(t, err)
	defer unix.Close(copied)
	again(t, s)
}
