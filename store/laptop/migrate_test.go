package laptop

import (
	"os"
	"path/filepath"
	"testing"

	"doorstep/store/laptop/crashdisk"
)

// A store of the first version is brought up to this one, and the power fails in every step
// of it: the next start finds it as it was or brought up, with everything in it.
func TestThePowerFailsWhileAnOlderStoreIsBroughtUp(t *testing.T) {
	key, err := os.ReadFile(filepath.Join(firstStore, keyFile))
	try(t, err)
	database, err := os.ReadFile(filepath.Join(firstStore, databaseFile))
	try(t, err)
	dir := ram(t)
	lay := func(m crashdisk.Image) {
		empty(t, dir)
		try(t, m.Write(dir))
		try(t, os.WriteFile(filepath.Join(dir, keyFile), key, 0o600))
	}
	old := crashdisk.Image{databaseFile: database}
	lay(old)
	d := crashdisk.New(t, old)
	o := options(2)
	o.vfs = d.VFS()
	s, err := Open(t.Context(), dir, secret, o)
	try(t, err)
	want, err := portrait(t.Context(), s)
	try(t, err)
	try(t, s.Close())

	images, losses := 0, 0
	d.Tape().Play(nil, func(m crashdisk.Moment) {
		for i := range 4 {
			images++
			lay(m.Image(fate(i), uint64(m.N)<<8|uint64(i)))
			s, err := Open(t.Context(), dir, secret, options(uint64(m.N)+3))
			if err != nil {
				losses++
				t.Errorf("%s, image %d: %v", m, i, err)
				continue
			}
			got, err := portrait(t.Context(), s)
			if st := s.Status(); err != nil || got != want || st.Damaged > 0 || st.Rebuilt != nil {
				losses++
				t.Errorf("%s, image %d: %d rows damaged, made anew %v, %v: %s", m, i, st.Damaged, st.Rebuilt, err, difference(got, want))
			}
			try(t, s.Close())
		}
	})
	simulated.cuts, simulated.lost = simulated.cuts+images, simulated.lost+losses
	t.Logf("power cuts: %d images of %d steps while it is brought up; %d losses", images, d.Tape().Len(), losses)
	if images < 60 {
		t.Fatal("that is too few to say anything")
	}
}
