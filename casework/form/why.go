package form

import "doorstep/casework/form/xpath"

// WhyShown explains why a question is or is not asked; false when nothing decides it but
// the groups around it.
func (in *Instance) WhyShown(path string) (xpath.Why, bool) {
	p := in.byPath[path]
	if p == nil || p.code == nil || p.code.relevant == nil {
		return xpath.Why{}, false
	}
	return p.code.relevant.Why(in.contextAt(p)), true
}

// WhyValue explains a calculation; false when the question has none.
func (in *Instance) WhyValue(path string) (xpath.Why, bool) {
	p := in.byPath[path]
	if p == nil || p.code == nil || p.code.calculation == nil {
		return xpath.Why{}, false
	}
	return p.code.calculation.Why(in.contextAt(p)), true
}
