package laptop

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"doorstep/casework"
)

func TestAWrongPassphraseSlowsDownAndNeverLocksOut(t *testing.T) {
	s := newStore(t, 1)
	who := person(t, s, child("林小溪", zhudao))
	try(t, s.Close())
	var waited []time.Duration
	o := s.o
	hands := monday()
	o.Now = hands.now
	o.Sleep = func(_ context.Context, d time.Duration) error {
		waited = append(waited, d.Round(time.Minute/4))
		hands.set(hands.now().Add(d))
		return nil
	}
	for range 14 {
		_, err := Open(t.Context(), s.dir, []byte("zhu dao xiao xj"), o)
		wants(t, err, "laptop.wrong_passphrase")
	}
	if n := len(waited); n < 8 || n > 12 || waited[n-1] != longestWait {
		t.Fatalf("waited %v", waited)
	}
	n, err := Open(t.Context(), s.dir, secret, o)
	try(t, err)
	defer n.Close()
	if _, ok := n.Person(who); !ok {
		t.Fatal("her person is gone")
	}
	if d := Wait(s.dir, hands.now()); d != 0 {
		t.Fatalf("still waits %v after the right passphrase", d)
	}
}

func TestAClockSetBackCannotMakeTheWaitLonger(t *testing.T) {
	a := attempts{Wrong: 50, Last: time.Date(2099, 1, 1, 0, 0, 0, 0, time.UTC)}
	if d := a.left(time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC)); d != longestWait {
		t.Fatal(d)
	}
	if d := a.left(a.Last.Add(longestWait)); d != 0 {
		t.Fatal(d)
	}
}

func TestAPassphraseTypedWithTheInputMethodOn(t *testing.T) {
	s := newStore(t, 2)
	try(t, s.Close())
	for _, typed := range []string{"ｚｈｕ　ｄａｏ　ｘｉａｏ　ｘｉ", " zhu dao  xiao xi ", "zhu dao xiao xi"} {
		n, err := Open(t.Context(), s.dir, []byte(typed), s.o)
		if err != nil {
			t.Fatalf("%q: %v", typed, err)
		}
		n.Close()
	}
}

func TestAShortPassphraseIsRefused(t *testing.T) {
	_, err := Init(t.Context(), t.TempDir(), []byte(" 12345 "), options(3))
	wants(t, err, "laptop.short_passphrase")
}

func TestTheKeyFileIsReplacedWholeOrNotAtAll(t *testing.T) {
	s := newStore(t, 4)
	next := []byte("bei shi lao li")
	wants(t, s.ChangePassphrase([]byte("wrong one"), next), "laptop.wrong_passphrase")
	path := filepath.Join(s.dir, keyFile)
	old, err := os.ReadFile(path)
	try(t, err)
	try(t, s.ChangePassphrase(secret, next))
	changed, err := os.ReadFile(path)
	try(t, err)
	try(t, s.Close())
	// The power goes at every byte while the new file is written beside the old one.
	for cut := 0; cut <= len(changed); cut += 37 {
		try(t, os.WriteFile(path, old, 0o600))
		try(t, os.WriteFile(path+".next", changed[:cut], 0o600))
		n, err := Open(t.Context(), s.dir, secret, s.o)
		try(t, err)
		try(t, n.ChangePassphrase(secret, next))
		try(t, n.Close())
		n, err = Open(t.Context(), s.dir, next, s.o)
		try(t, err)
		try(t, n.Close())
		_, err = Open(t.Context(), s.dir, secret, s.o)
		wants(t, err, "laptop.wrong_passphrase")
	}
}

func TestADamagedKeyFileIsNotAWrongPassphrase(t *testing.T) {
	s := newStore(t, 5)
	try(t, s.Close())
	try(t, os.RemoveAll(filepath.Join(s.dir, outboxFolder))) // which has copies
	path := filepath.Join(s.dir, keyFile)
	good, err := os.ReadFile(path)
	try(t, err)
	var k keys
	try(t, json.Unmarshal(good, &k))
	flipped := k
	flipped.Slots[0].Sealed = bytes.Clone(k.Slots[0].Sealed)
	flipped.Slots[0].Sealed[3] ^= 1
	bad, err := json.Marshal(flipped)
	try(t, err)
	newer := keys{Version: keysVersion + 1}
	newer.Check = newer.sum()
	future, err := json.Marshal(newer)
	try(t, err)
	for _, c := range []struct {
		content []byte
		want    casework.Code
	}{{bad, "laptop.key_damaged"}, {good[:len(good)/2], "laptop.key_damaged"}, {nil, "laptop.key_damaged"}, {future, "laptop.newer_store"}} {
		try(t, os.WriteFile(path, c.content, 0o600))
		_, err := Open(t.Context(), s.dir, secret, s.o)
		wants(t, err, c.want)
		if left, err := os.ReadFile(path); err != nil || !bytes.Equal(left, c.content) {
			t.Fatal("the damaged key file was touched")
		}
	}
	try(t, os.WriteFile(path, good, 0o600))
	n, err := Open(t.Context(), s.dir, secret, s.o)
	try(t, err)
	try(t, n.Close())
}

