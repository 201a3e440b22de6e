package sheet

import (
	"bytes"
	"path"
	"strings"

	"doorstep/casework"
)

// Limits of what OpenBook accepts. A district's largest roster has some 20,000 rows of 40
// columns in 4 MB; the limits leave room and still keep one hostile file below about 500 MB of
// memory.
const (
	MaxFileBytes  = 20 << 20  // the file as it lies on disk
	MaxUnzipBytes = 120 << 20 // all parts of an .xlsx together, unpacked
	MaxParts      = 2_000     // files inside an .xlsx
	MaxSheets     = 100
	MaxRows       = 100_000   // of one sheet, up to the last row with content
	MaxCols       = 500       // of one sheet, up to the last column with content
	MaxCells      = 2_000_000 // with content, all sheets together
	MaxCellRunes  = 32_767    // Excel's own limit
)

// OpenBook opens a file from its bytes. The name serves only to name the one sheet of a CSV
// file. Codes: sheet.empty, sheet.too_big, sheet.old_xls, sheet.password, sheet.not_table,
// sheet.broken, sheet.too_many_rows, sheet.too_many_columns, sheet.too_many_cells,
// sheet.too_many_merges, sheet.encoding. No error carries anything from inside a cell.
func OpenBook(name string, raw []byte) (*Book, error) {
	const op = "sheet.OpenBook"
	switch {
	case len(bytes.TrimSpace(raw[:min(len(raw), 4096)])) == 0:
		return nil, casework.Problem(op, "sheet.empty")
	case len(raw) > MaxFileBytes:
		return nil, casework.Problem(op, "sheet.too_big", "MB", MaxFileBytes>>20)
	case bytes.HasPrefix(raw, oleMagic):
		if bytes.Contains(raw, encryptedPackage) {
			return nil, casework.Problem(op, "sheet.password")
		}
		return nil, casework.Problem(op, "sheet.old_xls")
	case bytes.HasPrefix(raw, []byte("PK")):
		return openXLSX(raw)
	case looksBinary(raw), bytes.HasPrefix(bytes.TrimSpace(raw), []byte("<")):
		return nil, casework.Problem(op, "sheet.not_table")
	}
	g, err := openCSV(strings.TrimSuffix(path.Base(strings.ReplaceAll(name, `\`, "/")), path.Ext(name)), raw)
	if err != nil {
		return nil, err
	}
	return &Book{Sheets: []*Grid{g}}, nil
}

// oleMagic starts every file of the old container: .xls, WPS .et, and .xlsx with a password.
var oleMagic = []byte{0xD0, 0xCF, 0x11, 0xE0}

// encryptedPackage is the name, in UTF-16, of the stream that only files with a password have.
var encryptedPackage = utf16le("EncryptedPackage")

func utf16le(s string) []byte {
	var b []byte
	for _, r := range s {
		b = append(b, byte(r), 0)
	}
	return b
}

// looksBinary says whether the first bytes hold control characters no table has. UTF-16 text
// is full of zero bytes and is recognised by its mark.
func looksBinary(raw []byte) bool {
	if bytes.HasPrefix(raw, []byte{0xFF, 0xFE}) || bytes.HasPrefix(raw, []byte{0xFE, 0xFF}) {
		return false
	}
	for _, b := range raw[:min(len(raw), 4096)] {
		if b < ' ' && b != '\t' && b != '\n' && b != '\r' && b != '\f' {
			return true
		}
	}
	return false
}
