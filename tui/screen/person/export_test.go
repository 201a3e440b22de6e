package person

import "doorstep/tui/widget/entry"

// At is the line with the focus.
func (e *Edit) At() *entry.Line { return e.Page.At() }
