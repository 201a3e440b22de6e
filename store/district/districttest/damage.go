package districttest

import (
	"bytes"
	"crypto/ed25519"
	"database/sql"
	"encoding/json"
	"slices"
	"testing"

	"doorstep/casework/ledger"
	"doorstep/store/district"
)

// OpenBoth gives a test an empty register, and its database for changing things by hand.
type OpenBoth func(tb testing.TB) (*district.Store, *sql.DB)

// Damage changes by hand what laptops signed, or what they signed about, so carefully that
// everything else agrees. Verify finds all of it.
func Damage(t *testing.T, open OpenBoth) {
	for _, c := range []struct {
		name string
		harm func(*wreck)
		want string // what has to be found
		only bool   // and nothing else
	}{
		{"nothing is changed", func(*wreck) {}, "", true},
		{"a signature", func(w *wreck) { w.proof(func(b []byte) []byte { b[7] ^= 1; return b }) }, "proof", true},
		{"what is signed", func(w *wreck) {
			w.proof(func(b []byte) []byte { return bytes.Replace(b, []byte(`"q":0`), []byte(`"q":1`), 1) })
		}, "proof", true},
		{"another signature of the same laptop", func(w *wreck) { w.proof(func([]byte) []byte { return w.other.Proof }) }, "proof", true},
		{"signed by another laptop", func(w *wreck) {
			l := *w.zhang
			l.key = w.zhou.key
			w.proof(func([]byte) []byte { return l.sign(plain(w.first)).Proof })
		}, "proof", true},
		{"signed for another district", func(w *wreck) {
			l := *w.zhang
			f := *w.field
			f.home = f.id()
			l.field = &f
			w.proof(func([]byte) []byte { return l.sign(plain(w.first)).Proof })
		}, "proof", true},
		{"put beside another laptop's work", func(w *wreck) {
			w.do("UPDATE batches SET device = $1 WHERE device = $2", blob(w.zhou), blob(w.zhang))
		}, "proof", false},
		{"a signature is gone", func(w *wreck) {
			w.do("DELETE FROM batches WHERE device = $1 AND seq_from = 1", blob(w.zhang))
		}, "unproven", true},
		{"a signature is gone, and its operations are called recovered", func(w *wreck) {
			w.do("DELETE FROM batches WHERE device = $1 AND seq_from = 1", blob(w.zhang))
			w.do("INSERT INTO recovered (county, seq, op, record, device, at) SELECT county, seq, op, record, device, at FROM log WHERE device = $1 AND dev_seq <= 2", blob(w.zhang))
		}, "recovered", false},
		{"the last one is gone", func(w *wreck) { w.do("DELETE FROM batches WHERE device = $1", blob(w.zhou)) }, "unproven", true},
		{"an operation, and the chain after it", (*wreck).rewrite, "proof", true},
		{"the beginning of a chain", func(w *wreck) {
			w.do("UPDATE log SET commitment = $1 WHERE device = $2 AND dev_seq = 1", bytes.Repeat([]byte{1}, 32), blob(w.zhang))
		}, "proof", false},
		{"the end of a chain", (*wreck).cut, "proof", false},
		{"a whole chain", func(w *wreck) {
			w.do("DELETE FROM log WHERE device = $1", blob(w.zhou))
		}, "proof", false},
		{"a key, and everything signed anew", func(w *wreck) {
			l := *w.zhang
			l.key = w.zhou.key
			w.do("UPDATE devices SET public_key = $1 WHERE id = $2", []byte(l.public()), blob(w.zhang))
			w.do("UPDATE batches SET signed = $1 WHERE device = $2 AND seq_from = 1", l.sign(plain(w.first)).Proof, blob(w.zhang))
			w.do("UPDATE batches SET signed = $1 WHERE device = $2 AND seq_from > 1", l.sign(plain(w.other)).Proof, blob(w.zhang))
		}, "key", true},
		{"a stolen laptop's commitments", func(w *wreck) { w.do("UPDATE batches SET commitments = signed WHERE linked = 0") }, "proof", false},
		{"a stolen laptop's operation", func(w *wreck) {
			w.do("UPDATE log SET commitment = $1 WHERE linked = 0", bytes.Repeat([]byte{1}, 32))
		}, "unproven", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := wrecked(t, open)
			c.harm(w)
			r, err := w.s.Verify(t.Context(), ReadProof)
			w.must(err)
			found := c.want == ""
			if len(r.Findings) > 4 {
				t.Errorf("one change, and %d findings: %+v", len(r.Findings), r.Findings)
			}
			for _, f := range r.Findings {
				found = found || f.What == c.want
				if c.only && f.What != c.want {
					t.Errorf("found %+v as well", f)
				}
			}
			if !found {
				t.Errorf("found %+v, want %s", r.Findings, c.want)
			}
		})
	}
}

