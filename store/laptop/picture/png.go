package picture

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
)

const pngMagic = "\x89PNG\r\n\x1a\n"

// pngKept are the chunks that make the picture what it looks like.
var pngKept = map[string]bool{
	"IHDR": true, "PLTE": true, "IDAT": true, "IEND": true,
	"tRNS": true, "gAMA": true, "cHRM": true, "sRGB": true, "sBIT": true, "bKGD": true, "pHYs": true,
}

// stripPNG keeps the chunks of pngKept and nothing behind the end.
func stripPNG(b []byte) ([]byte, bool) {
	out := bytes.NewBuffer(make([]byte, 0, len(b)))
	out.WriteString(pngMagic)
	data := false
	for rest := b[len(pngMagic):]; ; {
		if len(rest) < 12 {
			return nil, false
		}
		n := uint64(binary.BigEndian.Uint32(rest))
		if n > uint64(len(rest)-12) {
			return nil, false
		}
		name, chunk := string(rest[4:8]), rest[:12+n]
		if crc32.ChecksumIEEE(chunk[4:8+n]) != binary.BigEndian.Uint32(chunk[8+n:]) {
			return nil, false
		}
		if out.Len() == len(pngMagic) && (name != "IHDR" || n != 13) {
			return nil, false
		}
		if pngKept[name] {
			out.Write(chunk)
		}
		data = data || name == "IDAT"
		if name == "IEND" {
			return out.Bytes(), data && n == 0
		}
		rest = rest[12+n:]
	}
}
