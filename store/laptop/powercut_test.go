package laptop

import (
	"os"
	"strconv"
	"testing"

	"doorstep/store/laptop/crashdisk"
)

// asked is how many images of power cuts `make sim` wants in all; 0 in an ordinary run.
func asked(t *testing.T) int {
	t.Helper()
	want := os.Getenv("LAPTOP_SIM")
	if want == "" {
		return 0
	}
	n, err := strconv.Atoi(want)
	try(t, err)
	return n
}

// fate is how the ith image of a step comes about: nothing that was not flushed is there,
// everything is there, and from then on the seed decides.
func fate(i int) crashdisk.Fate { return min(crashdisk.Fate(i), crashdisk.Torn) }

// score counts what became of images.
type score struct{ images, losses, told, silent, again int }

// powerCuts lets the power fail in every step, perStep times. tell hears of each loss and
// says whether to go on.
func (f filmed) powerCuts(t *testing.T, perStep int, flaw crashdisk.Flaw, tell func(crashdisk.Moment, int, error) bool) (sum score) {
	t.Helper()
	dir, over := ram(t), false
	f.tape.Play(flaw, func(m crashdisk.Moment) {
		for i := range perStep {
			if over {
				return
			}
			if m.N < f.keys[0].step && i != m.N%perStep && asked(t) == 0 {
				continue // before there are keys there is nothing to lose: one image a step will do
			}
			if i < 2 && i != m.N%2 && perStep > 2 && asked(t) == 0 {
				continue // all or nothing: one of them at each step, and a torn one
			}
			seed := uint64(m.N)<<20 | uint64(i)
			image := m.Image(fate(i), seed)
			sum.images++
			if i >= 2 && (i+m.N)%3 == 0 && m.N > f.done[0] {
				if again := f.secondCut(t, dir, image, m.N, seed); again != nil {
					image = again
					sum.again++
				}
			}
			if err := f.judge(f.find(t, dir, image, m.N), m.N); err != nil {
				sum.losses++
				over = !tell(m, i, err)
			}
		}
	})
	return sum
}

// secondCut lets the power fail again while the program opens what the first cut left, or
// closes it.
func (f filmed) secondCut(t *testing.T, dir string, m crashdisk.Image, n int, seed uint64) crashdisk.Image {
	t.Helper()
	empty(t, dir)
	try(t, m.Write(dir))
	key, passphrase := f.keyAt(n)
	try(t, os.WriteFile(dir+"/"+keyFile, key, 0o600))
	d := crashdisk.New(t, m)
	defer d.Eject()
	d.CutAt(1 + int(seed%13))
	o := options(seed)
	onDisk(&o, d)
	s, err := Open(t.Context(), dir, passphrase, o)
	if err == nil {
		_ = s.Close()
	}
	return d.Image(crashdisk.Torn, seed)
}

func TestThePowerFailsInEveryStep(t *testing.T) {
	f := film(t, nil)
	perStep := max(3, asked(t)/f.tape.Len()+1)
	sum := f.powerCuts(t, perStep, nil, func(m crashdisk.Moment, i int, err error) bool {
		t.Errorf("%s, image %d: %v", m, i, err)
		return true
	})
	simulated.cuts, simulated.lost = simulated.cuts+sum.images, simulated.lost+sum.losses
	t.Logf("power cuts: %d images of %d steps, %d after a second cut; %d losses", sum.images, f.tape.Len(), sum.again, sum.losses)
	if sum.images < 600 || sum.again < 60 {
		t.Fatal("that is too few to say anything")
	}
}

// The laboratory finds what was planted.
func TestTheLaboratoryIsNotBlind(t *testing.T) {
	log, database := databaseFile+"-wal", databaseFile
	for _, planted := range []struct {
		name  string
		spoil string
		flaw  crashdisk.Flaw
	}{
		{name: "synchronous=NORMAL", spoil: "PRAGMA synchronous = NORMAL"},
		{name: "synchronous=OFF", spoil: "PRAGMA synchronous = OFF"},
		{name: "the log is never flushed", flaw: func(_ int, file string) bool { return file == log }},
		{name: "the database is not flushed on folding", flaw: func(_ int, file string) bool { return file == database }},
		{name: "one flush in five is missing", flaw: func(n int, _ string) bool { return n%5 == 0 }},
	} {
		t.Run(planted.name, func(t *testing.T) {
			f := film(t, func(s *Store) {
				if planted.spoil != "" {
					_, err := s.db.Exec(planted.spoil)
					try(t, err)
				}
			})
			var found string
			sum := f.powerCuts(t, 2, planted.flaw, func(m crashdisk.Moment, _ int, err error) bool {
				found = m.String()
				return false
			})
			simulated.planted++
			if sum.losses == 0 {
				simulated.notFound++
				t.Fatalf("nothing was lost in %d images", sum.images)
			}
			t.Logf("planted: %s: found by image %d, %s", planted.name, sum.images, found)
		})
	}
}

// A disk that says "flushed" and has not: what it never wrote nobody has, but whatever
// opens is what the worker had at some time, whole, or it is told.
func TestALyingDiskIsNeverBelievedSilently(t *testing.T) {
	f := film(t, nil)
	perStep, every := 1, 4
	if asked(t) > 0 {
		perStep, every = 5, 1
	}
	dir := ram(t)
	var sum score
	for name, flaw := range map[string]crashdisk.Flaw{
		"always":       func(int, string) bool { return true },
		"the database": func(_ int, file string) bool { return file == databaseFile },
		"the log":      func(_ int, file string) bool { return file == databaseFile+"-wal" },
		"now and then": func(n int, _ string) bool { return n*2654435761>>7%3 == 0 },
	} {
		f.tape.Play(flaw, func(m crashdisk.Moment) {
			for i := range perStep {
				key, _ := f.keyAt(m.N)
				if key == nil || m.N%every != 0 {
					continue
				}
				is := f.find(t, dir, m.Image(crashdisk.Torn, uint64(m.N)*31+uint64(i)), m.N)
				sum.images++
				done, _ := f.sure(m.N)
				if name != "always" && name != "now and then" && is.opened { // the outbox was told the truth
					for id := range f.twice(m.N) {
						if !is.ops[id] {
							t.Errorf("%s, lies: %s, image %d: operation %s of the outbox did not come back", m, name, i, id)
						}
						sum.again++
					}
				}
				switch {
				case is.told != nil:
					sum.told++
					if !is.opened {
						sentence(t, is.told)
					}
				case is.err != nil:
					sum.silent++
					t.Errorf("%s, lies: %s, image %d: %v", m, name, i, is.err)
				case is.scene < done && is.looks != f.portraits[max(0, done)]:
					sum.losses++
				}
			}
		})
	}
	simulated.lies, simulated.silent = simulated.lies+sum.images, simulated.silent+sum.silent
	t.Logf("a disk that lies: %d images, %d told, %d older but whole, %d silently wrong; %d operations looked for that the outbox had", sum.images, sum.told, sum.losses, sum.silent, sum.again)
	if sum.told == 0 || sum.losses == 0 || sum.again < 500 {
		t.Fatal("the disk did not lie")
	}
}
