package picture

import (
	"bytes"
	"encoding/binary"
)

// Markers of JPEG.
const (
	markTEM  = 0x01
	markSOF0 = 0xc0
	markDHT  = 0xc4
	markJPG  = 0xc8
	markDAC  = 0xcc
	markSOFf = 0xcf
	markRST0 = 0xd0
	markRST7 = 0xd7
	markSOI  = 0xd8
	markEOI  = 0xd9
	markSOS  = 0xda
	markDRI  = 0xdd
	markAPP0 = 0xe0
	markAPP1 = 0xe1
	markAPPe = 0xee
)

// stripJPEG keeps tables, frames and scans; of everything else a bare JFIF header, what
// Adobe's says of the colours, and how the picture must be turned.
func stripJPEG(b []byte) ([]byte, bool) {
	var head, rest bytes.Buffer
	head.Write([]byte{0xff, markSOI})
	var adobe []byte
	turn, frames, scans := 1, 0, 0
	for i := 2; ; {
		m, next, ok := marker(b, i)
		if !ok {
			return nil, false
		}
		i = next
		switch {
		case m == markEOI:
			if frames == 0 || scans == 0 {
				return nil, false
			}
			if turn > 1 {
				head.Write(turned(turn))
			}
			if adobe != nil {
				segment(&head, markAPPe, adobe)
			}
			head.Write(rest.Bytes())
			head.Write([]byte{0xff, markEOI})
			return head.Bytes(), true
		case m == markTEM || m >= markRST0 && m <= markRST7:
			continue
		case m == markSOI || m < markSOF0:
			return nil, false
		}
		if len(b)-i < 2 {
			return nil, false
		}
		n := int(binary.BigEndian.Uint16(b[i:]))
		if n < 2 || n > len(b)-i {
			return nil, false
		}
		body := b[i+2 : i+n]
		i += n
		switch {
		case m == markAPP0 && bytes.HasPrefix(body, []byte("JFIF\x00")) && len(body) >= 12 && head.Len() == 2:
			segment(&head, markAPP0, append(bytes.Clone(body[:12]), 0, 0)) // no small picture
		case m == markAPP1 && turn == 1:
			turn = turnOf(body)
		case m == markAPPe && len(body) == 12 && bytes.HasPrefix(body, []byte("Adobe")):
			adobe = body
		case m == markSOS:
			scans++
			end := scanEnd(b, i)
			segment(&rest, m, body)
			rest.Write(b[i:end])
			i = end
		case kept(m):
			if frame(m) {
				frames++
			}
			segment(&rest, m, body)
		}
	}
}

// kept are the tables and frames without which the picture is none.
func kept(m byte) bool {
	return m >= markSOF0 && m <= markSOFf && m != markJPG || m >= 0xdb && m <= 0xdf
}

func frame(m byte) bool {
	return m >= markSOF0 && m <= markSOFf && m != markDHT && m != markJPG && m != markDAC
}

// marker reads one marker at i, after bytes that only fill.
func marker(b []byte, i int) (m byte, next int, ok bool) {
	if i >= len(b) || b[i] != 0xff {
		return 0, 0, false
	}
	for i < len(b) && b[i] == 0xff {
		i++
	}
	if i >= len(b) || b[i] == 0 {
		return 0, 0, false
	}
	return b[i], i + 1, true
}

// scanEnd is where the bytes of a scan that begins at i end.
func scanEnd(b []byte, i int) int {
	for i+1 < len(b) {
		n := bytes.IndexByte(b[i:len(b)-1], 0xff)
		if n < 0 {
			return len(b)
		}
		i += n
		if m := b[i+1]; m != 0 && m != 0xff && (m < markRST0 || m > markRST7) {
			return i
		}
		if b[i+1] == 0xff {
			i++
		} else {
			i += 2
		}
	}
	return len(b)
}

func segment(w *bytes.Buffer, m byte, body []byte) {
	w.Write([]byte{0xff, m})
	w.Write(binary.BigEndian.AppendUint16(nil, uint16(len(body)+2)))
	w.Write(body)
}

// turned is a segment that says how the picture must be turned, and nothing more.
func turned(turn int) []byte {
	return []byte{
		0xff, markAPP1, 0, 34, 'E', 'x', 'i', 'f', 0, 0, 'I', 'I', '*', 0, 8, 0, 0, 0,
		1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, byte(turn), 0, 0, 0, 0, 0, 0, 0,
	}
}

// turnOf reads from EXIF how the picture must be turned: 1 to 8, 1 when it does not say.
func turnOf(body []byte) int {
	tiff, ok := bytes.CutPrefix(body, []byte("Exif\x00\x00"))
	if !ok || len(tiff) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.LittleEndian
	if string(tiff[:2]) == "MM" {
		order = binary.BigEndian
	}
	at := int64(order.Uint32(tiff[4:]))
	if at+2 > int64(len(tiff)) {
		return 1
	}
	count := int64(order.Uint16(tiff[at:]))
	for n := range count {
		e := at + 2 + 12*n
		if e+12 > int64(len(tiff)) {
			return 1
		}
		if order.Uint16(tiff[e:]) == 0x112 && order.Uint16(tiff[e+2:]) == 3 {
			if turn := int(order.Uint16(tiff[e+8:])); turn >= 1 && turn <= 8 {
				return turn
			}
		}
	}
	return 1
}
