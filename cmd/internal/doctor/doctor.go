// Package doctor looks at what the program stands on: the window, the input method, the
// clock, the disk, the store and its keys, and what has reached the district. It says of
// each whether it is good and what to do, and never fails itself: a look that crashes or
// hangs is a finding like any other. Nothing it says is about a person: numbers, codes and
// times only.
package doctor

import (
	"context"
	"os"
	"runtime"
	"time"

	"doorstep/casework"
	"doorstep/casework/lang"
	"doorstep/store/laptop"
)

// Verdict is how something stands.
type Verdict string

// The verdicts.
const (
	Good   Verdict = "good"
	Notice Verdict = "notice"
	Bad    Verdict = "bad"
)

// Line is one finding.
type Line struct {
	Topic   string         `json:"topic"`   // a key of casework/lang behind "doctor.topic."
	Verdict Verdict        `json:"verdict"` //
	Finding string         `json:"finding"` // a key behind "doctor."
	Facts   map[string]any `json:"facts,omitempty"`
	Do      string         `json:"do,omitempty"` // a key behind "doctor.do."; "" nothing to do
}

// Report is everything that was found.
type Report struct {
	Program string    `json:"program"` // its version
	System  string    `json:"system"`
	Machine string    `json:"machine"`
	At      time.Time `json:"at"`
	Lines   []Line    `json:"lines"`
}

// Patient is what is looked at.
type Patient struct {
	Program  string
	Now      casework.Clock
	Environ  []string
	In, Out  *os.File
	Settings error  // why the settings could not be read; nil: they could
	Store    string // folder of the store; "" none
	Outbox   string // folder of its outbox; "" below it
	Stores   int    // of people on this laptop
	// Open opens the store; nil: nobody gave a passphrase.
	Open func(ctx context.Context) (*laptop.Store, error)

	patience time.Duration // for one look; 0: the constant of this name
}

// patience is how long one look may take. A folder on a disk that does not answer hangs for ever.
const patience = 30 * time.Second

// Examine looks at everything, one after another.
func Examine(ctx context.Context, p Patient) Report {
	r := Report{Program: p.Program, System: runtime.GOOS, Machine: runtime.GOARCH, At: p.Now().UTC().Truncate(time.Second)}
	seen := laptop.Inventory{}
	var status *laptop.Status
	for _, look := range []struct {
		topic string
		at    func(ctx context.Context) []Line
	}{
		{"settings", func(context.Context) []Line { return p.settings() }},
		{"window", func(context.Context) []Line { return p.window() }},
		{"typing", func(context.Context) []Line { return p.typing() }},
		{"store", func(context.Context) []Line { return p.folder(&seen) }},
		{"keys", func(context.Context) []Line { return p.keys(seen) }},
		{"open", func(ctx context.Context) []Line { return p.open(ctx, seen, &status) }},
		{"clock", func(context.Context) []Line { return p.clock(seen, status) }},
		{"disk", func(context.Context) []Line { return p.disk() }},
		{"lying", func(context.Context) []Line { return lying(seen, status) }},
		{"upload", func(context.Context) []Line { return p.upload(status) }},
	} {
		r.Lines = append(r.Lines, p.careful(ctx, look.topic, look.at)...)
	}
	return r
}

// careful makes findings of a crash and of a look that does not end.
func (p Patient) careful(ctx context.Context, topic string, look func(ctx context.Context) []Line) []Line {
	wait := p.patience
	if wait == 0 {
		wait = patience
	}
	ctx, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	done := make(chan []Line, 1)
	go func() {
		defer func() {
			if recover() != nil { // the value may hold what somebody typed
				done <- []Line{{Topic: topic, Verdict: Bad, Finding: "crashed", Do: "tell"}}
			}
		}()
		done <- look(ctx)
	}()
	select {
	case lines := <-done:
		for i := range lines {
			lines[i].Topic = topic
		}
		return lines
	case <-ctx.Done():
		return []Line{{Topic: topic, Verdict: Bad, Finding: "hangs", Facts: map[string]any{"Seconds": int(wait.Seconds())}, Do: "restart"}}
	}
}

// Worst is the worst verdict.
func (r Report) Worst() Verdict {
	worst := Good
	for _, l := range r.Lines {
		if l.Verdict == Bad || l.Verdict == Notice && worst == Good {
			worst = l.Verdict
		}
	}
	return worst
}

// Words are the lines as a person reads them, in the language of the speaker.
func (r Report) Words(sp *lang.Speaker) []string {
	out := []string{sp.Say("doctor.head", "Program", r.Program, "System", r.System, "Machine", r.Machine, "Time", r.At.In(casework.Shanghai).Format("2006-01-02 15:04:05")), ""}
	for _, l := range r.Lines {
		out = append(out, sp.Say("doctor.line", "Verdict", sp.Say("doctor.verdict."+string(l.Verdict)), "Topic", sp.Say("doctor.topic."+l.Topic), "Says", sp.Say("doctor."+l.Finding, l.pairs(sp)...)))
		if l.Do != "" {
			out = append(out, "      "+sp.Say("doctor.do", "What", sp.Say("doctor.do."+l.Do)))
		}
	}
	return append(out, "", sp.Say("doctor.worst."+string(r.Worst())))
}

// pairs are the facts for a sentence. A code of an error becomes its sentence.
func (l Line) pairs(sp *lang.Speaker) []any {
	var out []any
	for k, v := range l.Facts {
		if code, ok := v.(casework.Code); ok {
			v = sp.Say("error." + string(code))
			if l.Do == "" {
				v = sp.Error(casework.Problem("doctor.pairs", code))
			}
		}
		out = append(out, k, v)
	}
	return out
}

func one(v Verdict, finding, do string, facts ...any) []Line {
	l := Line{Verdict: v, Finding: finding, Do: do}
	for i := 0; i+1 < len(facts); i += 2 {
		if l.Facts == nil {
			l.Facts = map[string]any{}
		}
		l.Facts[facts[i].(string)] = facts[i+1]
	}
	return []Line{l}
}
