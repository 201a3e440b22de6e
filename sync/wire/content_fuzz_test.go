package wire_test

import (
	"crypto/sha256"
	"strings"
	"testing"

	"doorstep/casework"
	"doorstep/casework/ledger"
	"doorstep/sync/wire"
)

// A laptop of the district may sign anything: what is behind its signature is rubbish
// like any other until it has been read.
func FuzzUnpack(f *testing.F) {
	l := laptop(1)
	b := pack(f, l, upload(f, l, 2))
	f.Add(b.Chunks[0])
	f.Add([]byte{0x28, 0xb5, 0x2f, 0xfd})
	f.Fuzz(func(t *testing.T, body []byte) {
		for _, plain := range []uint32{b.Head.Plain, 2 * b.Head.Ops} {
			h := b.Head
			h.Size, h.Plain = uint32(len(body)), plain
			h.Hashes = []casework.Hash{sha256.Sum256(body)}
			if up, text, err := h.Unpack([][]byte{body}); err == nil && (len(up.Ops) != int(h.Ops) || len(text) != int(plain)) {
				t.Errorf("%d operations of %d", len(up.Ops), h.Ops)
			}
		}
	})
}

// What an answer says of records goes in and comes out as it was, whatever is in it.
func FuzzSeal(f *testing.F) {
	f.Add("answers", `{"c7_6":"<&>"}`, "op", int64(1763860000000), "moved away")
	f.Fuzz(func(t *testing.T, field, value, reason string, at int64, other string) {
		a := answerTo(ledger.Upload{From: ledger.Head{Device: laptop(1).Device(), Epoch: 1}})
		rec, _ := casework.Merge(casework.Record{}, casework.Op{
			ID: casework.OpID{ID: casework.ID{1}}, Record: casework.RecordID{ID: casework.ID{2}}, Kind: casework.KindVisit,
			At:     timeOf(at),
			Writes: []casework.Write{{Field: casework.Field(strings.ToValidUTF8(field, "")), Value: quoted(value), Reason: strings.ToValidUTF8(reason, "")}, {Field: "f", Value: quoted(other)}},
		})
		rec, _ = casework.Merge(rec, casework.Op{
			ID: casework.OpID{ID: casework.ID{3}}, Record: rec.ID, Kind: rec.Kind, At: timeOf(at / 2),
			Writes: []casework.Write{{Field: "f", Value: quoted(value + other)}},
		})
		a.News.Puts = []ledger.Put{{Record: rec, Seq: 1}}
		raw, err := wire.Seal(a, nil, districtSigns)
		if err != nil {
			return // a text that is no JSON has no answer
		}
		got, err := wire.OpenAnswer(raw, nil, districtPublic())
		if err != nil {
			t.Fatal(err)
		}
		if !got.News.Puts[0].Record.Equal(rec) {
			t.Errorf("\n%+v\n%+v", got.News.Puts[0].Record, rec)
		}
	})
}
