package laptop

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

func anyID(t *rapid.T, label string) casework.ID {
	return casework.ID(rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, label))
}

func anyOps(t *rapid.T, label string) (out []casework.OpID) {
	for range rapid.IntRange(0, 3).Draw(t, label) {
		out = append(out, casework.OpID{ID: anyID(t, label)})
	}
	return out
}

func anyTime(t *rapid.T) time.Time {
	if rapid.Bool().Draw(t, "none") {
		return time.Time{}
	}
	at := time.Unix(rapid.Int64Range(-1<<35, 1<<35).Draw(t, "sec"), rapid.Int64Range(0, 999_999_999).Draw(t, "ns"))
	return at.In(time.FixedZone("", rapid.SampledFrom([]int{0, 8 * 3600, -5400}).Draw(t, "zone")))
}

func anyValue(t *rapid.T) json.RawMessage {
	return rapid.SampledFrom([]json.RawMessage{nil, []byte("null"), []byte(`"林小溪"`), []byte(`{"a":[1,2]}`), []byte("3")}).Draw(t, "value")
}

func anyBase(t *rapid.T) base {
	kind := rapid.SampledFrom(append(casework.Kinds(), "newer_kind")).Draw(t, "kind")
	b := base{
		seq: 7, heard: anyOps(t, "heard"),
		record: casework.Record{ID: casework.RecordID{ID: anyID(t, "id")}, Kind: kind, Owner: casework.RecordID{ID: anyID(t, "owner")}, Registers: map[casework.Field]casework.Register{}},
	}
	if rapid.Bool().Draw(t, "left") {
		b.left = &ledger.Leave{Record: b.record.ID, Kind: kind, Reason: "moved", Receiver: "北石村", Seq: 9}
	}
	for _, f := range rapid.SliceOfDistinct(rapid.SampledFrom([]casework.Field{"name", "answers", "answers_restricted", "summary", "phones/m1", "newer"}), rapid.ID).Draw(t, "fields") {
		reg := casework.Register{
			Value: anyValue(t), Op: casework.OpID{ID: anyID(t, "op")}, Worker: casework.WorkerID{ID: anyID(t, "worker")},
			At: anyTime(t), Reason: rapid.SampledFrom([]string{"", "搬走"}).Draw(t, "reason"), Same: anyOps(t, "same"),
		}
		for _, id := range anyOps(t, "past") {
			if reg.Past == nil {
				reg.Past = map[casework.OpID]casework.OpID{}
			}
			reg.Past[id] = reg.Op
		}
		for _, id := range anyOps(t, "alts") {
			if reg.Alts == nil {
				reg.Alts = map[casework.OpID]casework.Alternative{}
			}
			reg.Alts[id] = casework.Alternative{Value: anyValue(t), Worker: reg.Worker, At: anyTime(t), Reason: "另一处"}
		}
		b.record.Registers[f] = reg
	}
	return b
}

func TestARecordSurvivesItsCompactForm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := anyBase(t)
		head, body := encodeBase(want)
		got, err := decodeHead(head)
		if err != nil {
			t.Fatal(err)
		}
		if body != nil {
			for f := range got.record.Registers {
				if long(want.record.Kind, f) {
					t.Fatalf("%s lies in the head", f)
				}
			}
			if err := decodeBody(body, &got.record); err != nil {
				t.Fatal(err)
			}
		}
		if !got.record.Equal(want.record) || !slices.Equal(got.heard, want.heard) {
			t.Fatalf("got %+v\nwant %+v", got, want)
		}
		if (got.left == nil) != (want.left == nil) || got.left != nil && *got.left != *want.left {
			t.Fatalf("left: %+v, want %+v", got.left, want.left)
		}
	})
}

func TestAnAnswerOfAVisitIsOpenedOnlyWhenLookedAt(t *testing.T) {
	r := casework.Record{ID: casework.RecordID{ID: casework.ID{1}}, Kind: casework.KindVisit, Registers: map[casework.Field]casework.Register{}}
	spec, _ := casework.SchemaOf(casework.KindVisit)
	for _, f := range spec.Registers() {
		r.Registers[f] = casework.Register{Op: casework.OpID{ID: casework.ID{2}}, Value: []byte(`"x"`)}
	}
	head, _ := encodeBase(base{record: r})
	b, err := decodeHead(head)
	try(t, err)
	for _, f := range []casework.Field{"answers", "answers_personal", "answers_restricted", "summary"} {
		if _, ok := b.record.Registers[f]; ok {
			t.Errorf("%s is read at every unlock", f)
		}
	}
	if casework.SummaryOf(b.record) != casework.SummaryOf(r) {
		t.Error("the head does not give the summary")
	}
}

func FuzzDecodeRecord(f *testing.F) {
	r := casework.Record{ID: casework.RecordID{ID: casework.ID{1}}, Kind: casework.KindVisit, Registers: map[casework.Field]casework.Register{
		"date":    {Value: []byte(`"2026-11-23"`), Op: casework.OpID{ID: casework.ID{2}}, Alts: map[casework.OpID]casework.Alternative{{ID: casework.ID{3}}: {Value: []byte("1")}}},
		"answers": {Value: []byte(`{}`), Past: map[casework.OpID]casework.OpID{{ID: casework.ID{4}}: {ID: casework.ID{2}}}},
	}}
	head, body := encodeBase(base{record: r, heard: []casework.OpID{{ID: casework.ID{9}}}, left: &ledger.Leave{Reason: "moved"}})
	f.Add(head)
	f.Add(body)
	f.Add([]byte{1, 0})
	f.Fuzz(func(t *testing.T, b []byte) {
		if got, err := decodeHead(b); err == nil {
			again, _ := encodeBase(got)
			if _, err := decodeHead(again); err != nil {
				t.Fatalf("what was read cannot be written: %v", err)
			}
		}
		var r casework.Record
		_ = decodeBody(b, &r)
	})
}
