package outbox

import (
	"bytes"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"filippo.io/age"

	"doorstep/casework"
)

var (
	master = bytes.Repeat([]byte{7}, 32)
	owner  = Owner{Store: casework.ID{1}, Device: casework.DeviceID{ID: casework.ID{2}}, Master: master, Keys: []byte(`{"slots":1}`), Epoch: 1}
)

func try(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func mine(h Header) (Key, error) { return h.Unseal(master) }

func each(items ...Item) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		for _, i := range items {
			if !yield(i, nil) {
				return
			}
		}
	}
}

func dice(seed byte) *rand.ChaCha8 { return rand.NewChaCha8([32]byte{seed}) }

func op(n int64) Item {
	return Item{Kind: Op, ID: casework.ID{9, byte(n)}, N: n, Epoch: 1, Seq: uint64(n), Prev: casework.Hash{byte(n)}, Body: []byte(strings.Repeat("买买提·吐尔逊 ", int(n)))}
}

// week is an outbox with a few days' work in it.
func week(t testing.TB, o Owner) (Folder, *Writer) {
	t.Helper()
	f := Folder(filepath.Join(t.TempDir(), "outbox"))
	w := NewWriter(f, dice(1))
	try(t, w.Begin(o, each(Item{Kind: State, Body: []byte("state")}, op(1))))
	try(t, w.Append([]Item{op(2), {Kind: Draft, ID: casework.ID{5}, Body: []byte("{}")}}))
	try(t, w.Append([]Item{{Kind: Change, ID: casework.ID{5}, N: 1, At: time.Unix(1, 5), Body: []byte("一")}}))
	try(t, w.Append([]Item{op(60)}))
	return f, w
}

func TestWhatWasAppendedIsRead(t *testing.T) {
	f, w := week(t, owner)
	w.Close()
	all, err := ReadPath(string(f), mine)
	try(t, err)
	if len(all) != 1 {
		t.Fatalf("%d stores", len(all))
	}
	c := all[0]
	if c.Store != owner.Store || c.Device != owner.Device || string(c.State) != "state" || len(c.Ops) != 3 || c.Damaged+c.Torn+c.Shut != 0 {
		t.Fatalf("%+v", c)
	}
	if last := c.Ops[2]; fmt.Sprintf("%+v", last) != fmt.Sprintf("%+v", op(60)) {
		t.Fatalf("%+v", last)
	}
	if len(c.Drafts) != 1 || c.Open() != 1 || !c.Drafts[0].Changes[0].At.Equal(time.Unix(1, 5)) || string(c.Drafts[0].Changes[0].Body) != "一" {
		t.Fatalf("%+v", c.Drafts)
	}
	if !bytes.Equal(c.Segments[0].Keys, owner.Keys) {
		t.Fatal("no copy of the key file")
	}
}

func TestTheLastWordOnEachThingCounts(t *testing.T) {
	f, w := week(t, owner)
	again := op(2)
	again.Epoch, again.Seq = 2, 1
	try(t, w.Append([]Item{{Kind: State, Body: []byte("newer")}, again}))
	closing := op(61)
	closing.Closes = casework.ID{5}
	try(t, w.Begin(owner, each(closing)))
	try(t, w.Append([]Item{{Kind: Ended, ID: casework.ID{6}, Body: []byte("不在家")}}))
	w.Close()
	all, err := ReadPath(string(f), mine)
	try(t, err)
	c := all[0]
	if len(c.Segments) != 2 || string(c.State) != "newer" || len(c.Ops) != 4 || c.Ops[1].Epoch != 2 || c.Open() != 0 || string(c.Drafts[1].Why) != "不在家" {
		t.Fatalf("%+v", c)
	}
}

