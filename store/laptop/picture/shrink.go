package picture

import (
	"bytes"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"

	"doorstep/casework"
)

// MostPixels is how large a picture may be to be drawn: more would not fit into the memory
// of an old laptop.
const MostPixels = 50 << 20

// Cells is a picture as a terminal can draw it: one colour for each cell, row by row, each
// {red, green, blue}.
type Cells [][][3]byte

// Shrink draws a picture of a kind that shows into at most w columns and h rows of cells,
// which are twice as high as wide. It is turned as it must be; what is transparent is white.
// Errors: picture.no_view (a kind that is not drawn), picture.pixels, picture.damaged.
func Shrink(content []byte, w, h int) (Cells, error) {
	const op = "picture.Shrink"
	k, _ := KindOf(content)
	if !k.Shows() {
		return nil, casework.Problem(op, "picture.no_view")
	}
	size, decode := jpeg.DecodeConfig, jpeg.Decode
	switch k {
	case PNG:
		size, decode = png.DecodeConfig, png.Decode
	case GIF:
		size, decode = gif.DecodeConfig, gif.Decode
	}
	cfg, err := size(bytes.NewReader(content))
	if err != nil {
		return nil, casework.Problem(op, "picture.damaged").Because(err)
	}
	if cfg.Width <= 0 || cfg.Height <= 0 || int64(cfg.Width)*int64(cfg.Height) > MostPixels {
		return nil, casework.Problem(op, "picture.pixels")
	}
	img, err := decode(bytes.NewReader(content))
	if err != nil {
		return nil, casework.Problem(op, "picture.damaged").Because(err)
	}
	turn := 1
	if k == JPEG {
		turn = turnIn(content)
	}
	return shrink(img, turn, max(1, w), max(1, h)), nil
}

// turnIn is how a JPEG must be turned.
func turnIn(b []byte) int {
	for i := 2; ; {
		m, next, ok := marker(b, i)
		if !ok || m == markSOS || len(b)-next < 2 {
			return 1
		}
		n := int(b[next])<<8 | int(b[next+1])
		if n < 2 || n > len(b)-next {
			return 1
		}
		if m == markAPP1 {
			return turnOf(b[next+2 : next+n])
		}
		i = next + n
	}
}

// samples is how many points across and down one cell is the mean of, at most.
const samples = 8

func shrink(img image.Image, turn, w, h int) Cells {
	b := img.Bounds()
	width, height := b.Dx(), b.Dy()
	if turn >= 5 {
		width, height = height, width
	}
	columns, rows := w, max(1, (w*height+width)/(2*width))
	if rows > h {
		columns, rows = max(1, min(w, (2*h*width+height/2)/height)), h
	}
	out := make(Cells, rows)
	for y := range rows {
		out[y] = make([][3]byte, columns)
		for x := range columns {
			out[y][x] = mean(img, turn, width, height,
				x*width/columns, max((x+1)*width/columns, x*width/columns+1),
				y*height/rows, max((y+1)*height/rows, y*height/rows+1))
		}
	}
	return out
}

// mean is the colour of a rectangle of the turned picture, on white paper.
func mean(img image.Image, turn, width, height, x0, x1, y0, y1 int) [3]byte {
	var sum [3]uint64
	n := uint64(0)
	for j := range samples {
		y := y0 + (y1-y0)*j/samples
		for i := range samples {
			x := x0 + (x1-x0)*i/samples
			px, py := unturned(turn, width, height, x, y)
			r, g, b, a := img.At(img.Bounds().Min.X+px, img.Bounds().Min.Y+py).RGBA()
			paper := 0xffff - a
			for c, v := range []uint32{r, g, b} {
				sum[c] += uint64(v + paper)
			}
			n++
		}
	}
	return [3]byte{byte(sum[0] / n >> 8), byte(sum[1] / n >> 8), byte(sum[2] / n >> 8)}
}

// unturned is the point of the stored picture that is shown at x, y of the turned one.
func unturned(turn, width, height, x, y int) (int, int) {
	switch turn {
	case 2:
		return width - 1 - x, y
	case 3:
		return width - 1 - x, height - 1 - y
	case 4:
		return x, height - 1 - y
	case 5:
		return y, x
	case 6:
		return y, width - 1 - x
	case 7:
		return height - 1 - y, width - 1 - x
	case 8:
		return height - 1 - y, x
	}
	return x, y
}
