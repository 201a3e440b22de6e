package picture

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"

	"doorstep/casework"
)

// What a camera writes beside the picture; none of it may come through.
var canaries = []string{"GPSCANARY-37.513-122.120", "THUMBCANARY", "MAKERCANARY-sn-88812", "COMMENTCANARY-林小溪", "XMPCANARY", "TRAILCANARY", "ICCCANARY"}

func tells(t *testing.T, what string, b []byte) {
	t.Helper()
	for _, c := range canaries {
		if bytes.Contains(b, []byte(c)) {
			t.Errorf("%s still tells %q", what, c)
		}
	}
}

// yard is a picture whose corners have colours of their own.
func yard(w, h int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{uint8(255 * x / w), uint8(255 * y / h), 80, 255}
			img.Set(x, y, c)
		}
	}
	return img
}

func app(m byte, body string) []byte {
	out := []byte{0xff, m}
	out = binary.BigEndian.AppendUint16(out, uint16(len(body)+2))
	return append(out, body...)
}

// exif is a camera's note: how to turn, where, by which device, and a small copy.
func exif(turn byte, big bool) string {
	var order binary.AppendByteOrder = binary.LittleEndian
	head := "II*\x00"
	if big {
		order, head = binary.BigEndian, "MM\x00*"
	}
	b := order.AppendUint32([]byte(head), 8)
	b = order.AppendUint16(b, 2)
	b = append(order.AppendUint32(order.AppendUint16(order.AppendUint16(b, 0x8825), 4), 1), 0, 0, 0, 99) // GPS
	b = order.AppendUint32(order.AppendUint16(order.AppendUint16(b, 0x112), 3), 1)
	b = append(order.AppendUint16(b, uint16(turn)), 0, 0)
	return "Exif\x00\x00" + string(b) + "\x00\x00\x00\x00" + canaries[0] + canaries[2] + "\xff\xd8\xff\xdb" + canaries[1] + "\xff\xd9"
}

// photo is what a telephone writes.
func photo(t testing.TB, turn byte, big bool) []byte {
	t.Helper()
	var plain bytes.Buffer
	if err := jpeg.Encode(&plain, yard(64, 32), nil); err != nil {
		t.Fatal(err)
	}
	b := []byte{0xff, 0xd8}
	b = append(b, app(0xe0, "JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x08\x08"+canaries[1])...)
	b = append(b, app(0xe1, exif(turn, big))...)
	b = append(b, app(0xe1, "http://ns.adobe.com/xap/1.0/\x00"+canaries[4])...)
	b = append(b, app(0xe2, "ICC_PROFILE\x00"+canaries[6])...)
	b = append(b, app(0xe2, "MPF\x00"+canaries[1])...)
	b = append(b, app(0xed, "Photoshop 3.0\x00"+canaries[3])...)
	b = append(b, app(0xfe, canaries[3])...)
	b = append(b, plain.Bytes()[2:]...)
	return append(b, "\xff\xd8"+canaries[5]+"\xff\xd9"...)
}

func TestAPhotoNoLongerTellsWhereItWasTaken(t *testing.T) {
	for _, big := range []bool{false, true} {
		for turn := byte(1); turn <= 8; turn++ {
			in := photo(t, turn, big)
			keep := bytes.Clone(in)
			c, err := Strip(in)
			if err != nil || c.Kind != JPEG || c.Telling {
				t.Fatalf("%+v %v", c.Kind, err)
			}
			tells(t, "the photo", c.Content)
			if !bytes.Equal(in, keep) {
				t.Fatal("what was given was changed")
			}
			before, err := jpeg.Decode(bytes.NewReader(in))
			if err != nil {
				t.Fatal(err)
			}
			after, err := jpeg.Decode(bytes.NewReader(c.Content))
			if err != nil {
				t.Fatal(err)
			}
			same(t, before, after)
			if turnIn(c.Content) != int(turn) {
				t.Errorf("must be turned %d, says %d", turn, turnIn(c.Content))
			}
			again, err := Strip(c.Content)
			if err != nil || !bytes.Equal(again.Content, c.Content) {
				t.Errorf("stripped twice it is another file: %v", err)
			}
		}
	}
}

