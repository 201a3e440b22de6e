package main

import "golang.org/x/sys/windows"

// noHeap is WER_FAULT_REPORTING_FLAG_NOHEAP.
const noHeap = 1

// withoutDumps turns the system's crash reports off for this program, and should there be
// one all the same, leaves the heap out of it.
func withoutDumps() {
	windows.SetErrorMode(windows.SEM_FAILCRITICALERRORS | windows.SEM_NOGPFAULTERRORBOX | windows.SEM_NOOPENFILEERRORBOX)
	if set := windows.NewLazySystemDLL("kernel32.dll").NewProc("WerSetFlags"); set.Find() == nil {
		_, _, _ = set.Call(noHeap)
	}
}
