package desk

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"doorstep/casework"
	"doorstep/tui/book"
)

// Two people on one laptop have two folders, each with keys of its own:
//
//	HOME/store       the first one's
//	HOME/stores/2    the next one's, and so on
//
// and in each a file "label" with the word by which she chooses it, which anybody can read.
const (
	labelFile = "label"
	firstDir  = "store"
	othersDir = "stores"
	labelLong = 12 // characters
	labelMost = 64 // bytes of the file that are read
)

var _ book.Chooser = (*Keeper)(nil)

// folders are the stores below Home, in order of making.
func (k *Keeper) folders() []string {
	out := []string{filepath.Join(k.Home, firstDir)}
	if !made(out[0]) {
		out = nil
	}
	for n := 2; n <= 99; n++ {
		if dir := k.numbered(n); made(dir) {
			out = append(out, dir)
		}
	}
	return out
}

func (k *Keeper) numbered(n int) string {
	return filepath.Join(k.Home, othersDir, strconv.Itoa(n))
}

// Stores implements book.Chooser. Where a folder was named on the command line there is
// nothing to choose.
func (k *Keeper) Stores() (labels []string, at int) {
	if k.Home == "" {
		return nil, 0
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	for i, dir := range k.folders() {
		labels = append(labels, labelOf(dir))
		if dir == k.Dir {
			at = i
		}
	}
	return labels, at
}

// labelOf reads the word of a store; "" without one.
func labelOf(dir string) string {
	b, err := os.ReadFile(filepath.Join(dir, labelFile))
	if err != nil {
		return ""
	}
	return casework.CleanLine(string(b[:min(len(b), labelMost)]), labelLong)
}

// Choose implements book.Chooser.
func (k *Keeper) Choose(i int) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	all := k.folders()
	if k.Home == "" || k.open != nil || i < 0 || i >= len(all) {
		return casework.Problem("desk.Choose", "laptop.no_store")
	}
	k.moveTo(all[i], "")
	return nil
}

func (k *Keeper) moveTo(dir, label string) {
	k.Dir, k.label = dir, label
	if k.Moved != nil {
		k.Moved(dir)
	}
}

// Add implements book.Chooser. Error: locks.label.
func (k *Keeper) Add(label string) error {
	const op = "desk.Add"
	label = casework.CleanLine(label, labelLong)
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.Home == "" || k.open != nil || !ordinary(label) {
		return casework.Problem(op, "locks.label")
	}
	for _, dir := range k.folders() {
		if labelOf(dir) == label {
			return casework.Problem(op, "locks.label")
		}
	}
	for n := 2; n <= 99; n++ {
		if dir := k.numbered(n); !made(dir) {
			k.moveTo(dir, label)
			return nil
		}
	}
	return casework.Problem(op, "locks.label")
}

// ordinary reports a word that may stand outside of the seal: some letters, no numbers.
func ordinary(label string) bool {
	digits := strings.IndexFunc(label, unicode.IsDigit) >= 0
	return label != "" && utf8.ValidString(label) && !digits && strings.IndexFunc(label, unicode.IsLetter) >= 0
}

// named writes the label of a store that was just made.
func (k *Keeper) named() error {
	if k.label == "" {
		return nil
	}
	if err := os.WriteFile(filepath.Join(k.Dir, labelFile), []byte(k.label+"\n"), 0o600); err != nil {
		return casework.Problem("desk.Desk", "laptop.disk").Because(err)
	}
	k.label = ""
	return nil
}
