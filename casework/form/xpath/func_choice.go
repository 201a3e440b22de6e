package xpath

import (
	"math"
	"slices"
	"strings"
)

var choiceFunctions = map[string]*function{
	"selected": {min: 2, max: 2, do: func(ev *evaluator, c *call) Value {
		list, want := strings.Fields(ev.text(c, 0)), strings.TrimSpace(ev.text(c, 1))
		return MakeTruth(slices.Contains(list, want) || want == "" && len(list) == 0)
	}},
	"selected-at": {min: 2, max: 2, do: func(ev *evaluator, c *call) Value {
		list, f := strings.Fields(ev.text(c, 0)), ev.number(c, 1)
		if i := int(f); !math.IsNaN(f) && i >= 0 && float64(i) == f && i < len(list) {
			return MakeText(list[i])
		}
		return Value{}
	}},
	"count-selected": {min: 1, max: 1, do: func(ev *evaluator, c *call) Value {
		return MakeNumber(float64(len(strings.Fields(ev.text(c, 0)))))
	}},
	"jr:choice-name": {min: 2, max: 2, do: doChoiceName},
}

// doChoiceName gives the label of a choice. The question is named in a text, as XLSForm
// has it: jr:choice-name(${q}, '${q}'). A choice without a label gives its own code.
func doChoiceName(ev *evaluator, c *call) Value {
	choice, question := ev.text(c, 0), strings.TrimSpace(ev.text(c, 1))
	if ref, ok := c.args[1].(*fieldRef); ok {
		question = ref.name
	}
	question = strings.TrimSuffix(strings.TrimPrefix(question, "${"), "}")
	question = strings.TrimSpace(question[strings.LastIndexByte(question, '/')+1:])
	if ev.ChoiceName != nil {
		if label, ok := ev.ChoiceName(question, choice); ok {
			return MakeText(label)
		}
	}
	return MakeText(choice)
}
