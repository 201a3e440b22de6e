package ledger_test

import (
	"bytes"
	"crypto/ed25519"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

func numbers(seed byte) *rand.ChaCha8 { return rand.NewChaCha8([32]byte{seed}) }

var telephone = []byte("sixteen bytes ok")

func TestACodeIsForOneLaptopAndOneRequest(t *testing.T) {
	a, b := casework.DeviceID{ID: casework.ID{1}}, casework.DeviceID{ID: casework.ID{2}}
	r := numbers(1)
	request, err := ledger.NewRequest(r)
	if err != nil {
		t.Fatal(err)
	}
	other, err := ledger.NewRequest(r)
	if err != nil {
		t.Fatal(err)
	}
	code := ledger.ExtensionCode(telephone, a, request)
	if len(request) != 6 || len(code) != 8 {
		t.Fatalf("request %q, code %q", request, code)
	}
	if !ledger.Answers(telephone, a, request, code) {
		t.Fatal("its own code does not fit")
	}
	if ledger.Answers(telephone, b, request, code) || ledger.Answers(telephone, a, other, code) || ledger.Answers([]byte("another key 16 b"), a, request, code) {
		t.Fatal("the code opens more than it was made for")
	}
}

// Someone who says 一 and 七 on a bad line: every single wrong digit, and every two that
// change places, is noticed before it counts as a wrong code.
func TestAMisheardDigitIsNoticed(t *testing.T) {
	r := numbers(2)
	for range 200 {
		request, err := ledger.NewRequest(r)
		if err != nil {
			t.Fatal(err)
		}
		code := ledger.ExtensionCode(telephone, casework.DeviceID{}, request)
		if got, err := ledger.ReadExtensionCode(" " + code[:4] + "－" + code[4:]); err != nil || got != code {
			t.Fatalf("%q read as %q: %v", code, got, err)
		}
		for i := range code {
			for d := byte('0'); d <= '9'; d++ {
				wrong := code[:i] + string(d) + code[i+1:]
				if _, err := ledger.ReadExtensionCode(wrong); (err == nil) != (wrong == code) {
					t.Fatalf("%q for %q: %v", wrong, code, err)
				}
			}
			if i > 0 && code[i] != code[i-1] {
				wrong := code[:i-1] + string(code[i]) + string(code[i-1]) + code[i+1:]
				if _, err := ledger.ReadExtensionCode(wrong); casework.CodeOf(err) != "ledger.code_misheard" {
					t.Fatalf("%q for %q: %v", wrong, code, err)
				}
			}
		}
		if _, err := ledger.ReadRequest(request); err != nil {
			t.Fatal(err)
		}
	}
	for _, short := range []string{"", "12345", "1234567", "12a456"} {
		if _, err := ledger.ReadRequest(short); casework.CodeOf(err) != "ledger.request_length" {
			t.Errorf("%q: %v", short, err)
		}
	}
	if _, err := ledger.ReadExtensionCode("1234567"); casework.CodeOf(err) != "ledger.code_length" {
		t.Error(err)
	}
}

func leaseFile() ledger.LeaseFile {
	at := time.Date(2026, 12, 10, 9, 0, 0, 0, time.UTC)
	return ledger.LeaseFile{Number: 3, District: casework.ID{7}, Device: casework.DeviceID{ID: casework.ID{1}}, Issued: at, Until: at.AddDate(0, 0, 7)}
}

func leaseKey(seed byte) ed25519.PrivateKey {
	return ed25519.NewKeyFromSeed(bytes.Repeat([]byte{seed}, 32))
}

func signer(k ed25519.PrivateKey) func([]byte) ([]byte, error) {
	return func(m []byte) ([]byte, error) { return ed25519.Sign(k, m), nil }
}

func TestALeaseFileSurvivesNotepadAndNothingElse(t *testing.T) {
	key := leaseKey(1)
	public := key.Public().(ed25519.PublicKey)
	b, err := leaseFile().Sign(signer(key))
	if err != nil {
		t.Fatal(err)
	}
	for _, whole := range [][]byte{b, bytes.ReplaceAll(b, []byte("\n"), []byte("\r\n")), bytes.TrimSpace(b)} {
		if got, err := ledger.OpenLeaseFile(whole, public); err != nil || got != leaseFile() {
			t.Fatalf("%+v %v", got, err)
		}
	}
	longer := bytes.Replace(b, []byte("2026-12-17"), []byte("2026-12-19"), 1)
	if _, err := ledger.OpenLeaseFile(longer, public); casework.CodeOf(err) != "ledger.lease_forged" {
		t.Error(err)
	}
	if _, err := ledger.OpenLeaseFile(b, leaseKey(2).Public().(ed25519.PublicKey)); casework.CodeOf(err) != "ledger.lease_forged" {
		t.Error(err)
	}
	for _, none := range []string{"", "PK\x03\x04", string(b[:len(b)-20]), strings.Repeat("x", ledger.MaxLeaseFileBytes+1)} {
		if _, err := ledger.OpenLeaseFile([]byte(none), public); casework.CodeOf(err) != "ledger.lease_file" {
			t.Errorf("%.20q: %v", none, err)
		}
	}
	long := leaseFile()
	long.Until = long.Issued.AddDate(0, 0, 31)
	if _, err := long.Sign(signer(key)); casework.CodeOf(err) != "ledger.lease_days" {
		t.Error(err)
	}
}

func FuzzLeaseFile(f *testing.F) {
	key := leaseKey(1)
	b, err := leaseFile().Sign(signer(key))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Add([]byte("doorstep-lease/1\n{}\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		got, err := ledger.OpenLeaseFile(b, key.Public().(ed25519.PublicKey))
		if err == nil && got != leaseFile() {
			t.Fatalf("it says what nobody signed: %+v", got)
		}
		if err != nil && casework.CodeOf(err) == "" {
			t.Fatal(err)
		}
	})
}
