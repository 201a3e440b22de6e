package packs

// The names of terms about photos and files.
const (
	// AttachmentMB is the largest file that goes into a case file, in megabytes. The program's
	// own limit is 10.
	AttachmentMB = "attachment_mb"
	// RestrictedPhotos is 1 when photos may be added to questions about harm, mood and the
	// carer's conduct. Without the row, or with 0, they may not.
	RestrictedPhotos = "restricted_photos"
)
