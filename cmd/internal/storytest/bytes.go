package storytest

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// shortest is the least length, in bytes, of what is searched for: anything shorter is
// found by chance in a megabyte of sealed rows.
const shortest = 6

// nodata looks for words in every byte of a folder, file names included.
func nodata(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: nodata PATH WORDS")
	}
	words, err := spellings(ts.ReadFile(args[1]))
	ts.Check(err)
	where, files, err := search(ts.MkAbs(args[0]), words)
	ts.Check(err)
	switch {
	case files == 0:
		ts.Fatalf("there is no file to search in %s", args[0])
	case where != "" && !neg:
		ts.Fatalf("%s", where)
	case where == "" && neg:
		ts.Fatalf("no word of %s stands in %s", args[1], args[0])
	}
}

// spelling is one word in one encoding.
type spelling struct {
	word, encoding string
	bytes          []byte
}

// spellings are the words of a text, one a line, in every encoding a file could hold them.
func spellings(text string) ([]spelling, error) {
	var out []spelling
	for line := range strings.Lines(text) {
		word := strings.TrimSpace(line)
		if word == "" {
			continue
		}
		if len(word) < shortest {
			return nil, fmt.Errorf("%q is too short to be searched for", word)
		}
		escaped := strings.Trim(strconv.QuoteToASCII(word), `"`)
		for _, e := range []struct {
			name   string
			encode func(string) (string, error)
		}{
			{"UTF-8", func(s string) (string, error) { return s, nil }},
			{"GB18030", simplifiedchinese.GB18030.NewEncoder().String},
			{"UTF-16LE", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder().String},
			{"UTF-16BE", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewEncoder().String},
			{`\u`, func(string) (string, error) { return escaped, nil }},
		} {
			b, err := e.encode(word)
			if err != nil {
				return nil, fmt.Errorf("%q in %s: %w", word, e.name, err)
			}
			if len(b) >= shortest {
				out = append(out, spelling{word, e.name, []byte(b)})
			}
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("there is no word to search for")
	}
	return out, nil
}

// search says where the first word stands, and how many files were read.
func search(root string, words []spelling) (where string, files int, err error) {
	err = filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil || where != "" {
			return err
		}
		content := []byte(d.Name())
		if d.Type().IsRegular() {
			files++
			held, err := os.ReadFile(p)
			if err != nil {
				return err
			}
			content = append(append(content, '\n'), held...)
		}
		for _, w := range words {
			if at := bytes.Index(content, w.bytes); at >= 0 {
				where = fmt.Sprintf("%s holds %q as %s, at byte %d", p, w.word, w.encoding, max(0, at-len(d.Name())-1))
				return nil
			}
		}
		return nil
	})
	return where, files, err
}

// tampered damages a file.
func tampered(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: tampered FILE cut|flip N")
	}
	file := ts.MkAbs(args[0])
	n, err := strconv.Atoi(args[2])
	ts.Check(err)
	held, err := os.ReadFile(file)
	ts.Check(err)
	if n < 0 || n >= len(held) {
		ts.Fatalf("%s has only %d bytes", args[0], len(held))
	}
	switch args[1] {
	case "cut":
		held = held[:n]
	case "flip":
		held[n] ^= 1
	default:
		ts.Fatalf("tampered does not know %q", args[1])
	}
	ts.Check(os.WriteFile(file, held, 0o600))
}