func same(t *testing.T, a, b image.Image) {
	t.Helper()
	if a.Bounds() != b.Bounds() {
		t.Fatalf("%v %v", a.Bounds(), b.Bounds())
	}
	for y := a.Bounds().Min.Y; y < a.Bounds().Max.Y; y++ {
		for x := a.Bounds().Min.X; x < a.Bounds().Max.X; x++ {
			if color.NRGBAModel.Convert(a.At(x, y)) != color.NRGBAModel.Convert(b.At(x, y)) {
				t.Fatalf("another colour at %d,%d", x, y)
			}
		}
	}
}

func chunk(name, body string) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	b = append(b, name+body...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE([]byte(name+body)))
}

// screenshot is a PNG with everything a program may write into one.
func screenshot(t testing.TB) []byte {
	t.Helper()
	img := image.NewNRGBA(image.Rect(0, 0, 20, 10))
	for i := range img.Pix {
		img.Pix[i] = byte(i * 7)
	}
	var plain bytes.Buffer
	if err := png.Encode(&plain, img); err != nil {
		t.Fatal(err)
	}
	b := bytes.Clone(plain.Bytes()[:33])
	for _, c := range [][2]string{{"tEXt", canaries[3]}, {"iTXt", canaries[4]}, {"zTXt", canaries[3]}, {"eXIf", canaries[0]}, {"iCCP", canaries[6]}, {"tIME", canaries[2]}, {"prVt", canaries[1]}} {
		b = append(b, chunk(c[0], c[1])...)
	}
	b = append(b, plain.Bytes()[33:]...)
	return append(b, canaries[5]...)
}

func TestAPNGKeepsEveryPixelAndNothingElse(t *testing.T) {
	in := screenshot(t)
	c, err := Strip(in)
	if err != nil || c.Kind != PNG {
		t.Fatal(c.Kind, err)
	}
	tells(t, "the PNG", c.Content)
	before, err := png.Decode(bytes.NewReader(in))
	if err != nil {
		t.Fatal(err)
	}
	after, err := png.Decode(bytes.NewReader(c.Content))
	if err != nil {
		t.Fatal(err)
	}
	same(t, before, after)
	in[40] ^= 1
	_, err = Strip(in)
	wants(t, err, "picture.damaged")
}

func animation(t testing.TB) []byte {
	t.Helper()
	g := &gif.GIF{LoopCount: 0}
	for n := range 2 {
		p := image.NewPaletted(image.Rect(0, 0, 8, 6), color.Palette{color.Black, color.White, color.RGBA{200, 10, 10, 255}})
		for i := range p.Pix {
			p.Pix[i] = byte((i + n) % 3)
		}
		g.Image, g.Delay = append(g.Image, p), append(g.Delay, 5)
	}
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, g); err != nil {
		t.Fatal(err)
	}
	out := b.Bytes()
	at := bytes.Index(out, []byte("\x21\xf9"))
	note := "\x21\xfe" + string(rune(len(canaries[5]))) + canaries[5] + "\x00" + "\x21\xff\x0bXMP DataXMP" + string(rune(len(canaries[4]))) + canaries[4] + "\x00"
	out = append(bytes.Clone(out[:at]), append([]byte(note), out[at:]...)...)
	return append(out, canaries[5]...)
}

func TestAGIFKeepsItsFrames(t *testing.T) {
	c, err := Strip(animation(t))
	if err != nil || c.Kind != GIF {
		t.Fatal(c.Kind, err)
	}
	tells(t, "the GIF", c.Content)
	g, err := gif.DecodeAll(bytes.NewReader(c.Content))
	if err != nil || len(g.Image) != 2 || g.LoopCount != 0 {
		t.Fatalf("%v %+v", err, g)
	}
}

func riff(form string, chunks ...string) []byte {
	var body []byte
	for i := 0; i < len(chunks); i += 2 {
		body = append(body, chunks[i]...)
		body = binary.LittleEndian.AppendUint32(body, uint32(len(chunks[i+1])))
		body = append(body, chunks[i+1]...)
		if len(chunks[i+1])%2 == 1 {
			body = append(body, 0)
		}
	}
	b := binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(body)+4))
	return append(append(b, form...), body...)
}

