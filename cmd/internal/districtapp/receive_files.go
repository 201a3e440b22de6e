package districtapp

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"doorstep/casework"
	"doorstep/store/laptop"
	"doorstep/store/laptop/outbox"
	"doorstep/store/laptop/picture"
)

// sealedFiles is the folder in which a laptop keeps photos and files.
const sealedFiles = "attachments"

var endings = map[picture.Kind]string{
	picture.JPEG: ".jpg", picture.PNG: ".png", picture.GIF: ".gif", picture.WebP: ".webp",
	picture.MP3: ".mp3", picture.M4A: ".m4a", picture.WAV: ".wav", picture.AMR: ".amr", picture.OGG: ".ogg",
}

// open looks for the photos and files that an outbox names, and writes those that open
// into a folder, each under the number of its record, for the owner of the folder alone.
// Error: districtapp.file.
func (r *Received) open(c outbox.Contents, path, into string) error {
	folder := filepath.Join(path, sealedFiles)
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		folder = filepath.Join(filepath.Dir(filepath.Clean(path)), sealedFiles)
	}
	for _, item := range c.Files {
		if item.Body == nil {
			continue // taken away again
		}
		info, content, err := laptop.Salvaged(c.Store, item, folder)
		if err != nil {
			r.FilesGone++
			continue
		}
		r.Files++
		if into == "" {
			continue
		}
		ending := endings[info.Kind]
		if ending == "" {
			ending = ".bin"
		}
		if err := keep(filepath.Join(into, info.ID.String()+ending), content); err != nil {
			return err
		}
	}
	return nil
}

// keep writes a file that is not there yet.
func keep(path string, content []byte) error {
	err := os.MkdirAll(filepath.Dir(path), 0o700)
	if err == nil {
		err = write(path, content)
	}
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return casework.Problem("districtapp.keep", "districtapp.file", "File", casework.CleanLine(filepath.Base(path), 80)).Because(err)
	}
	return nil
}
