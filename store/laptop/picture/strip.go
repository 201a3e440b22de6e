package picture

import "doorstep/casework"

// Clean is a file without what it told beside its content.
type Clean struct {
	Kind    Kind
	Content []byte // never lies in what was given
	Telling bool   // something may be left that tells where, when or by whom it was made
}

// Strip takes out of a file what it tells beside its content. What is given is not
// changed. Errors: picture.empty, picture.save_as_jpeg (a picture of a kind that is not
// kept), picture.kind (not a kind that is kept), picture.damaged (it ends too early or does
// not follow its own format).
func Strip(content []byte) (Clean, error) {
	const op = "picture.Strip"
	if len(content) == 0 {
		return Clean{}, casework.Problem(op, "picture.empty")
	}
	k := kindOf(content)
	switch k {
	case "":
		return Clean{}, casework.Problem(op, "picture.kind")
	case foreign:
		return Clean{}, casework.Problem(op, "picture.save_as_jpeg")
	}
	out, ok := strippers[k](content)
	if !ok {
		return Clean{}, casework.Problem(op, "picture.damaged")
	}
	return Clean{Kind: k, Content: out, Telling: k.telling()}, nil
}

// strippers give a copy that tells less; false when the content is damaged.
var strippers = map[Kind]func([]byte) ([]byte, bool){
	JPEG: stripJPEG, PNG: stripPNG, GIF: stripGIF, WebP: stripWebP,
	MP3: stripMP3, WAV: stripWAV, M4A: stripBoxes, MP4: stripBoxes,
	AMR: whole, OGG: whole, PDF: whole, Office: whole, Old: whole,
}

func whole(b []byte) ([]byte, bool) { return append([]byte(nil), b...), true }
