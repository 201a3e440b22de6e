package xpath

// Bounds on hostile input. They are far above anything a real questionnaire needs.
const (
	maxSource = 32 << 10 // runes in one expression
	maxDepth  = 160      // nested parentheses, predicates, signs
	maxSpend  = 2 << 20  // nodes and characters touched by one evaluation
	maxText   = 1 << 20  // bytes of one text made by an expression
	maxChain  = 2000     // operators of one level in a row
)
