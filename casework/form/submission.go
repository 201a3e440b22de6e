package form

import (
	"bytes"
	"encoding/xml"
	"strings"

	"doorstep/casework"
)

const (
	openRosa  = "http://openrosa.org/xforms"
	xmlHeader = `<?xml version="1.0" encoding="UTF-8"?>`
)

// Submission is the answers as an OpenRosa submission, as ODK Collect would send it: the
// instance tree without what does not apply. An answer that could not be had is written
// as its mark, UnknownNotAsked or UnknownNotSeen.
func (in *Instance) Submission() []byte {
	var b bytes.Buffer
	b.WriteString(xmlHeader + "\n<" + in.def.Root + ` xmlns:orx="` + openRosa + `" id="`)
	escape(&b, in.def.FormID)
	if in.def.Version != "" {
		b.WriteString(`" version="`)
		escape(&b, in.def.Version)
	}
	b.WriteString(`">`)
	for _, k := range in.root.kids {
		writePlace(&b, k)
	}
	b.WriteString("<orx:meta><orx:instanceID>")
	escape(&b, in.opts.Name)
	b.WriteString("</orx:instanceID>")
	if name := in.Name(); name != "" {
		b.WriteString("<orx:instanceName>")
		escape(&b, name)
		b.WriteString("</orx:instanceName>")
	}
	b.WriteString("</orx:meta></" + in.def.Root + ">\n")
	return b.Bytes()
}

// Name is what the form calls this instance by its instance_name formula, or "".
func (in *Instance) Name() string {
	if in.def.InstanceName == "" {
		return ""
	}
	e, err := expression(in.def.InstanceName, in.def.FormID, "instance_name")
	if err != nil {
		return ""
	}
	v, _ := in.compute(e, in.root, "instance_name")
	return v.String()
}

func writePlace(b *bytes.Buffer, p *place) {
	if !p.relevant || p.gone() {
		return
	}
	if p.series {
		for _, k := range p.kids {
			writePlace(b, k)
		}
		return
	}
	name := p.code.item.Name
	if p.question() {
		value := p.node.Value + p.unknown
		if value == "" {
			b.WriteString("<" + name + "/>")
			return
		}
		b.WriteString("<" + name + ">")
		escape(b, value)
		b.WriteString("</" + name + ">")
		return
	}
	b.WriteString("<" + name + ">")
	for _, k := range p.kids {
		writePlace(b, k)
	}
	b.WriteString("</" + name + ">")
}

func escape(b *bytes.Buffer, s string) {
	_ = xml.EscapeText(b, []byte(s)) // a bytes.Buffer never fails
}

// element is a submission as it was read.
type element struct {
	name string
	attr map[string]string
	text string
	kids []*element
}

func (e *element) named(name string) []*element {
	var out []*element
	for _, k := range e.kids {
		if k.name == name {
			out = append(out, k)
		}
	}
	return out
}

// maxElements bounds a submission.
const maxElements = 200_000

func readElements(raw []byte) (*element, error) {
	const op = "form.ReadSubmission"
	broken := casework.Problem(op, "form.submission_unreadable")
	if len(raw) > MaxBytes {
		return nil, broken
	}
	d := xml.NewDecoder(bytes.NewReader(raw))
	top := &element{}
	stack := []*element{top}
	for count := 0; ; {
		tok, err := d.Token()
		if tok == nil && len(stack) == 1 && len(top.kids) == 1 {
			return top.kids[0], nil
		}
		if err != nil {
			return nil, broken.Because(err)
		}
		at := stack[len(stack)-1]
		switch t := tok.(type) {
		case xml.StartElement:
			if count++; count > maxElements || len(stack) > 2*maxDepth {
				return nil, broken
			}
			e := &element{name: t.Name.Local, attr: map[string]string{}}
			for _, a := range t.Attr {
				e.attr[a.Name.Local] = a.Value
			}
			at.kids = append(at.kids, e)
			stack = append(stack, e)
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		case xml.CharData:
			if len(stack) > 1 {
				at.text += string(t)
			}
		case xml.Directive:
			return nil, broken // no document types: they only serve attacks
		}
	}
}

