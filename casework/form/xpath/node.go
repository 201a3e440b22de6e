package xpath

import "strings"

// NodeKind tells elements, which questionnaires are made of, from the rest of XML.
type NodeKind uint8

// The kinds of node. A questionnaire has one Document, and Elements below it.
const (
	Element NodeKind = iota
	Document
	Attribute
	Text
	Comment
	ProcInst
)

// Node is one place of the answer tree. Whoever builds the tree owns it; an evaluation
// reads it and never changes it.
type Node struct {
	Kind     NodeKind
	Name     string // question, group or column name; may carry a prefix
	Value    string // the answer of an element without children; the content of the other kinds
	Parent   *Node
	Children []*Node
	Attrs    []*Node

	Blank  bool // not relevant: reads as blank, also everything below it
	Absent bool // a repeat instance beyond its count: not there for any path
}

// Append adds children and sets their parent. It returns n.
func (n *Node) Append(children ...*Node) *Node {
	for _, c := range children {
		c.Parent = n
	}
	n.Children = append(n.Children, children...)
	return n
}

// Text is the node's string value: its own, or that of all text below it.
// What is not relevant is blank.
func (n *Node) Text() string {
	if !n.applies() {
		return ""
	}
	if len(n.Children) == 0 {
		return n.Value
	}
	var b strings.Builder
	n.collect(&b)
	return b.String()
}

// applies is false for what is not relevant, itself or with a group around it.
func (n *Node) applies() bool {
	for ; n != nil; n = n.Parent {
		if n.Blank || n.Absent {
			return false
		}
	}
	return true
}

func (n *Node) collect(b *strings.Builder) {
	if n.Blank || n.Absent || b.Len() > maxText {
		return
	}
	if len(n.Children) == 0 {
		if n.Kind == Element || n.Kind == Text {
			b.WriteString(n.Value)
		}
		return
	}
	for _, c := range n.Children {
		c.collect(b)
	}
}

// Child is the first child element of that name, or nil.
func (n *Node) Child(name string) *Node {
	for _, c := range n.Children {
		if c.Name == name && c.Kind == Element && !c.Absent {
			return c
		}
	}
	return nil
}

func (n *Node) top() *Node {
	for n.Parent != nil {
		n = n.Parent
	}
	return n
}

// within reports whether n is a or lies below it.
func (n *Node) within(a *Node) bool {
	for ; n != nil; n = n.Parent {
		if n == a {
			return true
		}
	}
	return false
}
