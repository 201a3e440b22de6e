// Package lang holds every sentence a person sees, in Chinese and in English, and says
// them. Sentences are templates named by dotted keys; the files under catalogue are its
// only source. Chinese is the first language: it is what people.md was read in.
package lang

import (
	"errors"
	"maps"
	"strings"
	"sync"

	"doorstep/casework"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// Speaker says sentences in one language. It is safe for concurrent use.
type Speaker struct {
	tag       string
	plain     map[string]string // sentences without placeholders
	known     map[string]bool
	localizer *i18n.Localizer
}

// The catalogues of the two languages, each read when it is first wanted.
var catalogues = map[string]func() (map[string]forms, error){
	"zh": sync.OnceValues(func() (map[string]forms, error) { return load("zh") }),
	"en": sync.OnceValues(func() (map[string]forms, error) { return load("en") }),
}

// New is the speaker of a language: "zh" or "en", also as zh-CN, zh_CN.UTF-8 or en-GB.
// Errors: lang.unknown, lang.catalogue (a catalogue file is broken: a fault of the build).
func New(tag string) (*Speaker, error) {
	name := strings.ToLower(tag)
	if i := strings.IndexAny(name, "-_."); i >= 0 {
		name = name[:i]
	}
	catalogue, ok := catalogues[name]
	if !ok {
		return nil, casework.Problem("lang.New", "lang.unknown", "Tag", casework.CleanLine(tag, 20))
	}
	sentences, err := catalogue()
	if err != nil {
		return nil, err
	}
	s := &Speaker{tag: name, plain: make(map[string]string, len(sentences)), known: make(map[string]bool, len(sentences))}
	tongue := language.Make(name)
	bundle := i18n.NewBundle(tongue)
	for key, forms := range sentences {
		s.known[key] = true
		if forms.One == forms.Other && !strings.Contains(forms.Other, "{{") {
			s.plain[key] = forms.Other
			continue
		}
		m := &i18n.Message{ID: key, One: forms.One, Other: forms.Other}
		if err := bundle.AddMessages(tongue, m); err != nil {
			return nil, casework.Problem("lang.New", "lang.catalogue", "File", key).Because(err)
		}
	}
	s.localizer = i18n.NewLocalizer(bundle, name)
	return s, nil
}

// Tag is "zh" or "en".
func (s *Speaker) Tag() string { return s.tag }

// Has reports whether there is a sentence of that key.
func (s *Speaker) Has(key string) bool { return s.known[key] }

// Say is the sentence of a key with its placeholders filled from alternating names and
// values. A whole number named Count chooses between singular and plural where a language
// has them. A key that is nowhere is shown as "[key]", which tests look for.
func (s *Speaker) Say(key string, pairs ...any) string {
	if text, ok := s.plain[key]; ok {
		return text
	}
	args := make(map[string]any, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		name, ok := pairs[i].(string)
		if !ok {
			return "[" + key + "]"
		}
		args[name] = pairs[i+1]
	}
	return s.say(key, args)
}

func (s *Speaker) say(key string, args map[string]any) string {
	if text, ok := s.plain[key]; ok {
		return text
	}
	if !s.known[key] {
		return "[" + key + "]"
	}
	c := &i18n.LocalizeConfig{MessageID: key, TemplateData: args}
	if n, ok := args["Count"].(int); ok {
		c.PluralCount = n
	}
	text, err := s.localizer.Localize(c)
	if err != nil {
		return "[" + key + "]"
	}
	return text
}

// words puts a reason for quarantine and the label of a field (Field, and FieldEn in
// English) into the speaker's words.
func (s *Speaker) words(args casework.Args) casework.Args {
	why, _ := args["Reason"].(string)
	label, _ := args["FieldEn"].(string)
	if !s.known["reason."+why] && label == "" {
		return args
	}
	args = maps.Clone(args)
	if s.known["reason."+why] {
		args["Reason"] = s.Say("reason." + why)
	}
	if label != "" && s.tag == "en" {
		args["Field"] = label
	}
	return args
}

// Error is what a person reads about err: what happened, and what to do next. An error
// that is not ours gets a general sentence, never its own text: that may name a person.
func (s *Speaker) Error(err error) string {
	if err == nil {
		return ""
	}
	var e *casework.Error
	if !errors.As(err, &e) {
		return s.then(s.Say("error.foreign"), s.Say("error.foreign.hint"))
	}
	key := "error." + string(e.Code)
	if !s.known[key] {
		return s.then(s.Say("error.unnamed", "Code", string(e.Code)), s.Say("error.foreign.hint"))
	}
	args := s.words(e.Args)
	hint := key + ".hint"
	if e.Hint != "" {
		hint = "error." + string(e.Hint) + ".hint"
	}
	text := s.say(key, args)
	if s.known[hint] {
		text = s.then(text, s.say(hint, args))
	}
	return text
}

// then puts one sentence behind another: in Chinese the full stop brings its own space.
func (s *Speaker) then(first, next string) string {
	if s.tag == "zh" {
		return first + next
	}
	return first + " " + next
}
