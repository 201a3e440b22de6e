package laptop

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"doorstep/casework"
	"doorstep/casework/lang"
	"doorstep/store/laptop/crashdisk"
)

// strain runs all scenes after the first and leaves the store open. What fails is tried
// again; when that fails too, the disk is made good and the program started anew. It gives
// the number of failures she was told of.
func (l *laboratory) strain(d *crashdisk.Disk, tell func(error)) (told, hit int, err error) {
	for i := 1; i < len(scenes)-1; i++ {
		for tries := 0; ; tries++ {
			err := l.run(i)
			if err == nil {
				_ = l.carried() // a failure of the outbox is nobody's failure; it is tried again
				break
			}
			told++
			tell(err)
			if tries == 3 {
				return told, hit, fmt.Errorf("%s: never works again: %w", scenes[i].name, err)
			}
			if tries > 0 || l.s == nil {
				hit += d.Heal()
				if err := l.reopen(); err != nil {
					return told, hit, fmt.Errorf("%s: the store does not open again: %w", scenes[i].name, err)
				}
			}
		}
	}
	return told, hit + d.Heal(), nil
}

// strained runs the scenes on a disk with one fault and compares what the worker sees in
// the end with what a power cut at that moment leaves.
func strained(t *testing.T, dir string, f crashdisk.Fault, tell func(error)) (told, hit int, err error) {
	t.Helper()
	empty(t, dir)
	d := crashdisk.New(t, nil)
	defer d.Eject()
	l := newLaboratory(t, d, dir)
	defer func() { _ = l.close() }()
	try(t, l.run(0))
	if f.Step > 0 {
		f.Step += d.Steps()
	} else {
		f.Read += d.Reads()
	}
	d.Fail(f)
	if told, hit, err = l.strain(d, tell); err != nil {
		return told, hit, err
	}
	if l.s.Status().Damaged > 0 { // what came short was not believed; the next start reads it right
		told++
		if err := l.reopen(); err != nil {
			return told, hit, err
		}
	}
	if f.Cut { // a pack that did not open is fetched again
		for i, s := range scenes {
			if s.name == "a pack" {
				try(t, l.run(i))
			}
		}
	}
	seen, err := portrait(t.Context(), l.s)
	if err != nil {
		return told, hit, err
	}
	for name, ops := range l.made {
		for _, op := range ops {
			if e := l.s.journal.byOp[op.ID]; e == nil || e.damaged {
				return told, hit, fmt.Errorf("an operation of %q is lost", name)
			}
		}
	}
	image := d.Image(crashdisk.Torn, uint64(f.Step+f.Read))
	d.Mirror("")
	_ = l.close()
	try(t, image.Write(dir))
	if image[databaseFile+"-wal"] == nil {
		_ = os.Remove(filepath.Join(dir, databaseFile+"-wal"))
	}
	s, err := Open(t.Context(), dir, l.secret, options(5))
	if err != nil {
		return told, hit, fmt.Errorf("after a power cut: %w", err)
	}
	defer s.Close()
	found, err := portrait(t.Context(), s)
	if err == nil {
		err = sound(s)
	}
	if err == nil && found != seen {
		err = fmt.Errorf("she saw something else before the power cut: %s", difference(found, seen))
	}
	return told, hit, err
}

// Whichever call of the disk fails: she is told in a sentence, tries again, and everything
// is there; what she sees is what is on the disk.
func TestEveryCallOfTheDiskFailsOnce(t *testing.T) {
	f := film(t, nil)
	stride := 23
	if asked(t) > 0 {
		stride = 1
	}
	last := f.done[len(scenes)-2] - f.done[0]
	dir := ram(t)
	for _, kind := range []struct {
		name  string
		fault func(n int) crashdisk.Fault
		calls int
	}{
		{"input/output error", func(n int) crashdisk.Fault { return crashdisk.Fault{Step: n} }, last},
		{"a few in a row", func(n int) crashdisk.Fault { return crashdisk.Fault{Step: n, Last: 5} }, last},
		{"disk full for a while", func(n int) crashdisk.Fault { return crashdisk.Fault{Step: n, Full: true, Last: 40} }, last},
		{"cannot read", func(n int) crashdisk.Fault { return crashdisk.Fault{Read: n} }, f.reads},
		{"short read", func(n int) crashdisk.Fault { return crashdisk.Fault{Read: n, Cut: true} }, f.reads},
	} {
		said := map[string]bool{}
		var runs, hits, told int
		for n := 1; n <= kind.calls; n += stride {
			a, b, err := strained(t, dir, kind.fault(n), func(err error) { said[sentence(t, err)] = true })
			runs, told, hits = runs+1, told+a, hits+b
			if err != nil {
				simulated.unhealed++
				t.Errorf("%s, call %d: %v", kind.name, n, err)
			}
		}
		simulated.faults += hits
		t.Logf("faults: %s: %d runs, %d calls failed, told %d times in %d sentences", kind.name, runs, hits, told, len(said))
		if hits == 0 || told == 0 {
			t.Errorf("%s: nothing happened", kind.name)
		}
	}
}

var speakers = map[string]*lang.Speaker{}

// sentence is what people are told of an error; it fails when there are no words for it.
func sentence(t *testing.T, err error) string {
	t.Helper()
	var said []string
	for _, language := range []string{"zh", "en"} {
		if speakers[language] == nil {
			sp, e := lang.New(language)
			try(t, e)
			speakers[language] = sp
		}
		words := speakers[language].Error(err)
		if code := string(casework.CodeOf(err)); code == "" || words == "" || strings.Contains(words, code) {
			t.Errorf("no sentence in %s for %v", language, err)
		}
		said = append(said, words)
	}
	return strings.Join(said, " ")
}
