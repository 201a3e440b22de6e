package wire_test

import (
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"math/rand/v2"
	"testing"
	"time"

	"pgregory.net/rapid"

	"doorstep/casework"
	"doorstep/casework/ledger"
	"doorstep/sync/reference"
	"doorstep/sync/wire"
)

var home = wire.Home{District: casework.ID{7}, Incarnation: 1}

// laptop is one whose key, ids and clock follow from a seed.
func laptop(seed byte) *reference.Laptop {
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.FixedZone("CST", 8*3600))
	return reference.NewLaptop(rand.NewChaCha8([32]byte{seed}), func() time.Time { now = now.Add(time.Minute); return now })
}

func upload(t testing.TB, l *reference.Laptop, visits int) ledger.Upload {
	t.Helper()
	dice := rand.New(rand.NewPCG(3, 4))
	p, err := reference.Person(l.Author(), "𠮷田·买买提")
	if err != nil {
		t.Fatal(err)
	}
	l.Save(p)
	for range visits {
		op, err := reference.Visit(l.Author(), p.Record, dice.IntN)
		if err != nil {
			t.Fatal(err)
		}
		l.Save(op)
	}
	up, err := l.Unsent(t.Context(), wire.MaxOps, 1<<22)
	if err != nil {
		t.Fatal(err)
	}
	return up
}

func pack(t testing.TB, l *reference.Laptop, up ledger.Upload) *wire.Batch {
	t.Helper()
	b, err := wire.Pack(home, up, l.Sign)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func sameUpload(a, b ledger.Upload) bool {
	if a.From != b.From || len(a.Ops) != len(b.Ops) {
		return false
	}
	for i := range a.Ops {
		if !bytes.Equal(a.Ops[i], b.Ops[i]) {
			return false
		}
	}
	return true
}

func TestABatchComesOutAsItWentIn(t *testing.T) {
	l := laptop(1)
	rapid.Check(t, func(t *rapid.T) {
		up := ledger.Upload{From: ledger.Head{
			Device: l.Device(), Epoch: rapid.Uint32Range(1, 9).Draw(t, "epoch"), Seq: rapid.Uint64Range(0, 1<<40).Draw(t, "seq"),
		}}
		copy(up.From.Hash[:], rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "prev"))
		for range rapid.IntRange(1, 40).Draw(t, "n") {
			line, err := json.Marshal(rapid.StringN(0, 400, -1).Draw(t, "op"))
			if err != nil {
				t.Fatal(err)
			}
			up.Ops = append(up.Ops, line)
		}
		b, err := wire.Pack(home, up, l.Sign)
		if err != nil {
			t.Fatal(err)
		}
		back, got, err := wire.Open(b.Bytes(), l.PublicKey())
		if err != nil {
			t.Fatal(err)
		}
		if !sameUpload(got, up) || back.ID() != b.ID() || back.Head.Home != home {
			t.Fatal("the batch is another one now")
		}
	})
}

func TestNoFlippedBitOfABatchPasses(t *testing.T) {
	l := laptop(1)
	whole := pack(t, l, upload(t, l, 3)).Bytes()
	for i := range whole {
		bad := bytes.Clone(whole)
		bad[i] ^= 1 << (i % 8)
		if _, _, err := wire.Open(bad, l.PublicKey()); err == nil {
			t.Fatalf("bit %d of byte %d flipped, and nobody noticed", i%8, i)
		}
	}
}

func TestAKeptHeadIsProofWithoutItsChunks(t *testing.T) {
	l := laptop(1)
	up := upload(t, l, 3)
	b := pack(t, l, up)
	says, err := wire.ReadProof(b.Signed, l.PublicKey())
	if err != nil || says != (ledger.Signed{District: home.District, From: up.From, To: up.To()}) {
		t.Fatalf("%+v %v", says, err)
	}
	if _, got, err := wire.Open(b.Bytes(), l.PublicKey()); err != nil || !bytes.Equal(got.Proof, b.Signed) {
		t.Fatal("a batch that was opened has lost its proof", err)
	}
	for i := range b.Signed {
		bad := bytes.Clone(b.Signed)
		bad[i] ^= 1 << (i % 8)
		if _, err := wire.ReadProof(bad, l.PublicKey()); err == nil {
			t.Fatalf("bit %d of byte %d flipped, and nobody noticed", i%8, i)
		}
	}
	if _, err := wire.ReadProof(b.Signed, laptop(2).PublicKey()); casework.CodeOf(err) != "wire.signature" {
		t.Errorf("another laptop's key: %v", err)
	}
	if _, err := wire.ReadProof(b.Signed, nil); casework.CodeOf(err) != "wire.signature" {
		t.Errorf("no key: %v", err)
	}
	if _, err := wire.ReadProof(b.Bytes(), l.PublicKey()); casework.CodeOf(err) != "wire.malformed" {
		t.Errorf("with its chunks: %v", err)
	}
}

