package xpath

import (
	"strconv"
)

type parser struct {
	toks  []token
	pos   int
	depth int
}

// parse builds the syntax tree. It checks the grammar only; check (see check.go)
// refuses what is grammatical but cannot be run.
func parse(src string) (syntax, []Warning, error) {
	toks, warnings, err := lex(src)
	if err != nil {
		return nil, nil, err
	}
	p := &parser{toks: toks}
	if p.peek().kind == tokEnd {
		return nil, nil, problemAt("xpath.empty", 0)
	}
	tree, err := p.expr(0)
	if err != nil {
		return nil, nil, err
	}
	if t := p.peek(); t.kind != tokEnd {
		return nil, nil, p.unexpected()
	}
	return tree, warnings, nil
}

func (p *parser) peek() token { return p.toks[p.pos] }

func (p *parser) ahead(n int) token {
	if p.pos+n >= len(p.toks) {
		return p.toks[len(p.toks)-1]
	}
	return p.toks[p.pos+n]
}

func (p *parser) isOp(text string) bool {
	t := p.peek()
	return t.kind == tokOp && t.text == text
}

func (p *parser) accept(text string) bool {
	if p.isOp(text) {
		p.pos++
		return true
	}
	return false
}

func (p *parser) expect(text string) error {
	if p.accept(text) {
		return nil
	}
	if p.peek().kind == tokEnd {
		return problemAt("xpath.missing", p.peek().start, "Wanted", text)
	}
	return p.unexpected()
}

func (p *parser) unexpected() error {
	t := p.peek()
	if t.kind == tokEnd {
		return problemAt("xpath.ends_early", t.start)
	}
	text := t.text
	if text == "*name" {
		text = "*"
	}
	return problemAt("xpath.unexpected", t.start, "Found", text)
}

// last is the rune offset behind the token just taken.
func (p *parser) last() int { return p.toks[p.pos-1].end }

func (p *parser) enter() error {
	p.depth++
	if p.depth > maxDepth {
		return problemAt("xpath.too_deep", p.peek().start, "Limit", maxDepth)
	}
	return nil
}

func (p *parser) leave() { p.depth-- }

// levels are the binary operators from the loosest to the tightest; all associate to the left.
var levels = [...][]string{
	{"or"},
	{"and"},
	{"=", "!="},
	{"<", "<=", ">", ">="},
	{"+", "-"},
	{"*", "div", "mod"},
}

func (p *parser) expr(level int) (syntax, error) {
	if level == len(levels) {
		return p.unary()
	}
	if level == 0 {
		if err := p.enter(); err != nil {
			return nil, err
		}
		defer p.leave()
	}
	left, err := p.expr(level + 1)
	if err != nil {
		return nil, err
	}
	chain := 0
	for {
		op := p.operator(levels[level])
		if op == "" {
			return left, nil
		}
		// A chain grows the tree to the left, so its length is bounded like its depth.
		if chain++; chain > maxChain {
			return nil, problemAt("xpath.too_deep", p.peek().start, "Limit", maxChain)
		}
		right, err := p.expr(level + 1)
		if err != nil {
			return nil, err
		}
		left = &binary{span{left.at().start, right.at().end}, op, left, right}
	}
}

func (p *parser) operator(ops []string) string {
	for _, op := range ops {
		if p.accept(op) {
			return op
		}
	}
	return ""
}

func (p *parser) unary() (syntax, error) {
	if !p.isOp("-") {
		return p.union()
	}
	start := p.peek().start
	p.pos++
	if err := p.enter(); err != nil {
		return nil, err
	}
	defer p.leave()
	operand, err := p.unary()
	if err != nil {
		return nil, err
	}
	return &negation{span{start, operand.at().end}, operand}, nil
}

func (p *parser) union() (syntax, error) {
	left, err := p.pathExpr()
	if err != nil {
		return nil, err
	}
	chain := 0
	for p.accept("|") {
		if chain++; chain > maxChain {
			return nil, problemAt("xpath.too_deep", p.peek().start, "Limit", maxChain)
		}
		right, err := p.pathExpr()
		if err != nil {
			return nil, err
		}
		left = &binary{span{left.at().start, right.at().end}, "|", left, right}
	}
	return left, nil
}

// primary reads what is not a location path, or gives nil.
func (p *parser) primary() (syntax, error) {
	t := p.peek()
	s := span{t.start, t.end}
	switch {
	case t.kind == tokNumber:
		p.pos++
		v, err := strconv.ParseFloat(t.text, 64)
		if err != nil && v == 0 {
			return nil, problemAt("xpath.unexpected", t.start, "Found", t.text)
		}
		return &numberLit{s, v}, nil
	case t.kind == tokString:
		p.pos++
		return &stringLit{s, t.text}, nil
	case t.kind == tokField:
		p.pos++
		return &fieldRef{s, t.text}, nil
	case t.kind == tokOp && t.text == "(":
		p.pos++
		inner, err := p.expr(0)
		if err != nil {
			return nil, err
		}
		return inner, p.expect(")")
	case t.kind == tokName && p.ahead(1).kind == tokOp && p.ahead(1).text == "(" && !nodeTypes[t.text]:
		return p.call()
	}
	return nil, nil
}

func (p *parser) call() (syntax, error) {
	name := p.peek()
	p.pos += 2
	c := &call{span: span{start: name.start}, name: name.text}
	if !p.isOp(")") {
		for {
			arg, err := p.expr(0)
			if err != nil {
				return nil, err
			}
			c.args = append(c.args, arg)
			if !p.accept(",") {
				break
			}
		}
	}
	if err := p.expect(")"); err != nil {
		return nil, err
	}
	c.end = p.last()
	c.fn = functions[c.name]
	return c, nil
}
