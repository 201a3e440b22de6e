package districtapp

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"doorstep/casework"
	"doorstep/casework/lang"
	"doorstep/cmd/internal/config"

	"github.com/spf13/cobra"
)

// Exit codes of Run.
const (
	ExitDone    = 0
	ExitProblem = 1 // told in one sentence on stderr
	ExitUsage   = 2 // the command line was not understood
)

// Program is the command district with what it takes from outside. Now and Rand are needed.
type Program struct {
	OpenDB OpenDB // nil: SQLite alone
	Now    casework.Clock
	Rand   io.Reader
}

// Run runs one command line, without the program's name, and gives the exit code. A
// serving district ends when ctx does.
func (p Program) Run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	s := &shell{p: p, out: stdout, err: stderr}
	if err := s.speak(spoken(args)); err != nil {
		_ = s.speak("zh")
	}
	root := s.root()
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return ExitDone
	}
	fmt.Fprintln(stderr, s.sp.Error(err))
	var wrong *usage
	if errors.As(err, &wrong) {
		return ExitUsage
	}
	return ExitProblem
}

// spoken is the language that a command line asks for, or the environment. It is looked
// up before anything else is understood, so that even that is told in this language.
func spoken(args []string) string {
	for i, a := range args {
		if v, ok := strings.CutPrefix(a, "--lang="); ok {
			return v
		}
		if a == "--lang" && i+1 < len(args) {
			return args[i+1]
		}
	}
	if v := os.Getenv("DISTRICT_LANG"); v != "" {
		return v
	}
	return "zh"
}

// shell is one run of a command line.
type shell struct {
	p        Program
	out, err io.Writer
	sp       *lang.Speaker
	c        config.District
}

func (s *shell) speak(tag string) error {
	sp, err := lang.New(tag)
	if err == nil {
		s.sp = sp
	}
	return err
}

func (s *shell) say(key string, pairs ...any) string { return s.sp.Say("districtapp."+key, pairs...) }

func (s *shell) print(key string, pairs ...any) { fmt.Fprintln(s.out, s.say(key, pairs...)) }

// document prints one JSON document on one line.
func (s *shell) document(v any) error {
	e := json.NewEncoder(s.out)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

// usage is an error in how the command was written.
type usage struct{ err error }

func (u *usage) Error() string { return u.err.Error() }
func (u *usage) Unwrap() error { return u.err }

// wrong makes an error one of usage; nil stays nil.
func wrong(err error) error {
	if err == nil {
		return nil
	}
	return &usage{err}
}

// options are those of the folder that the command line names.
func (s *shell) options() Options {
	return Options{Data: s.c.Data, DB: s.c.DB, OpenDB: s.p.OpenDB, Now: s.p.Now, Rand: s.p.Rand}
}

// with opens the district for a command.
func (s *shell) with(do func(*cobra.Command, []string, *App) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		a, err := Open(cmd.Context(), s.options())
		if err != nil {
			return err
		}
		return errors.Join(do(cmd, args, a), a.Close())
	}
}