func box(name, body string) string {
	return string(binary.BigEndian.AppendUint32(nil, uint32(len(body)+8))) + name + body
}

func film() []byte {
	return []byte(box("ftyp", "isom\x00\x00\x02\x00isom") + box("mdat", "FRAMES") +
		box("moov", box("mvhd", "head")+box("trak", box("udta", canaries[3])+box("mdia", box("meta", canaries[4])))+
			box("udta", box("\xa9xyz", canaries[0]))+box("meta", canaries[2])) + box("uuid", canaries[4]) + box("free", canaries[5]))
}

func TestSoundAndFilmTellLess(t *testing.T) {
	id3 := "ID3\x04\x00\x00\x00\x00\x00" + string(rune(len(canaries[3]))) + canaries[3]
	frames := "\xff\xfb\x90\x64" + strings.Repeat("\x00", 200) + "SOUND"
	for name, c := range map[string]struct {
		in      []byte
		kind    Kind
		telling bool
		stays   string
	}{
		"mp3":  {[]byte(id3 + frames + "TAG" + canaries[3] + strings.Repeat(" ", 125-len(canaries[3]))), MP3, false, "SOUND"},
		"wav":  {riff("WAVE", "fmt ", "0123456789012345", "LIST", canaries[3], "data", "SOUND", "id3 ", canaries[0]), WAV, false, "SOUND"},
		"webp": {riff("WEBP", "VP8X", "\x2c\x00\x00\x00\x01\x00\x00\x01\x00\x00", "ICCP", canaries[6], "VP8 ", "FRAMES", "EXIF", canaries[0], "XMP ", canaries[4]), WebP, false, "FRAMES"},
		"mp4":  {film(), MP4, true, "FRAMES"},
		"m4a":  {bytes.Replace(film(), []byte("isom"), []byte("M4A "), 1), M4A, true, "FRAMES"},
		"pdf":  {[]byte("%PDF-1.7\n"), PDF, true, "%PDF"},
	} {
		got, err := Strip(c.in)
		if err != nil || got.Kind != c.kind || got.Telling != c.telling || !bytes.Contains(got.Content, []byte(c.stays)) {
			t.Errorf("%s: %v %v %v %q", name, got.Kind, got.Telling, err, got.Content)
			continue
		}
		tells(t, name, got.Content)
		if (c.kind == MP4 || c.kind == M4A) && len(got.Content) != len(c.in) {
			t.Errorf("%s: bytes moved", name)
		}
		if c.kind == WebP && got.Content[20] != 0 {
			t.Errorf("webp still says that it holds EXIF")
		}
	}
}

func wants(t *testing.T, err error, code casework.Code) {
	t.Helper()
	if casework.CodeOf(err) != code {
		t.Errorf("got %v, want %s", err, code)
	}
}

func TestWhatIsNotKeptIsRefusedByItsContent(t *testing.T) {
	for code, all := range map[casework.Code][]string{
		"picture.empty":        {""},
		"picture.save_as_jpeg": {"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", "\x00\x00\x00\x1cftypavif", "II*\x00\x08\x00\x00\x00", "MM\x00*", "BM\x36\x10\x00\x00\x00\x00\x00\x00\x36\x00\x00\x00\x28\x00\x00\x00xxxxxxxxx"},
		"picture.kind":         {"MZ\x90\x00", "\x7fELF", "#!/bin/sh\n", "你好", "PK\x03\x04just.a.zip", "BM", "<html>"},
		"picture.damaged": {
			"\xff\xd8\xff", "\xff\xd8\xff\xd9", "\xff\xd8\xff\xe0\x00\x01", "\xff\xd8\xff\xe0\xff\xff", pngMagic, pngMagic + "\xff\xff\xff\xff", "GIF89a", "GIF89a\x01\x00\x01\x00\x80\x00\x00",
			"RIFF\x04\x00\x00\x00WEBP", "ID3\x04", "\x00\x00\x00\x10ftypisom\x00\x00\x00\x00\x00\x00\xff\xffmoov",
		},
	} {
		for _, in := range all {
			_, err := Strip([]byte(in))
			wants(t, err, code)
		}
	}
	cut := photo(t, 1, false)
	_, err := Strip(cut[:len(cut)-200])
	wants(t, err, "picture.damaged")
}

