// Package picture reads what somebody chose to put into a case file: which kind it is, by
// its content and never by its name, and the same file without what it tells beside the
// picture: where it was taken, when, with which device, by whom, and the small copy of the
// whole picture that cameras hide in it.
//
//	JPEG   everything but the picture goes; how it must be turned stays
//	PNG    everything but the picture, its palette, transparency and gamma goes
//	GIF    comments and applications' blocks go
//	WebP   EXIF, XMP and the colour profile go
//	MP3    its labels go
//	WAV    everything but sound goes
//	MP4, M4A, MOV, 3GP   the boxes with labels and places are filled with zeros; a track of
//	       places inside the film stays
//	PDF, AMR, OGG and office documents are kept as they are
//
// What may still tell something is said ([Clean.Telling]), so that a person can decide
// before it is kept. HEIC, TIFF, BMP and raw pictures are refused: they are saved as JPEG first.
package picture
