package picture

import "bytes"

// stripGIF keeps the frames, how they follow each other, and nothing behind the end.
func stripGIF(b []byte) ([]byte, bool) {
	if len(b) < 13 {
		return nil, false
	}
	i := 13
	if b[10]&0x80 != 0 {
		i += 3 << (b[10]&7 + 1)
	}
	if i > len(b) {
		return nil, false
	}
	out := bytes.NewBuffer(make([]byte, 0, len(b)))
	out.Write(b[:i])
	for frames := 0; i < len(b); {
		from := i
		switch b[i] {
		case 0x3b:
			out.WriteByte(0x3b)
			return out.Bytes(), frames > 0
		case 0x2c:
			if len(b)-i < 11 {
				return nil, false
			}
			table := 0
			if b[i+9]&0x80 != 0 {
				table = 3 << (b[i+9]&7 + 1)
			}
			i += 10 + table + 1
			frames++
		case 0x21:
			if len(b)-i < 3 {
				return nil, false
			}
			i += 2
		default:
			return nil, false
		}
		head := i
		for {
			if i >= len(b) {
				return nil, false
			}
			n := int(b[i])
			i += 1 + n
			if n == 0 {
				break
			}
		}
		if i > len(b) {
			return nil, false
		}
		loops := bytes.HasPrefix(b[min(head, len(b)):], []byte("\x0bNETSCAPE2.0\x03")) && i-head == 17
		if b[from] == 0x2c || b[from+1] == 0xf9 || b[from+1] == 0xff && loops {
			out.Write(b[from:i])
		}
	}
	return nil, false
}
