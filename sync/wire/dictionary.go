package wire

import (
	"crypto/sha256"
	"embed"
	"encoding/binary"
	"sync"

	"doorstep/casework"
)

// The dictionaries are plain text of the shapes that travel, one file per version. A
// file is never changed or removed, because batches recorded with it name it by its
// SHA-256; a better one is a new file, and Current says which one is written with.
//
//go:embed dictionary/*.txt
var dictionaryFiles embed.FS

const current = "dictionary/1.txt"

var dictionaries = sync.OnceValues(func() (map[casework.Hash]*codec, casework.Hash) {
	all := map[casework.Hash]*codec{}
	var now casework.Hash
	files, err := dictionaryFiles.ReadDir("dictionary")
	if err != nil {
		panic(err) // the files are part of the program
	}
	for _, f := range files {
		b, err := dictionaryFiles.ReadFile("dictionary/" + f.Name())
		if err != nil {
			panic(err)
		}
		name := casework.Hash(sha256.Sum256(b))
		all[name] = &codec{id: idOf(name), content: b}
		if "dictionary/"+f.Name() == current {
			now = name
		}
	}
	return all, now
})

// Current is the name of the dictionary that new containers are written with.
func Current() casework.Hash {
	_, now := dictionaries()
	return now
}

// idOf is the number a frame carries: two dictionaries never share one by accident, and
// the checksum tells when they do. Numbers below 32768 belong to registered dictionaries.
func idOf(name casework.Hash) uint32 {
	return binary.BigEndian.Uint32(name[:4])&(1<<30-1) | 1<<30
}

// withDictionary runs f with the codec of a dictionary, followed by the operations that
// both sides have before them when an answer refers to the batch it answers.
func withDictionary(op string, name casework.Hash, basis []byte, f func(*codec) error) error {
	all, _ := dictionaries()
	c, ok := all[name]
	if !ok {
		return casework.Problem(op, "wire.dictionary")
	}
	if len(basis) == 0 {
		return f(c)
	}
	content := make([]byte, 0, len(c.content)+len(basis))
	content = append(append(content, c.content...), basis...)
	own := &codec{id: idOf(sha256.Sum256(content)), content: content, once: true}
	defer own.close()
	return f(own)
}
