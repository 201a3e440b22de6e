package xpath

import (
	"testing"
	"time"
)

// visit is a small answer tree: a child's visit with two benefits, one of them without
// an amount, and a villages table.
func visit() Context {
	leaf := func(name, value string) *Node { return &Node{Name: name, Value: value} }
	benefit := func(name, amount string) *Node {
		return (&Node{Name: "benefit"}).Append(leaf("b_name", name), leaf("amount", amount))
	}
	data := (&Node{Name: "data"}).Append(
		leaf("age", "9"),
		leaf("who", "child grandmother"),
		leaf("mood", ""),
		leaf("sleep", ""),
		leaf("name", "买买提·吐尔逊"),
		leaf("visited", "2026-11-22"),
		benefit("低保", "600"),
		benefit("助学金", ""),
		(&Node{Name: "carer", Blank: true}).Append(leaf("carer_age", "17")),
	)
	(&Node{Kind: Document}).Append(data)
	row := func(code, label, town string) *Node {
		return (&Node{Name: "item"}).Append(leaf("name", code), leaf("label", label), leaf("town", town))
	}
	villages := (&Node{Kind: Document, Name: "instance"}).Append((&Node{Name: "root"}).Append(
		row("v1", "竹岛村", "t1"), row("v2", "㐂山村", "t2"), row("v3", "𠮷家庄", "t1")))
	return Context{
		Node: data, Current: data,
		Now: time.Date(2026, 11, 22, 23, 30, 0, 0, time.UTC), // already the 23rd in China
		Field: func(name string, _ *Node) ([]*Node, bool) {
			var out []*Node
			var find func(n *Node)
			find = func(n *Node) {
				if n.Name == name {
					out = append(out, n)
				}
				for _, c := range n.Children {
					find(c)
				}
			}
			find(data)
			return out, len(out) > 0
		},
		Instance: func(id string) (*Node, bool) { return villages, id == "villages" },
		ChoiceName: func(question, choice string) (string, bool) {
			if question == "who" && choice == "child" {
				return "孩子", true
			}
			return "", false
		},
	}
}

func mustCompile(t testing.TB, src string) *Expr {
	t.Helper()
	e, err := Compile(src)
	if err != nil {
		t.Fatalf("%s: %v", src, err)
	}
	return e
}

func eval(t testing.TB, src string, c Context) Value {
	t.Helper()
	v, err := mustCompile(t, src).Eval(c)
	if err != nil {
		t.Fatalf("%s: %v", src, err)
	}
	return v
}
