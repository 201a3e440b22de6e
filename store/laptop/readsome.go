package laptop

import (
	"errors"
	"io"
	"os"
)

// errNotPlain is no plain file, or one that is longer than anything of its kind.
var errNotPlain = errors.New("no plain file of a length that fits")

// readSome reads a plain file that is at most so long. What lies in a folder may have been
// put there by anybody: a pipe is not waited for, and a huge file does not fill the memory.
// Error: errNotPlain.
func readSome(path string, most int64) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() > most {
		return nil, errNotPlain
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b := make([]byte, 0, info.Size()+1)
	for {
		n, err := f.Read(b[len(b):cap(b)])
		b = b[:len(b)+n]
		switch {
		case err == io.EOF:
			return b, nil
		case err != nil:
			return nil, err
		case int64(len(b)) > most || len(b) == cap(b):
			return nil, errNotPlain
		}
	}
}
