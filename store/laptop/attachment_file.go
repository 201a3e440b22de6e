package laptop

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"io"
	"math/bits"

	"golang.org/x/crypto/chacha20poly1305"

	"doorstep/casework"
)

// A sealed file is a header and chunks, each sealed by itself:
//
//	header  "DSAT" | format 1 | algorithm | 16 (chunks of 2^16 bytes) | 0 | key id (8) | nonce (16)
//	chunk   sealed(64 KiB of: length (8) | content | zeros)
//
// Every file has a key of its own, which stands in the sealed row that names the file. The
// nonce of a chunk ends in its number and in whether it is the last, and store and header
// are bound into each seal: chunks cannot be swapped, dropped, added or cut off.
const (
	fileMagic  = "DSAT"
	fileFormat = 1
	chunkBits  = 16
	chunkSize  = 1 << chunkBits
	fileNonce  = chacha20poly1305.NonceSizeX - 8
	fileHeader = 8 + 8 + fileNonce
)

// fileKeyID tells with which key a file was sealed, and nothing about it.
func fileKeyID(key []byte) []byte {
	m := hmac.New(sha256.New, key)
	m.Write([]byte("doorstep/attachment/key id/1"))
	return m.Sum(nil)[:8]
}

// chunksFor is how many chunks a content of n bytes takes: its own number rounded up so
// that of many sizes each looks the same. At most an eighth is added.
func chunksFor(n int) int {
	chunks := max(1, (8+n+chunkSize-1)/chunkSize)
	step := 1 << max(0, bits.Len(uint(chunks))-4)
	return (chunks + step - 1) / step * step
}

// sealedSize is how many bytes the file of a content of n bytes has.
func sealedSize(n int) int64 {
	return fileHeader + int64(chunksFor(n))*(chunkSize+chacha20poly1305.Overhead)
}

// sealFile writes content sealed. r gives the nonce.
func sealFile(w io.Writer, r io.Reader, store casework.ID, key, content []byte) error {
	head := make([]byte, 0, fileHeader)
	head = append(head, fileMagic...)
	head = append(head, fileFormat, byte(xchacha20poly1305), chunkBits, 0)
	head = append(head, fileKeyID(key)...)
	head = head[:fileHeader]
	if _, err := io.ReadFull(r, head[16:]); err != nil {
		return casework.Problem("laptop.sealFile", "random.unavailable").Because(err)
	}
	if _, err := w.Write(head); err != nil {
		return err
	}
	a, err := chacha20poly1305.NewX(key)
	if err != nil {
		return err
	}
	var nonce [chacha20poly1305.NonceSizeX]byte
	plain, sealed := make([]byte, chunkSize), make([]byte, 0, chunkSize+chacha20poly1305.Overhead)
	defer clear(plain)
	bound := fileBound(store, head)
	chunks := chunksFor(len(content))
	for i := range chunks {
		chunkNonce(&nonce, head, i, i == chunks-1)
		n := 0
		if i == 0 {
			binary.BigEndian.PutUint64(plain, uint64(len(content)))
			n = 8
		}
		n += copy(plain[n:], content)
		content = content[min(len(content), chunkSize-8*one(i == 0)):]
		clear(plain[n:])
		if _, err := w.Write(a.Seal(sealed, nonce[:], plain, bound)); err != nil {
			return err
		}
	}
	return nil
}

// openFile gives the content of a sealed file, in memory of its own. Error: errSealed.
func openFile(sealed []byte, store casework.ID, key []byte) ([]byte, error) {
	const each = chunkSize + chacha20poly1305.Overhead
	if len(sealed) < fileHeader+each || (len(sealed)-fileHeader)%each != 0 || string(sealed[:4]) != fileMagic ||
		sealed[4] != fileFormat || algorithm(sealed[5]) != xchacha20poly1305 || sealed[6] != chunkBits || !hmac.Equal(sealed[8:16], fileKeyID(key)) {
		return nil, errSealed
	}
	head, rest := sealed[:fileHeader], sealed[fileHeader:]
	a, err := chacha20poly1305.NewX(key)
	if err != nil {
		return nil, err
	}
	var nonce [chacha20poly1305.NonceSizeX]byte
	chunks := len(rest) / each
	out := make([]byte, 0, chunks*chunkSize)
	bound := fileBound(store, head)
	for i := range chunks {
		chunkNonce(&nonce, head, i, i == chunks-1)
		if out, err = a.Open(out, nonce[:], rest[i*each:(i+1)*each], bound); err != nil {
			return nil, errSealed
		}
	}
	n := binary.BigEndian.Uint64(out)
	if n > uint64(len(out)-8) {
		return nil, errSealed
	}
	return out[8 : 8+n], nil
}

func chunkNonce(nonce *[chacha20poly1305.NonceSizeX]byte, head []byte, i int, last bool) {
	copy(nonce[:], head[16:fileHeader])
	binary.BigEndian.PutUint32(nonce[fileNonce:], uint32(i))
	binary.BigEndian.PutUint32(nonce[fileNonce+4:], uint32(one(last)))
}

func fileBound(store casework.ID, head []byte) []byte {
	return append(append([]byte("doorstep/attachment/1\x00"), store[:]...), head...)
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}
