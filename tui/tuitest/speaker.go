package tuitest

import (
	"strings"
	"testing"

	"doorstep/casework/lang"
	"doorstep/tui/stage"
)

// Speaker speaks from the catalogue. A key that is missing there fails the test.
func Speaker(t testing.TB, language string) stage.Speaker {
	t.Helper()
	s, err := lang.New(language)
	if err != nil {
		t.Fatal(err)
	}
	return speaker{t: t, Speaker: s}
}

type speaker struct {
	t testing.TB
	*lang.Speaker
}

func (s speaker) Say(key string, pairs ...any) string {
	text := s.Speaker.Say(key, pairs...)
	if strings.HasPrefix(text, "[") || strings.Contains(text, "<no value>") {
		s.t.Errorf("the catalogue cannot say %q: %s", key, text)
	}
	return text
}
