package desk_test

import (
	"testing"

	"doorstep/casework"
)

func TestTheVisitCodeStaysWithTheStore(t *testing.T) {
	w := newTown(t)
	k := w.keeper(t.TempDir())
	d, err := k.Desk(t.Context(), []byte(words))
	if err != nil {
		t.Fatal(err)
	}
	if chosen, _ := d.VisitCode(); chosen {
		t.Fatal("chosen by nobody")
	}
	if err := d.SetVisitCode(t.Context(), []byte("274913")); err != nil {
		t.Fatal(err)
	}
	if err := d.ChangePassphrase(t.Context(), []byte(words), []byte("hai cao fang wei")); err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := k.Desk(t.Context(), []byte(words)); casework.CodeOf(err) != "laptop.wrong_passphrase" {
		t.Fatal("the old passphrase:", err)
	}
	if d, err = k.Desk(t.Context(), []byte("hai cao fang wei")); err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	chosen, ready := d.VisitCode()
	if err := d.TryVisitCode(t.Context(), []byte("274913")); err != nil || !chosen || !ready {
		t.Fatal(chosen, ready, err)
	}
	if err := d.TryVisitCode(t.Context(), []byte("274914")); casework.CodeOf(err) != "laptop.wrong_visit_code" {
		t.Fatal(err)
	}
}