func TestAWipedStoreIsNoise(t *testing.T) {
	s := newStore(t, 6)
	person(t, s, child("林小溪", zhudao))
	key, err := os.ReadFile(filepath.Join(s.dir, keyFile))
	try(t, err)
	var k keys
	try(t, json.Unmarshal(key, &k))
	try(t, s.Wipe("wiped"))
	if n := len(s.People()); n != 0 {
		t.Fatalf("%d people in memory", n)
	}
	left, err := os.ReadFile(filepath.Join(s.dir, keyFile))
	try(t, err)
	sealed, err := json.Marshal(k.Slots[0].Sealed)
	try(t, err)
	if bytes.Contains(left, sealed) {
		t.Fatal("the master key is still there")
	}
	_, err = Open(t.Context(), s.dir, secret, s.o)
	wants(t, err, "laptop.destroyed")
	wants(t, s.Save(t.Context()), "laptop.closed")
}

func TestArgonIsCalibratedOnThisLaptop(t *testing.T) {
	ms := time.Millisecond
	for _, c := range []struct {
		name       string
		cold, pass time.Duration
	}{{"fast", 0, 30 * ms}, {"fresh memory is slow", 200 * ms, 60 * ms}, {"old", 50 * ms, 290 * ms}} {
		took := func(p Params) time.Duration { return c.cold + time.Duration(p.Time)*c.pass }
		if p := calibrate(took); took(p) < unlockLeast || took(p) > unlockMost || !p.sane() || p.MemoryKiB != 64<<10 {
			t.Errorf("%s: %+v takes %v", c.name, p, took(p))
		}
	}
	for _, broken := range []time.Duration{0, -time.Hour, 24 * time.Hour} {
		if p := calibrate(func(Params) time.Duration { return broken }); p.Time < 2 || p.Time > 32 {
			t.Errorf("a clock that says %v: %+v", broken, p)
		}
	}
	if p := calibrate(func(p Params) time.Duration { return time.Duration(p.Time) * 3 * time.Second }); p.Time != 2 {
		t.Errorf("very slow: %+v", p)
	}
}

func TestARowOpensOnlyInItsPlace(t *testing.T) {
	ring := newKeyring(casework.ID{1}, bytes.Repeat([]byte{7}, 32), newDice(1))
	now := monday().now()
	p := place{"ops", []byte("row one"), 3}
	secret := []byte("林小溪 37100220150308002X")
	sealed, err := ring.seal(p, now, secret)
	try(t, err)
	if (len(sealed)-sealHeader-16)%padTo != 0 {
		t.Fatalf("size %d tells the length", len(sealed))
	}
	got, err := ring.open(p, sealed, nil)
	if err != nil || !bytes.Equal(got, secret) {
		t.Fatal(err)
	}
	for _, q := range []place{{"heads", p.row, 3}, {"ops", []byte("row two"), 3}, {"ops", p.row, 4}} {
		if _, err := ring.open(q, sealed, nil); err == nil {
			t.Errorf("opens at %+v", q)
		}
	}
	other := newKeyring(casework.ID{2}, bytes.Repeat([]byte{7}, 32), newDice(1))
	if _, err := other.open(p, sealed, nil); err == nil {
		t.Error("opens in another store")
	}
	for i := range sealed {
		bad := bytes.Clone(sealed)
		bad[i] ^= 0x10
		if _, err := ring.open(p, bad, nil); err == nil {
			t.Fatalf("byte %d flipped and it opens", i)
		}
	}
	next, err := ring.seal(p, now.AddDate(0, 1, 0), secret)
	try(t, err)
	if bytes.Equal(next[1:5], sealed[1:5]) {
		t.Error("the next month has the same key")
	}
}
