//go:build !windows

package doctor

func codePage() (page uint32, known bool) { return 0, false }
