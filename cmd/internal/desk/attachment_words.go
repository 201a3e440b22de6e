package desk

import (
	"encoding/json"
	"path/filepath"
	"strconv"
	"strings"

	"doorstep/casework/form"
	"doorstep/store/laptop/picture"
)

// fileWords says what an answer with a file stands for.
func (d *Desk) fileWords(id string) string {
	if a, ok := d.Attached(id); ok {
		return a.Words
	}
	return d.say("attach.elsewhere")
}

// fileOf is the id of the file that an answer stands for, when it is here.
func (d *Desk) fileOf(it *form.Item, raw json.RawMessage) string {
	var id string
	if it == nil || !it.Type.Attaches() || json.Unmarshal(raw, &id) != nil {
		return ""
	}
	if _, here := d.Attached(id); !here {
		return ""
	}
	return id
}

// size is a number of bytes as a person reads it: 350 KB, 1.2 MB.
func size(n int64) string {
	kb := max(1, (n+1023)>>10)
	if kb < 1000 {
		return strconv.FormatInt(kb, 10) + " KB"
	}
	return strconv.FormatFloat(float64(n)/(1<<20), 'f', 1, 64) + " MB"
}

// kindOfName guesses what a file is by how its name ends, for the list only.
func kindOfName(name string) string {
	switch strings.ToLower(strings.TrimPrefix(filepath.Ext(name), ".")) {
	case "jpg", "jpeg", "png", "gif", "webp", "heic", "heif", "bmp", "tif", "tiff":
		return string(picture.Image)
	case "mp3", "m4a", "wav", "amr", "ogg":
		return string(picture.Audio)
	case "mp4", "mov", "3gp", "m4v":
		return string(picture.Video)
	case "pdf", "docx", "xlsx", "pptx", "doc", "xls", "wps", "et":
		return string(picture.Document)
	}
	return ""
}
