package wire_test

import (
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"doorstep/casework"
	"doorstep/casework/ledger"
	"doorstep/sync/wire"
)

var districtKey = ed25519.NewKeyFromSeed(bytes.Repeat([]byte{9}, 32))

func districtSigns(m []byte) ([]byte, error) { return ed25519.Sign(districtKey, m), nil }

func districtPublic() ed25519.PublicKey { return districtKey.Public().(ed25519.PublicKey) }

// answerTo is what a district would say to an upload.
func answerTo(up ledger.Upload) ledger.Answer {
	at := time.Date(2026, 11, 23, 10, 32, 0, 0, time.UTC)
	a := ledger.Answer{
		Number: 3, Device: up.From.Device, District: home.District, Incarnation: home.Incarnation, Standing: ledger.StandingGood,
		Chain: up.To(), News: ledger.News{Cursors: ledger.Cursors{"371002001001|child": 9}},
		Token: ledger.TimeToken{At: at, Seq: 9, Nonce: casework.ID{4}}, LeaseUntil: at.Add(14 * 24 * time.Hour),
		Actor: casework.Actor{Role: casework.RoleChildDirector},
	}
	for i, b := range up.Ops {
		op, _ := ledger.Decode(b)
		r, out := casework.Merge(casework.Record{}, op)
		a.Receipts = append(a.Receipts, ledger.Receipt{Op: op.ID, Epoch: 1, DevSeq: uint64(i + 1), Seq: uint64(i + 1), At: at, Out: out})
		a.News.Puts = append(a.News.Puts, ledger.Put{Record: r, Seq: uint64(i + 1), Heard: []casework.OpID{op.ID}})
	}
	return a
}

func TestAnAnswerComesOutAsItWentIn(t *testing.T) {
	l := laptop(1)
	up := upload(t, l, 10)
	b := pack(t, l, up)
	for _, basis := range []*wire.Batch{nil, b} {
		raw, err := wire.Seal(answerTo(up), basis, districtSigns)
		if err != nil {
			t.Fatal(err)
		}
		got, err := wire.OpenAnswer(raw, basis, districtPublic())
		if err != nil {
			t.Fatal(err)
		}
		want := answerTo(up)
		for i := range got.News.Puts {
			if !got.News.Puts[i].Record.Equal(want.News.Puts[i].Record) {
				t.Error("a record changed on its way")
			}
		}
		got.News.Puts, want.News.Puts = nil, nil
		if !reflect.DeepEqual(got, want) {
			t.Errorf("\n%+v\n%+v", got, want)
		}
		t.Logf("11 operations answered in %d bytes", len(raw))
	}
}

func TestWhatTheLaptopJustSaidNeedNotTravelBack(t *testing.T) {
	l := laptop(1)
	up := upload(t, l, 30)
	b := pack(t, l, up)
	alone, err := wire.Seal(answerTo(up), nil, districtSigns)
	if err != nil {
		t.Fatal(err)
	}
	with, err := wire.Seal(answerTo(up), b, districtSigns)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("31 operations answered in %d bytes, %d with the batch as basis", len(alone), len(with))
	if len(with)*2 > len(alone) {
		t.Errorf("%d bytes with the batch as basis, %d without", len(with), len(alone))
	}
	other := pack(t, l, ledger.Upload{From: up.From, Ops: up.Ops[:5]})
	for _, basis := range []*wire.Batch{nil, other} {
		if _, err := wire.OpenAnswer(with, basis, districtPublic()); casework.CodeOf(err) != "wire.basis" {
			t.Errorf("%v", err)
		}
	}
}

func TestAnAnswerThatTheDistrictDidNotSignIsNoAnswer(t *testing.T) {
	l := laptop(1)
	up := upload(t, l, 2)
	raw, err := wire.Seal(answerTo(up), nil, l.Sign)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := wire.OpenAnswer(raw, nil, districtPublic()); casework.CodeOf(err) != "wire.signature" {
		t.Errorf("%v", err)
	}
	raw, err = wire.Seal(answerTo(up), nil, districtSigns)
	if err != nil {
		t.Fatal(err)
	}
	for i := range raw {
		bad := bytes.Clone(raw)
		bad[i] ^= 1 << (i % 8)
		if _, err := wire.OpenAnswer(bad, nil, districtPublic()); err == nil {
			t.Fatalf("byte %d changed, and nobody noticed", i)
		}
		if _, err := wire.OpenAnswer(raw[:i], nil, districtPublic()); err == nil {
			t.Fatalf("cut after %d bytes, and nobody noticed", i)
		}
	}
	if _, err := wire.OpenAnswer([]byte("<!doctype html>"), nil, districtPublic()); casework.CodeOf(err) != "wire.not_an_answer" {
		t.Errorf("%v", err)
	}
}

func TestAnAskCarriesHelloAndBatch(t *testing.T) {
	l := laptop(1)
	b := pack(t, l, upload(t, l, 3))
	hello, err := l.Hello(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	hello.Now = hello.Now.UTC()
	raw, err := wire.Ask(hello, b)
	if err != nil {
		t.Fatal(err)
	}
	got, batch, err := wire.ReadAsk(raw)
	if err != nil || !reflect.DeepEqual(got, hello) || !bytes.Equal(batch, b.Bytes()) {
		t.Errorf("%v\n%+v\n%+v", err, got, hello)
	}
	if _, _, err := wire.ReadAsk(make([]byte, wire.MaxAsk+1)); casework.CodeOf(err) != "wire.too_large" {
		t.Errorf("%v", err)
	}
	if _, _, err := wire.ReadAsk(raw[:40]); casework.CodeOf(err) != "wire.cut_short" {
		t.Errorf("%v", err)
	}
}

func FuzzOpenAnswer(f *testing.F) {
	l := laptop(1)
	raw, err := wire.Seal(answerTo(upload(f, l, 2)), nil, districtSigns)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(raw)
	f.Fuzz(func(t *testing.T, b []byte) {
		if a, err := wire.OpenAnswer(b, nil, districtPublic()); err == nil && a.Number != 3 {
			t.Error("a forged answer passed")
		}
	})
}

func FuzzReadAsk(f *testing.F) {
	l := laptop(1)
	hello, err := l.Hello(f.Context())
	if err != nil {
		f.Fatal(err)
	}
	raw, err := wire.Ask(hello, pack(f, l, upload(f, l, 1)))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(raw)
	f.Fuzz(func(t *testing.T, b []byte) {
		if _, batch, err := wire.ReadAsk(b); err == nil && len(batch) > len(b) {
			t.Error("more came out than went in")
		}
	})
}

func timeOf(ms int64) time.Time { return time.UnixMilli(ms % 4e12).UTC() }

func quoted(s string) json.RawMessage {
	b, err := json.Marshal(s)
	if err != nil {
		panic(err)
	}
	return b
}
