package xpath

// span is where a piece of syntax stands in the source, in runes.
type span struct{ start, end int }

func (s span) at() span { return s }

// syntax is a node of the syntax tree.
type syntax interface{ at() span }

type (
	numberLit struct {
		span
		value float64
	}
	stringLit struct {
		span
		value string
	}
	// fieldRef is ${name}.
	fieldRef struct {
		span
		name string
	}
	// negation is unary minus.
	negation struct {
		span
		operand syntax
	}
	// binary is one operator with two sides: or and = != < <= > >= + - * div mod |
	binary struct {
		span
		op          string
		left, right syntax
	}
	call struct {
		span
		name  string
		args  []syntax
		fn    *function // nil when the name is unknown
		regex compiledRegex
	}
	// filter is a primary expression with predicates: (…)[1], instance('x')[…].
	filter struct {
		span
		primary    syntax
		predicates []syntax
	}
	// path is a location path. from nil and absolute false means the context node.
	path struct {
		span
		absolute bool
		from     syntax
		steps    []step
	}
)

type axis uint8

const (
	axisChild axis = iota
	axisDescendant
	axisDescendantOrSelf
	axisSelf
	axisParent
	axisAncestor
	axisAncestorOrSelf
	axisFollowing
	axisFollowingSibling
	axisPreceding
	axisPrecedingSibling
	axisAttribute
)

var axisNames = map[string]axis{
	"child": axisChild, "descendant": axisDescendant, "descendant-or-self": axisDescendantOrSelf,
	"self": axisSelf, "parent": axisParent, "ancestor": axisAncestor,
	"ancestor-or-self": axisAncestorOrSelf, "following": axisFollowing,
	"following-sibling": axisFollowingSibling, "preceding": axisPreceding,
	"preceding-sibling": axisPrecedingSibling, "attribute": axisAttribute,
}

// reverse axes count their positions backwards.
func (a axis) reverse() bool {
	return a == axisAncestor || a == axisAncestorOrSelf || a == axisPreceding || a == axisPrecedingSibling
}

type testKind uint8

const (
	testName testKind = iota // name, prefix:name, * or prefix:*
	testAny                  // node()
	testText
	testComment
	testProcInst // with an optional target in name
)

type step struct {
	span
	axis       axis
	test       testKind
	name       string // "*" for the wildcard
	predicates []syntax
}
