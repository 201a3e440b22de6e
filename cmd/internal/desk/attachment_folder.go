package desk

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"doorstep/casework"
	"doorstep/tui/book"
)

// mostEntries is how many lines of a folder are listed.
const mostEntries = 2000

// Folder implements book.Attacher.
func (d *Desk) Folder(ctx context.Context, path string) (book.Folder, error) {
	if path == "" {
		return book.Folder{Entries: places(home(), drives())}, nil
	}
	const op = "desk.Folder"
	f, err := os.Open(path)
	if err != nil {
		return book.Folder{}, casework.Problem(op, "desk.folder_closed").Because(err)
	}
	defer f.Close()
	list, err := f.ReadDir(mostEntries + 1)
	if err != nil && len(list) == 0 && !errors.Is(err, fs.ErrNotExist) && err.Error() != "EOF" {
		return book.Folder{}, casework.Problem(op, "desk.folder_closed").Because(err)
	}
	out := book.Folder{Path: path, More: len(list) > mostEntries}
	for _, e := range list[:min(len(list), mostEntries)] {
		if err := ctx.Err(); err != nil {
			return book.Folder{}, err
		}
		if strings.HasPrefix(e.Name(), ".") || strings.HasPrefix(e.Name(), "$") || strings.HasPrefix(e.Name(), "~$") {
			continue
		}
		file := filepath.Join(path, e.Name())
		info, err := os.Stat(file) // of what a link leads to
		if err != nil || !info.IsDir() && !info.Mode().IsRegular() {
			continue
		}
		entry := book.Entry{Path: file, Name: e.Name(), Folder: info.IsDir(), Time: info.ModTime()}
		if !entry.Folder {
			entry.Kind, entry.Size = kindOfName(e.Name()), info.Size()
		}
		out.Entries = append(out.Entries, entry)
	}
	slices.SortStableFunc(out.Entries, func(a, b book.Entry) int {
		if a.Folder != b.Folder {
			return map[bool]int{true: -1, false: 1}[a.Folder]
		}
		return cmp.Or(b.Time.Compare(a.Time), strings.Compare(a.Name, b.Name))
	})
	return out, nil
}

func home() string {
	dir, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	return dir
}

// places are where photos usually lie: cameras and sticks first, then her own folders.
func places(home string, drives []string) []book.Entry {
	var out []book.Entry
	seen := map[string]bool{}
	add := func(place, path string) {
		info, err := os.Stat(path)
		if err != nil || !info.IsDir() || seen[path] {
			return
		}
		seen[path] = true
		out = append(out, book.Entry{Path: path, Name: filepath.Base(path), Place: place, Folder: true, Time: info.ModTime()})
	}
	for _, drive := range drives {
		add("camera", filepath.Join(drive, "DCIM"))
	}
	for _, drive := range drives {
		add("usb", drive)
	}
	if home == "" {
		return out
	}
	for _, p := range []struct{ place, name string }{
		{"desktop", "Desktop"},
		{"desktop", "桌面"},
		{"pictures", "Pictures"},
		{"pictures", "图片"},
		{"downloads", "Downloads"},
		{"downloads", "下载"},
		{"wechat", filepath.Join("Documents", "xwechat_files")},
		{"wechat", filepath.Join("Documents", "WeChat Files")},
		{"wechat", filepath.Join("文档", "xwechat_files")},
	} {
		add(p.place, filepath.Join(home, p.name))
	}
	add("home", home)
	return out
}
