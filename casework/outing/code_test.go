package outing_test

import (
	"encoding/binary"
	"testing"

	"pgregory.net/rapid"

	"doorstep/casework"
	"doorstep/casework/outing"
)

// village makes n people, known one after the other, with ids as random as real ones.
func village(n int) []*casework.Person {
	out := make([]*casework.Person, n)
	for i := range out {
		var id casework.ID
		binary.BigEndian.PutUint64(id[:], uint64(i+1)*0x9e3779b97f4a7c15)
		out[i] = &casework.Person{ID: casework.RecordID{ID: id}, Known: casework.MustDay("2025-01-01").AddDays(i / 7)}
	}
	return out
}

func TestNoTwoPeopleShareACodeAndEveryCodeFindsItsPerson(t *testing.T) {
	today := monday(t)
	for _, n := range []int{1, 65, 500, 501, 3000} {
		people := village(n)
		codes := outing.NewCodes(people)
		seen := map[string]bool{}
		for _, p := range people {
			code := codes.Of(p.ID)
			if code == "" || seen[code] {
				t.Fatalf("of %d people two have the code %q", n, code)
			}
			seen[code] = true
			if n <= 500 && len(code) != 4 {
				t.Fatalf("%q is not short", code)
			}
			for _, typed := range []string{code, outing.Number(today, code)} {
				read, day, ok := outing.Read(typed, today)
				if who, found := codes.Person(read); !ok || !found || who != p.ID || typed != code && day != today {
					t.Fatalf("%q typed finds %v on %s", typed, who, day)
				}
			}
		}
	}
}

// A new person takes no code away from a sheet that is still out.
func TestWhoWasThereFirstKeepsTheCode(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := village(rapid.IntRange(2, 120).Draw(t, "people"))
		before := rapid.IntRange(1, len(all)).Draw(t, "before")
		first, then := outing.NewCodes(all[:before]), outing.NewCodes(rapid.Permutation(all).Draw(t, "order"))
		for _, p := range all[:before] {
			if a, b := first.Of(p.ID), then.Of(p.ID); a != b {
				t.Fatalf("%s became %s when %d people came", a, b, len(all)-before)
			}
		}
	})
}

func TestOneWrongDigitOrTwoExchangedAreNoticed(t *testing.T) {
	people := village(400)
	codes := outing.NewCodes(people)
	for _, p := range people {
		code := []byte(codes.Of(p.ID))
		for i := range code {
			right := code[i]
			for wrong := byte('0'); wrong <= '9'; wrong++ {
				if wrong == right {
					continue
				}
				code[i] = wrong
				if _, _, ok := outing.Read(string(code), monday(t)); ok {
					t.Fatalf("%s passes", code)
				}
			}
			code[i] = right
			if i == 0 || code[i-1] == right {
				continue
			}
			code[i], code[i-1] = code[i-1], right
			if _, _, ok := outing.Read(string(code), monday(t)); ok {
				t.Fatalf("%s passes", code)
			}
			code[i-1], code[i] = code[i], right
		}
	}
}

func TestTheNumberIsReadAsPeopleTypeIt(t *testing.T) {
	today := monday(t)
	p := village(1)[0]
	code := outing.NewCodes([]*casework.Person{p}).Of(p.ID)
	wide := ""
	for _, d := range code {
		wide += string(d + 0xFEE0)
	}
	for typed, want := range map[string]casework.Day{
		code: 0, " " + code + " ": 0, wide: 0, "1123" + code: today, "1123-" + code: today, "11-23 " + code: today, "１１２３－" + wide: today,
		"1124" + code: today.AddDays(1), // printed in the evening before
		"1125" + code: day(t, 2025, 11, 25), "0101-" + code: day(t, 2026, 1, 1),
	} {
		if read, on, ok := outing.Read(typed, today); !ok || read != code || on != want {
			t.Errorf("%q is read as %q of %s (%v)", typed, read, on, ok)
		}
	}
	for _, typed := range []string{"", "1", "林小溪", "林" + code, "1332" + code, "0230-" + code, code + code + code, "3701" + code, "110101199003071234"} {
		if _, _, ok := outing.Read(typed, today); ok {
			t.Errorf("%q is read as a code", typed)
		}
	}
}

func day(t testing.TB, y, m, d int) casework.Day {
	t.Helper()
	out, err := casework.NewDay(y, m, d)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{"4705", "1123-4705", "０１２５", "11 23 47 05", "12345678901234"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		code, on, ok := outing.Read(text, monday(t))
		if !ok {
			return
		}
		again := code
		if on != 0 {
			again = outing.Number(on, code)
		}
		if c, d, ok := outing.Read(again, monday(t)); !ok || c != code || d != on {
			t.Fatalf("%q is %q of %s, which is %q of %s", text, code, on, c, d)
		}
	})
}
