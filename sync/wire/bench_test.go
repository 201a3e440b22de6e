package wire_test

import (
	"testing"

	"doorstep/sync/wire"
)

func BenchmarkThirtyVisits(b *testing.B) {
	l := laptop(1)
	up := upload(b, l, 30)
	plain := 0
	for _, op := range up.Ops {
		plain += len(op)
	}
	batch := pack(b, l, up)
	said := answerTo(up)
	answer, err := wire.Seal(said, batch, districtSigns)
	if err != nil {
		b.Fatal(err)
	}
	whole := batch.Bytes()
	visits := float64(len(up.Ops))
	b.Run("pack", func(b *testing.B) {
		for b.Loop() {
			if _, err := wire.Pack(home, up, l.Sign); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(plain)/visits, "JSON-bytes/visit")
		b.ReportMetric(float64(len(whole))/visits, "bytes/visit")
	})
	b.Run("open", func(b *testing.B) {
		for b.Loop() {
			if _, _, err := wire.Open(whole, l.PublicKey()); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("seal", func(b *testing.B) {
		for b.Loop() {
			if _, err := wire.Seal(said, batch, districtSigns); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(len(answer))/visits, "bytes/visit")
	})
}
