package keymap

import (
	"fmt"
	"slices"
	"strings"
)

// Table is the whole of what can be done, place by place. It never changes.
type Table struct {
	places []Place
	byKey  map[Place]map[string]Command
	list   map[Place][]Command
}

// New puts lists of commands together. It refuses, naming the command: a missing or
// doubled id in one place, a missing label, a key bound twice in one place, a command
// reached by bare letters or by F-keys alone, and Ctrl keys that terminals send as something else.
// A place may bind a key that the program itself binds; there, the place wins.
func New(lists ...[]Command) (*Table, error) {
	t := &Table{byKey: map[Place]map[string]Command{}, list: map[Place][]Command{}}
	for _, list := range lists {
		for _, c := range list {
			if err := t.add(c); err != nil {
				return nil, err
			}
		}
	}
	return t, nil
}

// Must is New for tables that are written down in the program: it panics.
func Must(lists ...[]Command) *Table {
	t, err := New(lists...)
	if err != nil {
		panic(err)
	}
	return t
}

func (t *Table) add(c Command) error {
	if err := check(c); err != nil {
		return fmt.Errorf("keymap: %s/%s: %w", c.Where, c.ID, err)
	}
	if t.byKey[c.Where] == nil {
		t.byKey[c.Where] = map[string]Command{}
		t.places = append(t.places, c.Where)
	}
	for _, other := range t.list[c.Where] {
		if other.ID == c.ID {
			return fmt.Errorf("keymap: %s/%s is listed twice", c.Where, c.ID)
		}
	}
	for _, k := range c.Keys {
		if other, taken := t.byKey[c.Where][k]; taken {
			return fmt.Errorf("keymap: %s/%s: %s already belongs to %s", c.Where, c.ID, k, other.ID)
		}
		t.byKey[c.Where][k] = c
	}
	t.list[c.Where] = append(t.list[c.Where], c)
	return nil
}

// sentOtherwise are Ctrl keys that reach a program as Tab, Enter, Backspace or Esc.
var sentOtherwise = []string{"ctrl+i", "ctrl+m", "ctrl+j", "ctrl+h", "ctrl+["}

func check(c Command) error {
	if c.ID == "" || c.Label == "" || len(c.Keys) == 0 {
		return fmt.Errorf("needs an id, a label and a key")
	}
	sure := c.Menu && c.ID != More
	for _, k := range c.Keys {
		if slices.Contains(sentOtherwise, k) {
			return fmt.Errorf("terminals send %s as another key", k)
		}
		if !letter(k) && !function(k) {
			sure = true
		}
	}
	// The help is on F1 because every program does so; it is also under 空格 更多.
	if !sure {
		return fmt.Errorf("only letters or F-keys lead to it: add another key, or Menu")
	}
	return nil
}

func letter(key string) bool {
	return len(key) == 1 && (key[0] >= 'a' && key[0] <= 'z')
}

func function(key string) bool {
	return len(key) > 1 && key[0] == 'f' && strings.Trim(key[1:], "0123456789") == ""
}

// Find tells which command a key, as spelled by Press, means in a place.
func (t *Table) Find(place Place, key string) (Command, bool) {
	if key == "" || key == Typing {
		return Command{}, false
	}
	for _, p := range []Place{place, Everywhere} {
		if c, ok := t.byKey[p][key]; ok {
			return c, true
		}
		if len(key) == 1 && key[0] >= '0' && key[0] <= '9' {
			if c, ok := t.byKey[p][Digit]; ok {
				return c, true
			}
		}
	}
	return Command{}, false
}

// Lookup finds a command by its id, in the place or everywhere.
func (t *Table) Lookup(place Place, id ID) (Command, bool) {
	for _, p := range []Place{place, Everywhere} {
		for _, c := range t.list[p] {
			if c.ID == id {
				return c, true
			}
		}
	}
	return Command{}, false
}

// Here lists what can be done in a place: its own commands first, then the program's
// that it does not replace.
func (t *Table) Here(place Place) []Command {
	out := slices.Clone(t.list[place])
	if place == Everywhere {
		return out
	}
	for _, c := range t.list[Everywhere] {
		if _, replaced := t.byKey[place][c.Keys[0]]; replaced {
			continue
		}
		out = append(out, c)
	}
	return out
}

// Bar lists the commands of the bottom bar in a place, from the left.
func (t *Table) Bar(place Place) []Command {
	return ordered(t.Here(place), func(c Command) bool { return c.Bar > 0 })
}

// Menu lists what 空格 更多 offers in a place.
func (t *Table) Menu(place Place) []Command {
	return slices.DeleteFunc(t.Here(place), func(c Command) bool { return !c.Menu })
}

// Places lists all places in the order in which they were added.
func (t *Table) Places() []Place { return slices.Clone(t.places) }

func ordered(list []Command, keep func(Command) bool) []Command {
	list = slices.DeleteFunc(list, func(c Command) bool { return !keep(c) })
	slices.SortStableFunc(list, func(a, b Command) int { return a.Bar - b.Bar })
	return list
}