func TestTheDistrictOpensWhatIsSealedToIt(t *testing.T) {
	id, err := age.GenerateX25519Identity()
	try(t, err)
	theirs := func(h Header) (Key, error) { return h.UnsealDistrict(id) }
	f, w := week(t, owner)
	all, err := ReadPath(string(f), theirs)
	try(t, err)
	if all[0].Shut != 1 || len(all[0].Ops) != 0 {
		t.Fatal("work from before enrolment was opened by somebody")
	}
	o := owner
	o.Recipient = id.Recipient().String()
	try(t, w.Begin(o, each(op(1), op(2), op(60))))
	w.Close()
	all, err = ReadPath(string(f), theirs)
	try(t, err)
	if c := all[0]; c.Shut != 1 || len(c.Ops) != 3 {
		t.Fatalf("%+v", c)
	}

	// Wiped: the passphrase opens nothing any more, the district still does.
	try(t, Destroy(f, owner.Store))
	for _, s := range must(Names(f)) {
		b, err := f.Read(s)
		try(t, err)
		if bytes.Contains(b, owner.Keys) {
			t.Fatal("a copy of the keys is left")
		}
	}
	if all, err = ReadPath(string(f), mine); err != nil || all[0].Shut != 2 {
		t.Fatal("still opens")
	}
	if all, err = ReadPath(string(f), theirs); err != nil || len(all[0].Ops) != 3 {
		t.Fatalf("%+v %v", all, err)
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// Cut at every byte, it is a torn tail and never damage; every record before it is read.
func TestATornTailIsNotDamage(t *testing.T) {
	f, w := week(t, owner)
	name, size, _ := w.Writing()
	w.Close()
	b, err := f.Read(name)
	try(t, err)
	_, from, err := ReadHeader(b)
	try(t, err)
	whole := map[int]bool{}
	for at := from; at <= size; {
		whole[at] = true
		_, _, n, ok := frame(b[at:])
		if !ok {
			break
		}
		at += n
	}
	items := 0
	for cut := from; cut <= size; cut++ {
		s, err := ReadSegment(b[:cut], mine)
		try(t, err)
		if whole[cut] && cut > from {
			items++
		}
		if s.Damaged != 0 || s.Torn == whole[cut] || len(s.Items) != items {
			t.Fatalf("cut at %d of %d: %d items of %d, torn %v, damaged %d", cut, size, len(s.Items), items, s.Torn, s.Damaged)
		}
		grown, err := ReadSegment(append(bytes.Clone(b[:cut]), make([]byte, 640)...), mine) // the file grew, its bytes never came
		try(t, err)
		if grown.Damaged != 0 || !grown.Torn || len(grown.Items) != items {
			t.Fatalf("cut at %d and grown: %+v", cut, grown)
		}
	}
	for cut := range from {
		if _, err := ReadSegment(b[:cut], mine); !errors.Is(err, ErrNotOutbox) {
			t.Fatalf("cut in the header at %d: %v", cut, err)
		}
	}
}

// A bit flipped anywhere costs the record it stands in and no other, and is told.
func TestAFlippedBitCostsOneRecord(t *testing.T) {
	f, w := week(t, owner)
	name, _, _ := w.Writing()
	w.Close()
	b, err := f.Read(name)
	try(t, err)
	sound, err := ReadSegment(b, mine)
	try(t, err)
	_, from, err := ReadHeader(b)
	try(t, err)
	for at := range b {
		c := bytes.Clone(b)
		c[at] ^= 4
		s, err := ReadSegment(c, mine)
		if at < from {
			if err == nil {
				t.Fatalf("a header with byte %d flipped was believed", at)
			}
			continue
		}
		try(t, err)
		if len(s.Items) != len(sound.Items)-1 || s.Damaged == 0 && !s.Torn {
			t.Fatalf("byte %d: %d items, damaged %d, torn %v", at, len(s.Items), s.Damaged, s.Torn)
		}
	}
}

func TestRecordsCannotBeSwappedOrTakenElsewhere(t *testing.T) {
	f, w := week(t, owner)
	name, _, _ := w.Writing()
	try(t, w.Begin(owner, each(op(3))))
	other, _, _ := w.Writing()
	w.Close()
	a, b := must(f.Read(name)), must(f.Read(other))
	_, from, _ := ReadHeader(a)
	_, _, first, _ := frame(a[from:])
	_, at, _ := ReadHeader(b)
	_, _, size, _ := frame(b[at:])
	foreign := append(bytes.Clone(b[:at]), a[from:from+first]...)
	if s, err := ReadSegment(foreign, mine); err != nil || len(s.Items) != 0 {
		t.Fatalf("another segment's record was believed: %+v %v", s, err)
	}
	twice := append(bytes.Clone(b), b[at:at+size]...)
	if s, err := ReadSegment(twice, mine); err != nil || len(s.Items) != 1 {
		t.Fatalf("a record counted twice: %+v %v", s, err)
	}
}

func TestWritingGoesOnInTheMorning(t *testing.T) {
	f, w := week(t, owner)
	name, size, next := w.Writing()
	w.Close()
	names, heads, err := Of(f, owner.Store)
	try(t, err)
	if len(names) != 1 || names[0] != name {
		t.Fatal(names)
	}
	try(t, w.Continue(heads[0], name, size, next, master))
	try(t, w.Append([]Item{op(61)}))
	w.Close()
	all, err := ReadPath(string(f), mine)
	try(t, err)
	if len(all[0].Ops) != 4 || all[0].Damaged+all[0].Torn != 0 {
		t.Fatalf("%+v", all[0])
	}
	if err := w.Append(nil); err == nil {
		t.Fatal("appended to nothing")
	}
}

func TestNothingThere(t *testing.T) {
	for _, path := range []string{filepath.Join(t.TempDir(), "none"), t.TempDir()} {
		if _, err := ReadPath(path, mine); casework.CodeOf(err) != "outbox.nothing" {
			t.Fatal(err)
		}
	}
	file := filepath.Join(t.TempDir(), "letter")
	try(t, os.WriteFile(file, []byte("亲爱的王主任"), 0o600))
	if _, err := ReadPath(file, mine); casework.CodeOf(err) != "outbox.nothing" {
		t.Fatal(err)
	}
}

func FuzzReadSegment(f *testing.F) {
	dir, w := week(f, owner)
	name, _, _ := w.Writing()
	w.Close()
	good, _ := dir.Read(name)
	f.Add(good, uint16(0))
	f.Add(good[:len(good)-70], uint16(300))
	f.Fuzz(func(t *testing.T, b []byte, at uint16) {
		c := bytes.Clone(good)
		copy(c[min(int(at), len(c)):], b)
		for _, x := range [][]byte{b, c} {
			s, err := ReadSegment(x, mine)
			if err == nil && s.Size > len(x) {
				t.Fatal("read behind the end")
			}
			for _, i := range s.Items {
				if _, err := decode(i.encode()); err != nil {
					t.Fatal(err)
				}
			}
		}
	})
}

// A folder on a stick may hold anything: a file that is no segment costs no memory, and
// what the disk does not give is said in a sentence.
func TestAStickHoldsAnything(t *testing.T) {
	dir, w := week(t, owner)
	w.Close()
	huge := filepath.Join(string(dir), "00000009-ffffffff.outbox")
	good, err := dir.Read(must(Names(dir))[0])
	try(t, err)
	try(t, os.WriteFile(huge, good[:len(good)/2], 0o600))
	try(t, os.Truncate(huge, mostSegment+1))
	all, err := ReadPath(string(dir), mine)
	try(t, err)
	shut := 0
	for _, c := range all {
		shut += c.Shut
	}
	if shut != 1 {
		t.Fatalf("%d of 1 are no segments", shut)
	}
	for _, path := range []string{huge, os.DevNull} {
		if _, err := ReadPath(path, mine); casework.CodeOf(err) != "outbox.nothing" {
			t.Fatalf("%s: %v", path, err)
		}
	}
}
