package form

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"slices"
	"sync"

	"doorstep/casework"
)

// Limits of a compiled definition. The largest questionnaire met in the field (WHO verbal
// autopsy) has about 1,200 rows.
const (
	MaxBytes = 16 << 20 // compiled JSON, including lists from files
	maxItems = 20_000
	maxDepth = 64 // nested groups

	longList = 40 // choices, from which on they are found by their name
)

// Load reads compiled bytes. The codes of its errors: form.definition_too_big,
// form.definition_unreadable (not JSON, or made by a newer program), form.definition_broken
// (Where names the item: a nameless item, a path given twice, a list that is not there).
func Load(raw []byte) (*Definition, error) {
	const op = "form.Load"
	if len(raw) > MaxBytes {
		return nil, casework.Problem(op, "form.definition_too_big", "MB", MaxBytes>>20)
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	d := &Definition{}
	if err := dec.Decode(d); err != nil {
		return nil, casework.Problem(op, "form.definition_unreadable").Because(err)
	}
	if _, err := dec.Token(); err != io.EOF {
		return nil, casework.Problem(op, "form.definition_unreadable")
	}
	x, where := newIndex(d)
	if where != "" {
		return nil, casework.Problem(op, "form.definition_broken", "Where", where)
	}
	d.index = x
	return d, nil
}

// Encode gives the canonical bytes: the same questionnaire always the same bytes.
func (d *Definition) Encode() []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(d); err != nil {
		panic("form.Definition.Encode: " + err.Error()) // strings, numbers and maps of strings always encode
	}
	return b.Bytes()
}

// Hash is the questionnaire's name: SHA-256 of Encode, 64 hexadecimal digits.
func (d *Definition) Hash() string {
	sum := d.Sum()
	return hex.EncodeToString(sum[:])
}

// Sum is Hash as bytes. Of a loaded definition it is computed once.
func (d *Definition) Sum() [sha256.Size]byte {
	if d.index == nil {
		return sha256.Sum256(d.Encode())
	}
	d.index.sum.Do(func() { d.index.hash = sha256.Sum256(d.Encode()) })
	return d.index.hash
}

// index serves the look-ups of a loaded definition.
type index struct {
	all    []*Item
	byName map[string]*Item
	byPath map[string]*Item
	parent map[*Item]*Item
	lists  map[string]*List

	compile sync.Once // the expressions, when the first visit starts
	prog    *program
	progErr error

	sum  sync.Once
	hash [sha256.Size]byte
}

// program is the compiled form of d, made once.
func (x *index) program(d *Definition) (*program, error) {
	x.compile.Do(func() { x.prog, x.progErr = compile(d) })
	return x.prog, x.progErr
}

func newIndex(d *Definition) (x *index, where string) {
	x = &index{byName: map[string]*Item{}, byPath: map[string]*Item{}, parent: map[*Item]*Item{}, lists: map[string]*List{}}
	for _, l := range d.Lists {
		if l == nil || l.Name == "" || x.lists[l.Name] != nil || slices.Contains(l.Choices, nil) {
			return nil, "lists"
		}
		x.lists[l.Name] = l
		if len(l.Choices) > longList {
			l.named = make(map[string]*Choice, len(l.Choices))
			for _, c := range slices.Backward(l.Choices) { // the first of a name counts
				l.named[c.Name] = c
			}
		}
	}
	where = x.add(d.Items, nil, 0)
	return x, where
}

func (x *index) add(items []*Item, parent *Item, depth int) (where string) {
	for i, it := range items {
		if it == nil || it.Name == "" || depth > maxDepth || len(x.all) >= maxItems {
			return fmt.Sprintf("items[%d]", i)
		}
		_, known := x.lists[it.List]
		switch {
		case x.byPath[it.Path] != nil, it.Path == "",
			it.Kind != Group && it.Kind != Repeat && it.Kind != Question,
			it.Kind == Question && !slices.Contains(Types, it.Type),
			it.Kind == Question && len(it.Items) > 0,
			it.Kind == Question && it.Type.Selects() && !known && it.ListFrom == "":
			return it.Name
		}
		x.all = append(x.all, it)
		x.byPath[it.Path] = it
		if x.byName[it.Name] == nil {
			x.byName[it.Name] = it
		}
		x.parent[it] = parent
		if where := x.add(it.Items, it, depth+1); where != "" {
			return where
		}
	}
	return ""
}

func (d *Definition) ix() *index {
	if d.index == nil {
		panic("form.Definition: look-ups need a definition made by Load")
	}
	return d.index
}

// All goes through every item in the order of the sheet, a group before what is in it.
func (d *Definition) All() iter.Seq[*Item] { return slices.Values(d.ix().all) }

// Find is the first item of that name, or nil.
func (d *Definition) Find(name string) *Item { return d.ix().byName[name] }

// At is the item at a path ("/data/c1/c1_1"), or nil.
func (d *Definition) At(path string) *Item { return d.ix().byPath[path] }

// Parent is the group or repeat that holds it, or nil at the top.
func (d *Definition) Parent(it *Item) *Item { return d.ix().parent[it] }

// List is the choice list of that name, or nil.
func (d *Definition) List(name string) *List { return d.ix().lists[name] }

// Choice is the choice of that name, or nil.
func (l *List) Choice(name string) *Choice {
	if l == nil {
		return nil
	}
	if l.named != nil {
		return l.named[name]
	}
	for _, c := range l.Choices {
		if c.Name == name {
			return c
		}
	}
	return nil
}

// Sensitivity of an item is its own or that of a group around it, whichever is higher.
func (d *Definition) Sensitivity(it *Item) int {
	s := 0
	for ; it != nil; it = d.Parent(it) {
		s = max(s, it.Sensitivity)
	}
	return s
}
