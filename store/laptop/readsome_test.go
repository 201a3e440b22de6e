package laptop

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// A folder on a stick may hold anything. Nothing in it is read further than a file of its
// kind is long.
func TestAHugeFileFillsNoMemory(t *testing.T) {
	s := newStore(t, 71)
	who := person(t, s, child("林小溪", zhudao))
	a := must(s.Attach(t.Context(), begun2(t, s, who), photoOf(t, 1)))
	c := must(s.Backup(t.Context(), t.TempDir()))
	photo := filesIn(t, s)[0]
	copied := filepath.Join(c.Folder, keyFile)
	tries := filepath.Join(s.dir, attemptsFile)
	try(t, os.WriteFile(tries, nil, 0o600))
	for _, path := range []string{photo, copied, tries} {
		try(t, os.Truncate(path, 1<<28))
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	wants(t, second(s.OpenAttachment(t.Context(), a.ID)), "laptop.attachment_damaged")
	wants(t, second(Restore(t.Context(), filepath.Join(t.TempDir(), "new"), c.Folder, secret, s.o)), "laptop.no_copy")
	if w := Wait(s.dir, s.o.Now()); w != 0 {
		t.Fatal(w)
	}
	runtime.ReadMemStats(&after)
	if got := after.TotalAlloc - before.TotalAlloc; got > 64<<20 {
		t.Fatalf("%d MB were read", got>>20)
	}
}
