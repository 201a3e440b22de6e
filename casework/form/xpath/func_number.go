package xpath

import "math"

var numberFunctions = map[string]*function{
	"number":  {max: 1, self: true, do: func(ev *evaluator, c *call) Value { return MakeNumber(ev.number(c, 0)) }},
	"int":     of1(math.Trunc),
	"floor":   of1(math.Floor),
	"ceiling": of1(math.Ceil),
	"abs":     of1(math.Abs),
	"sqrt":    of1(math.Sqrt),
	"exp":     of1(math.Exp),
	"exp10":   of1(func(f float64) float64 { return math.Pow(10, f) }),
	"log":     of1(math.Log),
	"log10":   of1(math.Log10),
	"sin":     of1(math.Sin),
	"cos":     of1(math.Cos),
	"tan":     of1(math.Tan),
	"asin":    of1(math.Asin),
	"acos":    of1(math.Acos),
	"atan":    of1(math.Atan),
	"atan2":   of2(math.Atan2),
	"pow":     of2(math.Pow),
	"pi":      {do: func(*evaluator, *call) Value { return MakeNumber(math.Pi) }},
	"round": {min: 1, max: 2, do: func(ev *evaluator, c *call) Value {
		f := ev.number(c, 0)
		if len(c.args) == 1 {
			return MakeNumber(roundHalfUp(f))
		}
		places := ev.number(c, 1)
		if math.IsNaN(places) {
			return MakeNumber(math.NaN())
		}
		return MakeNumber(roundDecimal(f, int(math.Max(-400, math.Min(400, places)))))
	}},
	"sum": {min: 1, max: 1, do: func(ev *evaluator, c *call) Value {
		sum := 0.0
		if ev.nodes(c, 0); ev.err != nil {
			return Value{}
		}
		ev.each(c, 0, func(v Value) { sum += v.Number() })
		return MakeNumber(sum)
	}},
	"max": {min: 1, max: -1, do: func(ev *evaluator, c *call) Value { return ev.extreme(c, math.Max) }},
	"min": {min: 1, max: -1, do: func(ev *evaluator, c *call) Value { return ev.extreme(c, math.Min) }},
}

func of1(f func(float64) float64) *function {
	return &function{min: 1, max: 1, do: func(ev *evaluator, c *call) Value {
		return MakeNumber(f(ev.number(c, 0)))
	}}
}

func of2(f func(a, b float64) float64) *function {
	return &function{min: 2, max: 2, do: func(ev *evaluator, c *call) Value {
		a, b := ev.number(c, 0), ev.number(c, 1)
		if math.IsNaN(b) {
			return MakeNumber(b) // also for pow(1, NaN), where Go gives 1
		}
		return MakeNumber(f(a, b))
	}}
}

// extreme is max or min over all arguments and nodes; one that is no number makes it NaN.
func (ev *evaluator) extreme(c *call, pick func(a, b float64) float64) Value {
	best, any := math.NaN(), false
	ev.each(c, 0, func(v Value) {
		f := v.Number()
		if !any {
			best, any = f, true
			return
		}
		best = pick(best, f)
	})
	return MakeNumber(best)
}
