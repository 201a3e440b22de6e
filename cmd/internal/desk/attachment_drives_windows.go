package desk

import "golang.org/x/sys/windows"

// drives are sticks, cards and cameras: the drives that can be taken out.
func drives() []string {
	var out []string
	mask, err := windows.GetLogicalDrives()
	if err != nil {
		return nil
	}
	for i := range 26 {
		if mask&(1<<i) == 0 {
			continue
		}
		root := string(rune('A'+i)) + `:\`
		name, err := windows.UTF16PtrFromString(root)
		if err == nil && windows.GetDriveType(name) == windows.DRIVE_REMOVABLE {
			out = append(out, root)
		}
	}
	return out
}
