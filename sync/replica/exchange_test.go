package replica_test

import (
	"context"
	"testing"
	"time"

	"doorstep/casework"
	"doorstep/casework/ledger"
	"doorstep/sync/hub"
	"doorstep/sync/reference"
	"doorstep/sync/replica"
)

func TestThirtyVisitsCostOneRoundTrip(t *testing.T) {
	w := newWorld(t)
	l, c := w.enrolled()
	p := w.person(l, "林小溪")
	w.exchange(c)
	w.visits(l, p, 30)
	r := w.exchange(c)
	if r.RoundTrips != 1 || r.Sent != 30 || r.Aside != 0 {
		t.Fatalf("%d round trips, %d sent, %d aside", r.RoundTrips, r.Sent, r.Aside)
	}
	t.Logf("30 visits: %d bytes up, %d down, %d a visit both ways", r.Up, r.Down, (r.Up+r.Down)/30)
	w.same(l)
	if s := c.State(); s.Kind != replica.Received || s.At.IsZero() {
		t.Errorf("the status line would say %+v", s)
	}
}

func TestWorkFromBeforeEnrolmentArrives(t *testing.T) {
	w := newWorld(t)
	l := reference.NewLaptop(w.rand, w.clock)
	w.visits(l, w.person(l, "买买提·吐尔逊"), 3)
	c := w.client(l)
	if _, err := c.Enrol(context.Background(), w.address, w.invite()); err != nil {
		t.Fatal(err)
	}
	if r := w.exchange(c); r.Sent != 4 || r.Aside != 0 {
		t.Errorf("%+v", r)
	}
	w.same(l)
}

func TestAMonthOfWorkGoesInSeveralBatches(t *testing.T) {
	w := newWorld(t)
	l, c := w.enrolled()
	w.visits(l, w.person(l, "𠮷田禾"), 450)
	r := w.exchange(c)
	if r.Sent < 451 || r.RoundTrips < 6 {
		t.Errorf("%+v", r)
	}
	w.same(l)
}

func TestTheSameBatchAgainIsOnce(t *testing.T) {
	w := newWorld(t)
	l, c := w.enrolled()
	w.visits(l, w.person(l, "㐂多"), 5)
	image := l.Clone()
	w.exchange(c)
	first := w.district.Log()
	for range 10 { // the laptop whose answers were all lost
		again := w.client(image.Clone())
		w.exchange(again)
	}
	if got := w.district.Log(); len(got) != len(first) {
		t.Errorf("the log grew from %d to %d", len(first), len(got))
	}
	w.same(l)
}

func TestALaptopThatWasNeverEnrolledSaysSo(t *testing.T) {
	w := newWorld(t)
	stranger := w.client(reference.NewLaptop(w.rand, w.clock))
	if _, err := stranger.Exchange(context.Background()); casework.CodeOf(err) != "replica.not_enrolled" {
		t.Errorf("%v", err)
	}
	if stranger.State().Kind != replica.NotEnrolled {
		t.Errorf("%+v", stranger.State())
	}
}

func TestWrongClocksDoNotMatter(t *testing.T) {
	for _, wrong := range []time.Time{time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2099, 7, 1, 0, 0, 0, 0, time.UTC)} {
		w := newWorld(t)
		l, _ := w.enrolled()
		c := w.client(l, func(o *replica.Options) { o.Now = func() time.Time { return wrong } })
		w.visits(l, w.person(l, "林小溪"), 2)
		w.exchange(c)
		w.exchange(c)
		w.same(l)
	}
}

func TestASecondConnectionIsCheaper(t *testing.T) {
	w := newWorld(t)
	_, c := w.enrolled()
	first := w.exchange(c)
	c.Close() // the line is gone, its TLS session is not
	second := w.exchange(c)
	t.Logf("%d bytes with a full handshake, %d resumed", first.Up+first.Down, second.Up+second.Down)
	if second.Up+second.Down+300 > first.Up+first.Down { // certificates and signatures do not travel again
		t.Error("the session was not resumed")
	}
}

func TestADistrictFoundedAnewAtTheSameAddress(t *testing.T) {
	w := newWorld(t)
	l, c := w.enrolled()
	w.exchange(c)
	keys, err := hub.NewAuthority(w.rand, w.clock)
	if err != nil {
		t.Fatal(err)
	}
	old := w.address
	w.stop()
	w.keys = keys
	w.district = reference.NewDistrict(ledger.District{ID: casework.ID{7}, Name: "环翠区", Area: "371002000000", Incarnation: 1})
	w.serveAt(old)
	if _, err := c.Exchange(t.Context()); casework.CodeOf(err) != "replica.wrong_server" {
		t.Errorf("before she enrols anew: %v", err)
	}
	if _, err := c.Enrol(t.Context(), old, w.invite()); err != nil {
		t.Fatal(err)
	}
	w.person(l, "林小溪")
	if _, err := c.Exchange(t.Context()); err != nil && casework.CodeOf(err) != "replica.older_answer" {
		t.Errorf("afterwards: %v", err) // the answers of the model count from 1 again
	}
}
