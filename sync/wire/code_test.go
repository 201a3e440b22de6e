package wire_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"doorstep/casework"
	"doorstep/sync/wire"
)

func newCode(t testing.TB, seed byte) wire.Code {
	t.Helper()
	c, err := wire.NewCode(rand.NewChaCha8([32]byte{seed}))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestACodeIsReadAsPeopleTypeIt(t *testing.T) {
	for seed := range byte(50) {
		c := newCode(t, seed)
		wide := strings.Map(func(r rune) rune { return r + 0xFEE0 }, string(c))
		lookalike := strings.NewReplacer("1", "l", "0", "o").Replace(strings.ToLower(string(c)))
		for _, typed := range []string{c.String(), string(c), strings.ToLower(c.String()), " " + strings.ReplaceAll(c.String(), "-", " ") + " ", wide, lookalike} {
			got, err := wire.ParseCode(typed)
			if err != nil || got != c {
				t.Errorf("%q is %q: %v", typed, got, err)
			}
		}
	}
}

func TestOneWrongCharacterOrTwoThatChangedPlacesAreNoticed(t *testing.T) {
	const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	rapid.Check(t, func(t *rapid.T) {
		c, err := wire.NewCode(rand.NewChaCha8([32]byte(rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "seed"))))
		if err != nil {
			t.Fatal(err)
		}
		b := []byte(c)
		i, j := rapid.IntRange(0, 16).Draw(t, "i"), rapid.IntRange(0, 15).Draw(t, "j")
		if rapid.Bool().Draw(t, "swap") && i < 16 {
			b[i], b[j] = b[j], b[i]
		} else {
			b[i] = letters[rapid.IntRange(0, 31).Draw(t, "letter")]
		}
		if _, err := wire.ParseCode(string(b)); (err == nil) != (string(b) == string(c)) {
			t.Fatalf("%s typed as %s: %v", c, b, err)
		}
	})
}

func TestACodeSaysWhatIsWrongWithIt(t *testing.T) {
	for typed, want := range map[string]casework.Code{
		"":                      "wire.code_length",
		"ABCD":                  "wire.code_length",
		"UUUU-UUUU-UUUU-UUUU-U": "wire.code_character",
		"登记码":                   "wire.code_character",
		strings.Repeat("7", 17): "wire.code_check",
	} {
		if _, err := wire.ParseCode(typed); casework.CodeOf(err) != want {
			t.Errorf("%q: %v", typed, err)
		}
	}
}

func TestAProofHoldsForOneSideOneLineAndOneMessage(t *testing.T) {
	key, err := newCode(t, 1).Key()
	if err != nil {
		t.Fatal(err)
	}
	other, err := newCode(t, 2).Key()
	if err != nil {
		t.Fatal(err)
	}
	line, message := []byte("one connection"), []byte("one message")
	proof := wire.Proof(wire.Laptop, key, line, message)
	if !wire.Proves(wire.Laptop, key, line, message, proof) {
		t.Fatal("the proof itself does not hold")
	}
	for what, holds := range map[string]bool{
		"the other side": wire.Proves(wire.District, key, line, message, proof),
		"another code":   wire.Proves(wire.Laptop, other, line, message, proof),
		"another line":   wire.Proves(wire.Laptop, key, []byte("the line of whoever listens"), message, proof),
		"another word":   wire.Proves(wire.Laptop, key, line, []byte("another message"), proof),
		"nothing":        wire.Proves(wire.Laptop, key, line, message, nil),
	} {
		if holds {
			t.Errorf("it holds for %s", what)
		}
	}
}

func FuzzParseCode(f *testing.F) {
	f.Add(newCode(f, 1).String())
	f.Fuzz(func(t *testing.T, typed string) {
		if c, err := wire.ParseCode(typed); err == nil {
			if again, err := wire.ParseCode(c.String()); err != nil || again != c {
				t.Errorf("%q reads as %q, which reads as %q", typed, c, again)
			}
		}
	})
}

func FuzzReadApplication(f *testing.F) {
	f.Add([]byte(`{"code":"01JQ7X3M9K4T5V6W8Y2Z0ABCDE","key":"AAAA"}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		if a, err := wire.ReadApplication(b); err == nil && (len(a.Key) != 32 || a.Code.IsZero()) {
			t.Error("an application without key or code passed")
		}
	})
}
