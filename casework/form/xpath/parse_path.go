package xpath

var nodeTypes = map[string]bool{"node": true, "text": true, "comment": true, "processing-instruction": true}

// pathExpr reads a location path, or a primary expression with predicates and further steps.
func (p *parser) pathExpr() (syntax, error) {
	start := p.peek().start
	head, err := p.primary()
	if err != nil {
		return nil, err
	}
	if head == nil {
		return p.locationPath()
	}
	predicates, err := p.predicates()
	if err != nil {
		return nil, err
	}
	if len(predicates) > 0 {
		head = &filter{span{start, p.last()}, head, predicates}
	}
	if !p.isOp("/") && !p.isOp("//") {
		return head, nil
	}
	out := &path{span: span{start: start}, from: head}
	return out, p.steps(out)
}

func (p *parser) locationPath() (syntax, error) {
	out := &path{span: span{start: p.peek().start}}
	switch {
	case p.isOp("//"):
		out.absolute = true
	case p.isOp("/"):
		out.absolute = true
		if !p.stepStarts(1) {
			p.pos++
			out.end = p.last()
			return out, nil
		}
	default:
		if !p.stepStarts(0) {
			return nil, p.unexpected()
		}
		if err := p.step(out); err != nil {
			return nil, err
		}
	}
	return out, p.steps(out)
}

// steps reads "/step" and "//step" as often as they come.
func (p *parser) steps(out *path) error {
	for {
		switch {
		case p.accept("//"):
			out.steps = append(out.steps, step{axis: axisDescendantOrSelf, test: testAny})
		case p.accept("/"):
		default:
			out.end = p.last()
			return nil
		}
		if len(out.steps) > maxChain {
			return problemAt("xpath.too_deep", p.peek().start, "Limit", maxChain)
		}
		if err := p.step(out); err != nil {
			return err
		}
	}
}

func (p *parser) stepStarts(n int) bool {
	t := p.ahead(n)
	if t.kind == tokName {
		return true
	}
	if t.kind != tokOp {
		return false
	}
	switch t.text {
	case ".", "..", "@", "*name":
		return true
	}
	return false
}

func (p *parser) step(out *path) error {
	t := p.peek()
	s := step{span: span{start: t.start}}
	switch {
	case p.accept("."):
		s.axis, s.test, s.end = axisSelf, testAny, p.last()
		out.steps = append(out.steps, s)
		return nil
	case p.accept(".."):
		s.axis, s.test, s.end = axisParent, testAny, p.last()
		out.steps = append(out.steps, s)
		return nil
	case p.accept("@"):
		s.axis = axisAttribute
	case t.kind == tokName && p.ahead(1).kind == tokOp && p.ahead(1).text == "::":
		a, ok := axisNames[t.text]
		if !ok {
			return problemAt("xpath.unknown_axis", t.start, "Name", t.text)
		}
		s.axis = a
		p.pos += 2
	}
	if err := p.nodeTest(&s); err != nil {
		return err
	}
	var err error
	if s.predicates, err = p.predicates(); err != nil {
		return err
	}
	s.end = p.last()
	out.steps = append(out.steps, s)
	return nil
}

func (p *parser) nodeTest(s *step) error {
	t := p.peek()
	if p.accept("*name") {
		s.name = "*"
		return nil
	}
	if t.kind != tokName {
		return p.unexpected()
	}
	p.pos++
	if !nodeTypes[t.text] || !p.isOp("(") {
		s.name = t.text
		return nil
	}
	p.pos++
	switch t.text {
	case "node":
		s.test = testAny
	case "text":
		s.test = testText
	case "comment":
		s.test = testComment
	default:
		s.test = testProcInst
		if p.peek().kind == tokString {
			s.name = p.peek().text
			p.pos++
		}
	}
	return p.expect(")")
}

func (p *parser) predicates() ([]syntax, error) {
	var out []syntax
	for p.accept("[") {
		e, err := p.expr(0)
		if err != nil {
			return nil, err
		}
		if err := p.expect("]"); err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	return out, nil
}