// wreck is a register in which two laptops wrote, one of them stolen meanwhile, and its database.
type wreck struct {
	*field
	db           *sql.DB
	zhang, zhou  *laptop
	first, other ledger.Upload // two batches of the first laptop's
}

func wrecked(t *testing.T, open OpenBoth) *wreck {
	t.Helper()
	w := &wreck{}
	w.field = found(t, func(tb testing.TB) *district.Store {
		s, db := open(tb)
		w.db = db
		return s
	})
	w.zhang, w.zhou = w.enrol("张桂芬", director, bamboo), w.enrol("周敏", director, pine)
	child := w.zhang.person("林小溪", bamboo)
	w.zhang.visit(child, "2026-11-20")
	w.first = w.zhang.sign(w.zhang.upload())
	w.zhang.accepted()
	w.zhang.visit(child, "2026-11-21")
	w.zhang.visit(child, "2026-11-22")
	w.other = w.zhang.sign(w.zhang.upload())
	w.zhang.accepted()
	w.zhou.person("𠮷野", pine)
	w.zhou.accepted()
	stolen := w.enrol("李敏", director, bamboo)
	image := stolen.image()
	stolen.person("㐂乐", bamboo)
	stolen.accepted()
	w.must(w.s.Revoke(w.Context(), stolen.device))
	image.visit(child, "2026-11-23")
	image.refused2(ledger.StandingRevoked, "device")
	w.verified()
	return w
}

func plain(up ledger.Upload) ledger.Upload { up.Proof = nil; return up }

func blob(l *laptop) []byte { return l.device.ID[:] }

func (w *wreck) do(statement string, args ...any) {
	w.Helper()
	r, err := w.db.ExecContext(w.Context(), statement, args...)
	w.must(err)
	if n, err := r.RowsAffected(); err != nil || n == 0 {
		w.Fatalf("%s changed %d rows, %v", statement, n, err)
	}
}

// proof changes the proof of the first laptop's first batch.
func (w *wreck) proof(change func([]byte) []byte) {
	w.Helper()
	now := change(slices.Clone(w.first.Proof))
	if len(now) <= ed25519.SignatureSize || bytes.Equal(now, w.first.Proof) {
		w.Fatal("nothing was changed")
	}
	w.do("UPDATE batches SET signed = $1 WHERE device = $2 AND seq_from = 1", now, blob(w.zhang))
}

// rewrite lets the first laptop's last visit be on another day, with everything that
// follows from it: payload, commitment, end of the chain, file.
func (w *wreck) rewrite() {
	w.Helper()
	ops := slices.Clone(w.other.Ops)
	last := bytes.Replace(ops[1], []byte(`"2026-11-22"`), []byte(`"2026-11-12"`), 1)
	ops[1] = last
	head := ledger.Upload{From: w.other.From, Ops: ops}.To()
	link, _ := ledger.Upload{From: w.other.From, Ops: ops[:1]}.To().Next(last)
	op, err := ledger.Decode(last)
	w.must(err)
	_, seq, err := w.s.Record(w.Context(), op.Record)
	w.must(err)
	w.do("UPDATE payloads SET bytes = $1 WHERE seq = $2", last, seq)
	w.do("UPDATE log SET commitment = $1 WHERE seq = $2", link.Commitment[:], seq)
	w.do("UPDATE devices SET hash = $1 WHERE id = $2", head.Hash[:], blob(w.zhang))
	var body []byte
	w.must(w.db.QueryRowContext(w.Context(), "SELECT body FROM records WHERE id = $1", op.Record.ID[:]).Scan(&body))
	body = bytes.ReplaceAll(body, []byte(`"2026-11-22"`), []byte(`"2026-11-12"`))
	if !json.Valid(body) {
		w.Fatal("not a record")
	}
	w.do("UPDATE records SET body = $1 WHERE id = $2", body, op.Record.ID[:])
}

// cut takes the last visit off the first laptop's chain.
func (w *wreck) cut() {
	w.Helper()
	at := ledger.Upload{From: w.other.From, Ops: w.other.Ops[:1]}.To()
	w.do("DELETE FROM log WHERE device = $1 AND dev_seq > $2", blob(w.zhang), at.Seq)
	w.do("UPDATE devices SET hash = $1, seq = $2 WHERE id = $3", at.Hash[:], at.Seq, blob(w.zhang))
}