func TestAPictureIsDrawnInCells(t *testing.T) {
	var b bytes.Buffer
	if err := png.Encode(&b, yard(400, 200)); err != nil {
		t.Fatal(err)
	}
	cells, err := Shrink(b.Bytes(), 80, 20)
	if err != nil || len(cells) != 20 || len(cells[0]) != 80 {
		t.Fatalf("%d rows %v", len(cells), err)
	}
	if cells[0][0][0] > 10 || cells[0][79][0] < 240 || cells[19][0][1] < 220 {
		t.Errorf("corners %v %v %v", cells[0][0], cells[0][79], cells[19][0])
	}
	if tall, _ := Shrink(b.Bytes(), 200, 5); len(tall) != 5 || len(tall[0]) != 20 {
		t.Errorf("%d × %d", len(tall), len(tall[0]))
	}
	// A photo held upright: what is at the left of the stored picture stands at the top.
	up, err := Shrink(photo(t, 6, false), 40, 20)
	if err != nil || len(up) < len(up[0])/2 || up[0][0][0] > 60 || up[len(up)-1][0][0] < 180 {
		t.Fatalf("%d × %d %v %v", len(up), len(up[0]), up[0][0], err)
	}
	_, err = Shrink([]byte("%PDF-1.7"), 10, 10)
	wants(t, err, "picture.no_view")
	_, err = Shrink([]byte("\xff\xd8\xff\xd9"), 10, 10)
	wants(t, err, "picture.damaged")
	bomb := append(bytes.Clone(b.Bytes()[:8]), chunk("IHDR", "\x00\x01\x00\x00\x00\x01\x00\x00\x08\x02\x00\x00\x00")...)
	_, err = Shrink(bomb, 10, 10)
	wants(t, err, "picture.pixels")
}

// Whatever is given: no crash, and what comes out is the same when stripped again.
func FuzzStrip(f *testing.F) {
	f.Add(photo(f, 6, true))
	f.Add(screenshot(f))
	f.Add(animation(f))
	f.Add(film())
	f.Add(riff("WAVE", "fmt ", "0", "data", "x"))
	f.Add([]byte("ID3\x04\x00\x00\x00\x00\x00\x01x\xff\xfb\x90\x64x"))
	f.Fuzz(func(t *testing.T, b []byte) {
		c, err := Strip(b)
		if err != nil {
			return
		}
		again, err := Strip(c.Content)
		if err != nil || !bytes.Equal(again.Content, c.Content) || again.Kind != c.Kind {
			t.Fatalf("%v: %v", c.Kind, err)
		}
	})
}

// Drawing never crashes and stays within what it was given.
func FuzzShrink(f *testing.F) {
	f.Add(photo(f, 8, false), uint8(20), uint8(10))
	f.Add(screenshot(f), uint8(0), uint8(0))
	f.Add(animation(f), uint8(1), uint8(200))
	f.Fuzz(func(t *testing.T, b []byte, w, h uint8) {
		if len(b) > 1<<16 {
			return
		}
		if cfg, _, err := image.DecodeConfig(bytes.NewReader(b)); err == nil && cfg.Width*cfg.Height > 1<<20 {
			return
		}
		cells, err := Shrink(b, int(w), int(h))
		if err == nil && (len(cells) > max(1, int(h)) || len(cells[0]) > max(1, int(w))) {
			t.Fatalf("%d × %d in %d × %d", len(cells[0]), len(cells), w, h)
		}
	})
}

func BenchmarkStripPhoto(b *testing.B) {
	var plain bytes.Buffer
	if err := jpeg.Encode(&plain, yard(2000, 1500), &jpeg.Options{Quality: 98}); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(plain.Len()))
	for b.Loop() {
		if _, err := Strip(plain.Bytes()); err != nil {
			b.Fatal(err)
		}
	}
}
