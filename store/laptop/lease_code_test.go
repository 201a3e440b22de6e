package laptop

import (
	"bytes"
	"context"
	"testing"
	"time"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

func TestACodeOverTheTelephoneOpensThreeDaysOnce(t *testing.T) {
	s, d, c := leased(t, t.TempDir()+"/s", 64)
	who, old := household(t, s, d)
	c.set(onDay(40)) // away for so long that the clock alone is not believed
	if readable(t, s, who, old) {
		t.Fatal("open after the lease")
	}
	request, err := s.Request(t.Context())
	try(t, err)
	code := ledger.ExtensionCode(d.key, s.Device(), request)
	until, err := s.Extend(t.Context(), code[:4]+" "+code[4:], 2)
	if err != nil || until.Sub(onDay(43)).Abs() > time.Minute || !readable(t, s, who, old) {
		t.Fatalf("until %v, %v", until, err)
	}
	s = again(t, s)
	c.set(onDay(43).Add(-time.Hour))
	if !readable(t, s, who, old) {
		t.Fatal("closed before the three days were over")
	}
	c.set(onDay(44))
	if readable(t, s, who, old) {
		t.Fatal("open after the three days")
	}
	c.set(onDay(41))
	if readable(t, s, who, old) {
		t.Fatal("setting the clock back opens what is over")
	}
	c.set(onDay(45))
	_, err = s.Extend(t.Context(), code, 2)
	wants(t, err, "laptop.no_request") // nobody has asked for one
	if r, err := s.Request(t.Context()); err != nil || r == request {
		t.Fatalf("request %s again: %v", r, err)
	}
	_, err = s.Extend(t.Context(), code, 2)
	wants(t, err, "laptop.wrong_code")
	_, err = d.call(t, s)
	try(t, err)
	c.set(onDay(49))
	_, err = d.call(t, s)
	wants(t, err, "laptop.calls_spent")
	d.now = onDay(49)
	talk(t, s, d.office)
	_, err = d.call(t, s)
	try(t, err) // she has been heard of: it counts from the start
}

func TestWrongCodesWaitLongerAndNeverLock(t *testing.T) {
	s, d, c := leased(t, t.TempDir()+"/s", 65)
	household(t, s, d)
	c.set(onDay(20))
	var waited []time.Duration
	s.o.Sleep = func(_ context.Context, d time.Duration) error {
		waited = append(waited, d.Round(time.Second))
		return nil
	}
	request, err := s.Request(t.Context())
	try(t, err)
	right := ledger.ExtensionCode(d.key, s.Device(), request)
	wrong := ledger.ExtensionCode(d.key, s.Device(), "000000")
	for range 12 {
		_, err := s.Extend(t.Context(), wrong, 2)
		wants(t, err, "laptop.wrong_code")
		sleep := s.o.Sleep
		s = again(t, s)
		s.o.Sleep = sleep
	}
	if len(waited) < 5 || waited[len(waited)-1] > time.Minute || waited[len(waited)-1] < 40*time.Second {
		t.Fatalf("waited %v", waited)
	}
	misheard := string('0'+(right[0]-'0'+1)%10) + right[1:]
	n := len(waited)
	_, err = s.Extend(t.Context(), misheard, 2)
	wants(t, err, "ledger.code_misheard")
	if len(waited) != n {
		t.Fatal("a misheard digit cost time")
	}
	if _, err := s.Extend(t.Context(), right, 2); err != nil {
		t.Fatal(err)
	}
}

func TestALeaseFileIsForOneLaptopAndNewerThanTheLast(t *testing.T) {
	s, d, c := leased(t, t.TempDir()+"/s", 66)
	who, old := household(t, s, d)
	other, _, _ := leased(t, t.TempDir()+"/s", 67)
	d.now = onDay(18)
	first, second := d.file(t, s, 7), d.file(t, s, 9)
	c.set(onDay(20))
	for _, bad := range []struct {
		file []byte
		code casework.Code
	}{
		{[]byte("not a lease"), "ledger.lease_file"},
		{bytes.Replace(second, []byte("2026"), []byte("2027"), 1), "ledger.lease_forged"},
		{d.file(t, other, 7), "laptop.lease_other_device"},
	} {
		_, err := s.ReadLease(t.Context(), bad.file)
		wants(t, err, bad.code)
		if readable(t, s, who, old) {
			t.Fatalf("%s opens the files", bad.code)
		}
	}
	until, err := s.ReadLease(t.Context(), second)
	if err != nil || !until.Equal(onDay(27)) || !readable(t, s, who, old) {
		t.Fatalf("until %v, %v", until, err)
	}
	_, err = s.ReadLease(t.Context(), second)
	wants(t, err, "laptop.lease_twice")
	_, err = s.ReadLease(t.Context(), first)
	wants(t, err, "laptop.lease_older")
	c.set(onDay(28))
	if readable(t, s, who, old) {
		t.Fatal("open after the file's end")
	}
	d.now = onDay(20)
	_, err = s.ReadLease(t.Context(), d.file(t, s, 5))
	wants(t, err, "laptop.lease_over")
}
