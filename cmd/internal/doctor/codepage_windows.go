package doctor

import "golang.org/x/sys/windows"

// codePage is the console's: 65001 is UTF-8, 936 Chinese. The program sets its own while it runs.
func codePage() (page uint32, known bool) {
	page, err := windows.GetConsoleOutputCP()
	return page, err == nil
}
