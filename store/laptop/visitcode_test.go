package laptop

import (
	"testing"

	"doorstep/casework"
)

func TestSixDigitsBringAnOpenVisitBack(t *testing.T) {
	s := newStore(t, 1)
	if chosen, ready := s.HasVisitCode(); chosen || ready {
		t.Fatal("a code nobody chose")
	}
	wants(t, s.CheckVisitCode([]byte("274913")), "laptop.visit_code_spent")
	for code, want := range map[string]casework.Code{
		"": "laptop.visit_code", "27491": "laptop.visit_code", "2749133": "laptop.visit_code", "27491a": "laptop.visit_code",
		"111111": "laptop.visit_code_easy", "123456": "laptop.visit_code_easy", "987654": "laptop.visit_code_easy",
	} {
		wants(t, s.SetVisitCode(t.Context(), []byte(code)), want)
	}
	try(t, s.SetVisitCode(t.Context(), []byte("２７４９１３"))) // the input method was on
	for range 2 {
		try(t, s.CheckVisitCode([]byte("274913")))
		wants(t, s.CheckVisitCode([]byte("274914")), "laptop.wrong_visit_code")
		try(t, s.CheckVisitCode([]byte(" ２７４９１３ ")))
		s = again(t, s)
	}
}

func TestThreeWrongVisitCodesAskForThePassphrase(t *testing.T) {
	s := newStore(t, 2)
	try(t, s.SetVisitCode(t.Context(), []byte("274913")))
	for left := 2; left > 0; left-- {
		err := s.CheckVisitCode([]byte("000001"))
		wants(t, err, "laptop.wrong_visit_code")
		sentence(t, err)
	}
	wants(t, s.CheckVisitCode([]byte("000002")), "laptop.visit_code_spent")
	wants(t, s.CheckVisitCode([]byte("274913")), "laptop.visit_code_spent")
	if chosen, ready := s.HasVisitCode(); !chosen || ready {
		t.Fatal("it may be tried for ever")
	}
	wants(t, s.Check(t.Context(), []byte("wrong one")), "laptop.wrong_passphrase")
	wants(t, s.CheckVisitCode([]byte("274913")), "laptop.visit_code_spent")
	try(t, s.Check(t.Context(), secret))
	try(t, s.CheckVisitCode([]byte("274913")))
	try(t, s.Rekey(t.Context(), secret, nil))
	try(t, s.SetVisitCode(t.Context(), []byte("830275")))
	wants(t, s.CheckVisitCode([]byte("274913")), "laptop.wrong_visit_code")
	search(t, s.dir, []string{"830275", "274913"})
}
