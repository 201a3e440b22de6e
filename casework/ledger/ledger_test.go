package ledger

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"doorstep/casework"
	"pgregory.net/rapid"
)

func ops(t *testing.T, n int) [][]byte {
	t.Helper()
	random := rand.NewChaCha8([32]byte{7})
	w, _ := casework.NewID(random)
	a := casework.Author{
		Worker: casework.WorkerID{ID: w}, Rand: random,
		Now: func() time.Time { return time.Date(2026, 11, 22, 9, 0, 0, 0, time.FixedZone("", 8*3600)) },
	}
	var out [][]byte
	for range n {
		id, _ := a.NewRecord()
		op, err := a.Create(id, casework.KindPerson, casework.RecordID{}, casework.Values{"name": "买买提·吐尔逊 <&>"})
		if err != nil {
			t.Fatal(err)
		}
		b, err := Encode(op)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, b)
	}
	return out
}

func TestBytesReadBackAreTheSameOperation(t *testing.T) {
	b := ops(t, 1)[0]
	op, err := Decode(b)
	if err != nil {
		t.Fatal(err)
	}
	again, err := Encode(op)
	if err != nil || string(again) != string(b) {
		t.Fatalf("%v\n%s\n%s", err, b, again)
	}
	if !strings.Contains(string(b), "<&>") {
		t.Fatal("text is escaped for HTML, which nobody asked for")
	}
}

func TestNothingInAChainCanBeChangedInsertedOrRemoved(t *testing.T) {
	all := ops(t, 12)
	from := Head{Device: casework.DeviceID{ID: casework.ID{1}}, Epoch: 1}
	want := Upload{From: from, Ops: all}.To()
	if want.Seq != 12 || want.Epoch != 1 {
		t.Fatal(want)
	}
	rapid.Check(t, func(t *rapid.T) {
		other := append([][]byte{}, all...)
		i := rapid.IntRange(0, len(all)-1).Draw(t, "i")
		switch rapid.IntRange(0, 2).Draw(t, "how") {
		case 0:
			b := append([]byte{}, other[i]...)
			b[rapid.IntRange(0, len(b)-1).Draw(t, "byte")] ^= 1
			other[i] = b
		case 1:
			other = append(other[:i], other[i+1:]...)
		case 2:
			other = append(other[:i], append([][]byte{[]byte("{}")}, other[i:]...)...)
		}
		if (Upload{From: from, Ops: other}).To() == want {
			t.Fatal("the head does not tell")
		}
	})
}

func TestAnotherDeviceOrEpochMakesAnotherHead(t *testing.T) {
	all := ops(t, 1)
	base := Head{Device: casework.DeviceID{ID: casework.ID{1}}, Epoch: 1}
	for _, other := range []Head{
		{Device: casework.DeviceID{ID: casework.ID{2}}, Epoch: 1},
		{Device: base.Device, Epoch: 2},
		{Device: base.Device, Epoch: 1, Seq: 1},
		{Device: base.Device, Epoch: 1, Hash: casework.Hash{1}},
	} {
		if (Upload{From: base, Ops: all}).To().Hash == (Upload{From: other, Ops: all}).To().Hash {
			t.Errorf("%+v", other)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"i":"","x":[{"f":"name","v":"a"}]}`))
	f.Add([]byte(`{`))
	f.Fuzz(func(t *testing.T, b []byte) {
		op, err := Decode(b)
		if err != nil {
			return
		}
		if _, err := Encode(op); err != nil && casework.CodeOf(err) == "" {
			t.Fatal(err)
		}
	})
}
