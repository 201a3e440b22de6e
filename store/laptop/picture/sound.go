package picture

import "bytes"

// stripMP3 takes the labels off both ends.
func stripMP3(b []byte) ([]byte, bool) {
	for bytes.HasPrefix(b, []byte("ID3")) {
		if len(b) < 10 {
			return nil, false
		}
		n := 10 + int(b[6]&0x7f)<<21 + int(b[7]&0x7f)<<14 + int(b[8]&0x7f)<<7 + int(b[9]&0x7f)
		if b[5]&0x10 != 0 {
			n += 10
		}
		if n > len(b) {
			return nil, false
		}
		b = bytes.TrimLeft(b[n:], "\x00")
	}
	if n := len(b) - 128; n >= 0 && bytes.HasPrefix(b[n:], []byte("TAG")) {
		b = b[:n]
	}
	return bytes.Clone(b), mp3Frame(b)
}