func TestABatchCutShortIsNoticedAtEveryByte(t *testing.T) {
	l := laptop(1)
	whole := pack(t, l, upload(t, l, 2)).Bytes()
	for n := range whole {
		_, _, err := wire.Open(whole[:n], l.PublicKey())
		if code := casework.CodeOf(err); code != "wire.cut_short" && !(n == 0 && code == "wire.not_a_batch") {
			t.Fatalf("cut after %d bytes: %v", n, err)
		}
	}
	if _, _, err := wire.Open(append(bytes.Clone(whole), 0), l.PublicKey()); casework.CodeOf(err) != "wire.cut_short" {
		t.Errorf("one byte too many: %v", err)
	}
}

func TestOnlyTheLaptopItselfSignsForIt(t *testing.T) {
	l, thief := laptop(1), laptop(2)
	up := upload(t, l, 1)
	b, err := wire.Pack(home, up, thief.Sign)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := wire.Open(b.Bytes(), l.PublicKey()); casework.CodeOf(err) != "wire.signature" {
		t.Errorf("%v", err)
	}
}

func TestWhatIsNotABatchSaysWhatItIs(t *testing.T) {
	l := laptop(1)
	whole := pack(t, l, upload(t, l, 1)).Bytes()
	newer := bytes.Clone(whole)
	newer[3] = 2
	stranger := bytes.Clone(whole)
	stranger[4+1+16+4+16+4+8+8+32+32] ^= 1 // the dictionary's name
	for _, c := range []struct {
		name string
		b    []byte
		want casework.Code
	}{
		{"a page of a hotel's network", []byte("<html><body>Welcome</body></html>"), "wire.not_a_batch"},
		{"nothing", nil, "wire.not_a_batch"},
		{"a program of next year", newer, "wire.newer"},
		{"another dictionary, so another signature", stranger, "wire.signature"},
		{"more than any batch has", make([]byte, wire.MaxBatch+1), "wire.too_large"},
	} {
		if _, _, err := wire.Open(c.b, l.PublicKey()); casework.CodeOf(err) != c.want {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// signed makes a batch whose head says what its maker likes.
func signed(t testing.TB, l *reference.Laptop, b *wire.Batch, change func(head []byte)) []byte {
	t.Helper()
	head := bytes.Clone(b.Signed[:len(b.Signed)-ed25519.SignatureSize])
	change(head)
	h, _, err := wire.ReadHead(append(head, make([]byte, ed25519.SignatureSize)...))
	if err != nil {
		return append(append(head, make([]byte, 64)...), b.Chunks[0]...)
	}
	id := h.ID()
	sig, err := l.Sign(append([]byte("doorstep/batch/1\x00"), id[:]...))
	if err != nil {
		t.Fatal(err)
	}
	return append(append(head, sig...), b.Chunks[0]...)
}

func TestALaptopThatLiesAboutSizesGetsNowhere(t *testing.T) {
	l := laptop(1)
	b := pack(t, l, upload(t, l, 3))
	at := len(b.Signed) - 64 - 32*len(b.Chunks) - 14 // ops, plain, size, chunk
	for _, c := range []struct {
		name   string
		offset int
		value  byte
		want   casework.Code
	}{
		{"a hundred thousand operations", at, 1, "wire.too_large"},
		{"one operation more", at + 3, 5, "wire.malformed"},
		{"four gigabytes of text", at + 4, 255, "wire.too_large"},
		{"a little more text", at + 7, b.Signed[at+7] + 1, "wire.too_large"},
		{"four gigabytes of chunks", at + 8, 255, "wire.too_large"},
		{"a dictionary that nobody has", at - 1, b.Signed[at-1] + 1, "wire.dictionary"},
		{"chunks of one byte", at + 12, 0, "wire.malformed"},
	} {
		raw := signed(t, l, b, func(h []byte) { h[c.offset] = c.value })
		if _, _, err := wire.Open(raw, l.PublicKey()); casework.CodeOf(err) != c.want {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestABatchHasWholeLinesOnly(t *testing.T) {
	l := laptop(1)
	for _, ops := range [][][]byte{{[]byte("{\n}")}, {nil}, {}} {
		if _, err := wire.Pack(home, ledger.Upload{From: ledger.Head{Device: l.Device(), Epoch: 1}, Ops: ops}, l.Sign); err == nil {
			t.Errorf("%q was packed", ops)
		}
	}
}

func FuzzOpen(f *testing.F) {
	l := laptop(1)
	f.Add(pack(f, l, upload(f, l, 2)).Bytes())
	f.Add([]byte("DSB\x01"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if _, up, err := wire.Open(b, l.PublicKey()); err == nil && len(up.Ops) == 0 {
			t.Error("an empty batch passed")
		}
	})
}
