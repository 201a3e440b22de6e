package replica_test

import (
	"testing"

	"doorstep/sync/reference"
	"doorstep/sync/replica"
)

// BenchmarkDay is one day's 30 visits over a live TLS connection on this computer, to a
// district in memory: what the line itself costs.
func BenchmarkDay(b *testing.B) {
	w := newWorld(b)
	l, c := w.enrolled()
	p := w.person(l, "林小溪")
	w.exchange(c)
	bytes, visits := int64(0), 0
	for b.Loop() {
		b.StopTimer()
		w.visits(l, p, 30)
		b.StartTimer()
		r := w.exchange(c)
		bytes += r.Up + r.Down
		visits += r.Sent
	}
	b.ReportMetric(float64(bytes)/float64(visits), "bytes/visit")
	b.ReportMetric(float64(visits)/b.Elapsed().Seconds(), "visits/s")
}

// BenchmarkPush sends 2,000 visits at once.
func BenchmarkPush(b *testing.B) {
	w := newWorld(b)
	visits := 0
	for b.Loop() {
		b.StopTimer()
		l, c := w.enrolled()
		w.visits(l, w.person(l, "林小溪"), 2000)
		b.StartTimer()
		visits += w.exchange(c).Sent
		b.StopTimer()
		c.Close()
		b.StartTimer()
	}
	b.ReportMetric(float64(visits)/b.Elapsed().Seconds(), "visits/s")
}

// BenchmarkFirstSync fetches a village of 2,000 records onto a new laptop.
func BenchmarkFirstSync(b *testing.B) {
	w := newWorld(b)
	writer, c := w.enrolled()
	w.visits(writer, w.person(writer, "林小溪"), 1999)
	w.exchange(c)
	var bytes int64
	records := 0
	for b.Loop() {
		b.StopTimer()
		l := reference.NewLaptop(w.rand, w.clock)
		c := w.client(l)
		if _, err := c.Enrol(b.Context(), w.address, w.invite()); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		var r replica.Report = w.exchange(c)
		bytes += r.Down
		records += r.Puts
		b.StopTimer()
		c.Close()
		b.StartTimer()
	}
	b.ReportMetric(float64(bytes)/float64(records), "bytes/record")
	b.ReportMetric(float64(records)/b.Elapsed().Seconds(), "records/s")
}
