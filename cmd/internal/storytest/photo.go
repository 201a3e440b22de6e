package storytest

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"os"

	"github.com/rogpeppe/go-internal/testscript"
)

// photo writes a photo as a telephone does: beside the picture it tells NOTE, and it holds
// a small copy of itself.
func photo(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 || len(args[1]) > 200 {
		ts.Fatalf("usage: photo FILE NOTE")
	}
	img := image.NewRGBA(image.Rect(0, 0, 640, 480))
	for y := range 480 {
		for x := range 640 {
			img.Set(x, y, color.RGBA{uint8(x * 255 / 640), uint8(y * 255 / 480), 120, 255})
		}
	}
	var b bytes.Buffer
	ts.Check(jpeg.Encode(&b, img, nil))
	note := "Exif\x00\x00" + args[1] + "\xff\xd8\xff\xd9"
	out := append([]byte{0xff, 0xd8, 0xff, 0xe1, 0, byte(len(note) + 2)}, note...)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), append(out, b.Bytes()[2:]...), 0o600))
}
