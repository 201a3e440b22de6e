package xpath

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"math"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"doorstep/casework"
)

var vectorsFile = flag.String("vectors", "", "a JSON file of recorded XPath vectors to run against")

// conformanceFloor is the least share of agreeing vectors, in per cent.
const conformanceFloor = 99.0

type vector struct {
	Source      string          `json:"source"`
	Expression  string          `json:"expression"`
	ContextXML  *string         `json:"context_xml"`
	ContextNode *string         `json:"context_node"`
	RootNode    *string         `json:"root_node"`
	ResultType  string          `json:"result_type"`
	Expected    json.RawMessage `json:"expected"`
	Functions   []string        `json:"functions"`
	Now         string          `json:"now"`
	Match       string          `json:"match"`
	RoundFactor float64         `json:"round_factor"`
	Tolerance   float64         `json:"tolerance"`
	ID          string          `json:"id"`
}

// key names a vector in the table of disagreements without repeating it.
func (v vector) key() string {
	sum := sha256.Sum256([]byte(v.Expression + "\x00" + v.ResultType + "\x00" + string(v.Expected) + v.Match))
	return hex.EncodeToString(sum[:4])
}

// TestConformance runs other projects' recorded expectations, which are not part of this
// repository: go test -run Conformance -v -args -vectors FILE. The vectors call functions
// that do not exist, to prove that a branch not taken is not evaluated, so that they are
// compiled without the check that refuses unknown functions beforehand.
func TestConformance(t *testing.T) {
	if *vectorsFile == "" {
		t.Skip("no -vectors FILE given")
	}
	raw, err := os.ReadFile(*vectorsFile)
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Vectors []vector
		Parse   []struct {
			Expression string
			Valid      bool
		}
	}
	if err := json.Unmarshal(raw, &file); err != nil {
		t.Fatal(err)
	}
	type tally struct{ passed, total int }
	perFunction := map[string]*tally{}
	var all tally
	left, known, decided := map[string]int{}, map[string]int{}, map[string]int{}
	for _, v := range file.Vectors {
		if reason := v.outside(); reason != "" {
			left[reason]++
			continue
		}
		problem := v.run()
		if reason := decisions[v.key()]; reason != "" {
			if problem == "" {
				t.Errorf("%s %q agrees after all: take it out of the decisions", v.key(), v.Expression)
			}
			decided[reason]++
			continue
		}
		names := v.Functions
		if len(names) == 0 {
			names = []string{"(operators and paths)"}
		}
		for _, name := range append(slices.Compact(slices.Sorted(slices.Values(names))), "") {
			count := &all
			if name != "" {
				if perFunction[name] == nil {
					perFunction[name] = &tally{}
				}
				count = perFunction[name]
			}
			count.total++
			if problem == "" {
				count.passed++
			}
		}
		if problem == "" {
			continue
		}
		if reason, ok := disagreements[v.key()]; ok {
			known[reason]++
			continue
		}
		t.Logf("unexplained %s %s %s: %q: %s", v.ID, v.key(), v.Source, v.Expression, problem)
	}
	for _, g := range file.Parse {
		if _, _, err := parse(g.Expression); (err == nil) != g.Valid {
			t.Logf("grammar: %q: valid %v, got %v", g.Expression, g.Valid, err)
		}
	}
	for _, reason := range slices.Sorted(maps.Keys(known)) {
		t.Logf("disagrees on purpose, %d times: %s", known[reason], reason)
	}
	for _, reason := range slices.Sorted(maps.Keys(left)) {
		t.Logf("not counted, %d times: %s", left[reason], reason)
	}
	for _, name := range slices.Sorted(maps.Keys(perFunction)) {
		fmt.Printf("%-24s %d/%d\n", name, perFunction[name].passed, perFunction[name].total)
	}
	contradicting := 0
	for _, reason := range slices.Sorted(maps.Keys(decided)) {
		contradicting += decided[reason]
		t.Logf("decided otherwise, %d times: %s", decided[reason], reason)
	}
	fmt.Printf("with the %d vectors that contradict a decision: %d/%d\n", contradicting, all.passed, all.total+contradicting)
	fmt.Printf("total %d/%d\n", all.passed, all.total)
	if share := 100 * float64(all.passed) / float64(max(1, all.total)); share < conformanceFloor {
		t.Errorf("%.2f%% agree, the floor is %.0f%%", share, conformanceFloor)
	}
}

// outside says why a vector cannot be counted, or "".
func (v vector) outside() string {
	for _, f := range v.Functions {
		if unsupported[f] {
			return "function " + f + " is not supported"
		}
	}
	if v.ContextNode != nil && *v.ContextNode == "#detached" {
		return "the vector's tree was not recorded"
	}
	if tree, _, err := parse(v.Expression); err == nil {
		if code := casework.CodeOf(check(tree)); code == "xpath.namespace" {
			return "namespaces are not supported"
		}
	}
	return ""
}