// ReadSubmission rebuilds a visit from an OpenRosa submission of the same form, for
// example one filled in with ODK Collect. Hidden questions without a formula become facts.
//
// Errors: form.submission_unreadable, form.submission_other_form, form.bad_expression.
func ReadSubmission(def *Definition, raw []byte, clock casework.Clock) (*Instance, error) {
	root, err := readElements(raw)
	if err != nil {
		return nil, err
	}
	if root.name != def.Root || root.attr["id"] != def.FormID {
		return nil, casework.Problem("form.ReadSubmission", "form.submission_other_form", "Wanted", def.FormID)
	}
	opts := StartOptions{Facts: map[string]string{}}
	if meta := root.named("meta"); len(meta) > 0 {
		if id := meta[0].named("instanceID"); len(id) > 0 {
			opts.Name = strings.TrimSpace(id[0].text)
		}
	}
	collectFacts(def.Items, root, &opts)
	in, err := Start(def, opts, clock)
	if err != nil {
		return nil, err
	}
	// Answers decide which other questions there are, so take them in until nothing moves.
	for range 2 * maxDepth {
		moved := false
		for _, k := range in.root.kids {
			if err := in.take(k, root, &moved); err != nil {
				return nil, err
			}
		}
		if !moved {
			break
		}
	}
	return in, nil
}

// collectFacts finds what a visit was started with among the answers.
func collectFacts(items []*Item, e *element, opts *StartOptions) {
	for _, it := range items {
		found := e.named(it.Name)
		if len(found) == 0 {
			continue
		}
		value := found[0].text
		switch {
		case it.Kind == Group:
			collectFacts(it.Items, found[0], opts)
		case it.Type == TypeHidden, it.Type == TypeStart, it.Type == TypeCalculate && it.Calculation == "":
			if value != "" {
				opts.Facts[it.Name] = value
			}
		case it.Type == TypeUsername:
			opts.Worker = value
		case it.Type == TypeDeviceID:
			opts.Device = value
		case it.Type == TypeToday:
			var day casework.Day
			if day.UnmarshalText([]byte(value)) == nil {
				opts.Day = day
			}
		}
	}
}

// take brings p to what stands in its parent's element.
func (in *Instance) take(p *place, parent *element, moved *bool) error {
	if !p.live() {
		return nil
	}
	found := parent.named(p.code.item.Name)
	switch {
	case p.series:
		for len(p.kids) < len(found) && p.code.count == nil && len(p.kids) < maxInstances {
			if _, err := in.Add(p.path); err != nil {
				return err
			}
			*moved = true
		}
		for i, k := range p.present() {
			if i < len(found) {
				if err := in.takeAll(k, found[i], moved); err != nil {
					return err
				}
			}
		}
		return nil
	case !p.question():
		if len(found) > 0 {
			return in.takeAll(p, found[0], moved)
		}
		return nil
	case !p.code.item.Type.Shown():
		return nil
	}
	return in.takeAnswer(p, found, moved)
}

func (in *Instance) takeAll(p *place, e *element, moved *bool) error {
	for _, k := range p.kids {
		if err := in.take(k, e, moved); err != nil {
			return err
		}
	}
	return nil
}

func (in *Instance) takeAnswer(p *place, found []*element, moved *bool) error {
	c := Change{Path: p.path, At: in.clock()}
	if len(found) > 0 {
		c.Value = found[0].text
	}
	if p.code.item.Unknown && (c.Value == UnknownNotAsked || c.Value == UnknownNotSeen) {
		c.Value, c.Unknown = "", c.Value
	}
	if p.code.item.Type == TypeNote || p.code.calculation != nil || p.readOnly ||
		normal(p.code.item.Type, c.Value) == p.node.Value && c.Unknown == p.unknown {
		return nil
	}
	*moved = true
	_, err := in.apply(c)
	return err
}
