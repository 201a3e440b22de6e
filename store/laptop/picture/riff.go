package picture

import (
	"bytes"
	"encoding/binary"
)

// stripRIFF keeps the chunks that keep says, which may change a copy of one.
func stripRIFF(b []byte, keep func(name string, body []byte) bool) ([]byte, bool) {
	if len(b) < 12 {
		return nil, false
	}
	out := bytes.NewBuffer(make([]byte, 0, len(b)))
	out.Write(b[:12])
	end := min(uint64(len(b)), 8+uint64(binary.LittleEndian.Uint32(b[4:])))
	some := false
	for i := uint64(12); i+8 <= end; {
		name, n := string(b[i:i+4]), uint64(binary.LittleEndian.Uint32(b[i+4:]))
		if n > end-i-8 {
			return nil, false
		}
		body := bytes.Clone(b[i+8 : i+8+n])
		if keep(name, body) {
			some = true
			out.Write(b[i : i+8])
			out.Write(body)
			if n%2 == 1 {
				out.WriteByte(0)
			}
		}
		i += 8 + n + n%2
	}
	binary.LittleEndian.PutUint32(out.Bytes()[4:], uint32(out.Len()-8))
	return out.Bytes(), some
}

func stripWebP(b []byte) ([]byte, bool) {
	return stripRIFF(b, func(name string, body []byte) bool {
		switch name {
		case "VP8X":
			if len(body) == 10 {
				body[0] &^= 0x20 | 0x08 | 0x04 // colour profile, EXIF, XMP
			}
			return len(body) == 10
		case "VP8 ", "VP8L", "ALPH", "ANIM", "ANMF":
			return true
		}
		return false
	})
}

func stripWAV(b []byte) ([]byte, bool) {
	return stripRIFF(b, func(name string, _ []byte) bool { return name == "fmt " || name == "data" || name == "fact" })
}