// run evaluates the vector and describes a disagreement, or gives "".
func (v vector) run() string {
	zone := time.FixedZone("MST", -7*3600)
	if strings.Contains(v.Source, "javarosa") {
		zone = time.UTC
	}
	xmlText := "<root/>"
	if v.ContextXML != nil {
		xmlText = *v.ContextXML
	}
	tree, err := readTree(xmlText)
	if err != nil {
		return "tree: " + err.Error()
	}
	c := Context{Node: tree.doc, Zone: zone, Now: time.Date(2024, 5, 15, 17, 20, 30, 0, time.UTC)}
	if v.ContextNode != nil {
		if c.Node = tree.byPath[*v.ContextNode]; c.Node == nil {
			return "no context node " + *v.ContextNode
		}
	}
	if v.RootNode != nil {
		c.Root = tree.byPath[*v.RootNode]
	}
	c.Instance = tree.instance
	compile := compileLazily
	if v.ResultType == "error" {
		compile = Compile
	}
	e, err := compile(v.Expression)
	var got Value
	if err == nil {
		got, err = e.Eval(c)
	}
	if v.ResultType == "error" {
		if err == nil {
			return "no error but " + got.String()
		}
		return ""
	}
	if err != nil {
		return err.Error()
	}
	return v.compare(got, tree)
}

func (v vector) compare(got Value, tree *tree) string {
	switch v.ResultType {
	case "boolean":
		return differ(fmt.Sprint(got.Bool()), string(v.Expected))
	case "string", "date":
		if v.Match != "" {
			if regexp.MustCompile(strings.Trim(v.Match, "/")).MatchString(got.String()) {
				return ""
			}
			return got.String() + " does not match " + v.Match
		}
		var want string
		if json.Unmarshal(v.Expected, &want) != nil {
			want = string(v.Expected)
		}
		return differ(got.String(), want)
	case "nodeset", "node":
		var want []string
		if json.Unmarshal(v.Expected, &want) != nil {
			want = []string{""}
			_ = json.Unmarshal(v.Expected, &want[0])
		}
		var paths []string
		for _, n := range got.Nodes() {
			paths = append(paths, tree.paths[n])
		}
		return differ(strings.Join(paths, " "), strings.Join(want, " "))
	}
	return v.compareNumber(got.Number())
}

func (v vector) compareNumber(f float64) string {
	var want float64
	var word string
	if json.Unmarshal(v.Expected, &word) == nil {
		switch word {
		case "NaN":
			want = math.NaN()
		case "Infinity":
			want = math.Inf(1)
		case "-Infinity":
			want = math.Inf(-1)
		case "-0":
			want = math.Copysign(0, -1)
		}
	} else if err := json.Unmarshal(v.Expected, &want); err != nil {
		return err.Error()
	}
	if v.RoundFactor != 0 {
		f = math.Floor(f*v.RoundFactor+0.5) / v.RoundFactor
	}
	if f == want || math.IsNaN(f) && math.IsNaN(want) || math.Abs(f-want) <= max(v.Tolerance, 1e-15*math.Abs(want)) {
		return ""
	}
	return differ(formatNumber(f), formatNumber(want))
}

func differ(got, want string) string {
	if got == want {
		return ""
	}
	return fmt.Sprintf("got %q, want %q", got, want)
}

// tree is an XML document as nodes, each under its positional path.
type tree struct {
	doc    *Node
	byPath map[string]*Node
	paths  map[*Node]string
}

func (t *tree) name(n *Node, path string) {
	t.byPath[path], t.paths[n] = n, path
}

func (t *tree) instance(id string) (*Node, bool) {
	for n := range t.paths {
		if n.Name == "instance" {
			for _, a := range n.Attrs {
				if a.Name == "id" && a.Value == id {
					return n, true
				}
			}
		}
	}
	return nil, false
}

func readTree(text string) (*tree, error) {
	t := &tree{doc: &Node{Kind: Document}, byPath: map[string]*Node{}, paths: map[*Node]string{}}
	t.name(t.doc, "/")
	d := xml.NewDecoder(strings.NewReader(text))
	at := t.doc
	add := func(n *Node, label string) {
		at.Append(n)
		same := 0
		for _, c := range at.Children {
			if c.Kind == n.Kind && (n.Kind != Element || c.Name == n.Name) {
				same++
			}
		}
		t.name(n, fmt.Sprintf("%s/%s[%d]", strings.TrimSuffix(t.paths[at], "/"), label, same))
	}
	for {
		tok, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return t, nil
		}
		if err != nil {
			return nil, err
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			n := &Node{Name: qualified(tok.Name)}
			add(n, n.Name)
			for _, a := range tok.Attr {
				if a.Name.Space == "xmlns" || a.Name.Local == "xmlns" {
					continue
				}
				attr := &Node{Kind: Attribute, Name: qualified(a.Name), Value: a.Value, Parent: n}
				n.Attrs = append(n.Attrs, attr)
				t.name(attr, t.paths[n]+"/@"+attr.Name)
			}
			at = n
		case xml.EndElement:
			at = at.Parent
		case xml.CharData:
			if at != t.doc {
				add(&Node{Kind: Text, Value: string(tok)}, "text()")
			}
		case xml.Comment:
			add(&Node{Kind: Comment, Value: string(tok)}, "comment()")
		case xml.ProcInst:
			add(&Node{Kind: ProcInst, Name: tok.Target, Value: string(tok.Inst)}, "processing-instruction()")
		}
	}
}

func qualified(n xml.Name) string {
	if n.Space != "" {
		return n.Space + ":" + n.Local
	}
	return n.Local
}
