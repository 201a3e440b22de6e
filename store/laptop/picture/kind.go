package picture

import (
	"bytes"
	"encoding/binary"
	"slices"
)

// Kind is what a file is: its media type.
type Kind string

// The kinds that are kept.
const (
	JPEG   Kind = "image/jpeg"
	PNG    Kind = "image/png"
	GIF    Kind = "image/gif"
	WebP   Kind = "image/webp"
	MP3    Kind = "audio/mpeg"
	M4A    Kind = "audio/mp4"
	WAV    Kind = "audio/wav"
	AMR    Kind = "audio/amr"
	OGG    Kind = "audio/ogg"
	MP4    Kind = "video/mp4"
	PDF    Kind = "application/pdf"
	Office Kind = "application/vnd.openxmlformats" // .docx, .xlsx, .pptx
	Old    Kind = "application/x-ole-storage"      // .doc, .xls, .wps, .et
)

// Family is what a person calls a kind.
type Family string

// The families.
const (
	Image    Family = "image"
	Audio    Family = "audio"
	Video    Family = "video"
	Document Family = "document"
)

// Family says what a person calls it; "" for a kind that is not kept.
func (k Kind) Family() Family {
	switch k {
	case JPEG, PNG, GIF, WebP:
		return Image
	case MP3, M4A, WAV, AMR, OGG:
		return Audio
	case MP4:
		return Video
	case PDF, Office, Old:
		return Document
	}
	return ""
}

// Shows reports whether the picture can be drawn (Shrink).
func (k Kind) Shows() bool { return k == JPEG || k == PNG || k == GIF }

// telling reports kinds in which something may be left that tells where and by whom.
func (k Kind) telling() bool {
	return k.Family() == Video || k.Family() == Document || k == M4A || k == OGG
}

// foreign stands for pictures that are to be saved as JPEG first.
const foreign Kind = "foreign"

// KindOf knows a kind by its content. ok is false for what is not kept; foreign pictures
// (HEIC, TIFF, BMP, raw) are not.
func KindOf(content []byte) (k Kind, ok bool) {
	k = kindOf(content)
	return k, k != "" && k != foreign
}

func kindOf(b []byte) Kind {
	begins := func(s string) bool { return bytes.HasPrefix(b, []byte(s)) }
	at := func(n int, s string) bool { return len(b) > n && bytes.HasPrefix(b[n:], []byte(s)) }
	switch {
	case begins("\xff\xd8\xff"):
		return JPEG
	case begins(pngMagic):
		return PNG
	case begins("GIF87a"), begins("GIF89a"):
		return GIF
	case begins("RIFF") && at(8, "WEBP"):
		return WebP
	case begins("RIFF") && at(8, "WAVE"):
		return WAV
	case at(4, "ftyp"):
		return brand(b)
	case begins("ID3"), mp3Frame(b):
		return MP3
	case begins("#!AMR"):
		return AMR
	case begins("OggS"):
		return OGG
	case begins("%PDF-"):
		return PDF
	case begins("PK\x03\x04") && bytes.Contains(b, []byte("[Content_Types].xml")):
		return Office
	case begins("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
		return Old
	case begins("II*\x00"), begins("MM\x00*"), begins("II\x55\x00"), begins("FUJIFILM"), at(4, "JXL "), begins("\xff\x0a"):
		return foreign
	case begins("BM") && len(b) > 26 && binary.LittleEndian.Uint32(b[14:]) <= 124 && binary.LittleEndian.Uint32(b[14:]) >= 12:
		return foreign
	}
	return ""
}

// brand tells films, sound and pictures of the same container apart.
func brand(b []byte) Kind {
	if len(b) < 12 {
		return ""
	}
	name := string(b[8:12])
	switch {
	case slices.Contains([]string{"heic", "heix", "hevc", "hevx", "mif1", "msf1", "heim", "heis", "avif", "avis", "crx "}, name):
		return foreign
	case name == "M4A " || name == "M4B ":
		return M4A
	}
	return MP4
}

// mp3Frame reports a frame of MPEG sound, layer III, at the beginning.
func mp3Frame(b []byte) bool {
	return len(b) > 4 && b[0] == 0xff && b[1]&0xe6 == 0xe2 && b[2]&0xf0 != 0xf0 && b[2]&0x0c != 0x0c
}
