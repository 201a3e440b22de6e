package main

import (
	"bytes"
	"fmt"
	"io"
	"os"

	"golang.org/x/term"

	"doorstep/casework"
)

// maxPassphraseFile is the most bytes read from a passphrase file.
const maxPassphraseFile = 4096

// passphrase comes from the file named by the settings, else from the terminal, unseen.
func (a *app) passphrase() ([]byte, error) {
	if a.cfg.PassphraseFile != "" {
		return passphraseIn(a.cfg.PassphraseFile)
	}
	return a.typed("cmd.passphrase")
}

// passphraseIn is the one line of a file.
func passphraseIn(file string) ([]byte, error) {
	const op = "doorstep.passphrase"
	f, err := os.Open(file)
	if err != nil {
		return nil, casework.Problem(op, "cmd.passphrase_file").Because(err)
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxPassphraseFile))
	if err != nil {
		return nil, casework.Problem(op, "cmd.passphrase_file").Because(err)
	}
	b = bytes.TrimPrefix(bytes.TrimRight(b, "\r\n"), []byte("\xef\xbb\xbf"))
	if len(b) == 0 {
		return nil, casework.Problem(op, "cmd.passphrase_empty")
	}
	return b, nil
}

// typed asks in the terminal; what is typed is not seen.
func (a *app) typed(question string) ([]byte, error) {
	const op = "doorstep.passphrase"
	fd := int(a.in.Fd())
	if !term.IsTerminal(fd) {
		return nil, casework.Problem(op, "cmd.passphrase_needed")
	}
	fmt.Fprint(a.err, a.speaker.Say(question))
	b, err := term.ReadPassword(fd)
	fmt.Fprintln(a.err)
	if err != nil {
		return nil, casework.Problem(op, "cmd.passphrase_needed").Because(err)
	}
	if len(b) == 0 {
		return nil, casework.Problem(op, "cmd.passphrase_empty")
	}
	return b, nil
}
