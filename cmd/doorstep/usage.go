package main

import (
	"errors"
	"strings"

	"github.com/spf13/pflag"

	"doorstep/casework"
)

// usage is an error of the command line itself.
type usage struct{ err error }

func (u usage) Error() string { return u.err.Error() }
func (u usage) Unwrap() error { return u.err }

// errMissing is an option that this command cannot do without.
type errMissing string

func (e errMissing) Error() string { return "missing " + string(e) }

// errEither are options of which only one may be written.
type errEither string

func (e errEither) Error() string { return "either " + string(e) }

// mistake says in the reader's language what is wrong with a command line; otherwise it is
// the line that would have been right.
func (a *app) mistake(err error) string {
	var (
		lacks   errMissing
		either  errEither
		unknown *pflag.NotExistError
		bare    *pflag.ValueRequiredError
		invalid *pflag.InvalidValueError
	)
	say := func(key, name string) string {
		return a.speaker.Say("cmd.usage."+key, "Name", casework.CleanLine(name, 60))
	}
	option := func(name string) string { return "--" + strings.TrimLeft(name, "-") }
	switch {
	case errors.As(err, &lacks):
		return say("missing", string(lacks))
	case errors.As(err, &either):
		return say("either", string(either))
	case errors.As(err, &unknown):
		return say("unknown", option(unknown.GetSpecifiedName()))
	case errors.As(err, &bare):
		return say("value", option(bare.GetSpecifiedName()))
	case errors.As(err, &invalid):
		return say("value", option(invalid.GetFlag().Name))
	}
	return err.Error()
}
