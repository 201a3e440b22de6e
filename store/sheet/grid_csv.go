package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"doorstep/casework"
)

// openCSV reads comma-, tab- or semicolon-separated text in UTF-8 (with or without its mark),
// UTF-16 with its mark, or GB18030, which is what Chinese Excel and WPS write. Every cell is
// text: a file of this kind does not say what is a number.
func openCSV(name string, raw []byte) (*Grid, error) {
	const op = "sheet.openCSV"
	text, err := decodeText(raw)
	if err != nil {
		return nil, casework.Problem(op, "sheet.encoding").Because(err)
	}
	r := csv.NewReader(strings.NewReader(text))
	r.Comma = separator(text)
	r.LazyQuotes = true
	r.FieldsPerRecord = -1
	r.ReuseRecord = true
	g := &Grid{Name: name}
	cells := 0
	for {
		fields, err := r.Read()
		if errors.Is(err, io.EOF) {
			return g, nil
		}
		if err != nil {
			return nil, casework.Problem(op, "sheet.broken").Because(err)
		}
		row, _ := r.FieldPos(0)
		for i, s := range fields {
			if s == "" {
				continue
			}
			if cells++; cells > MaxCells {
				return nil, casework.Problem(op, "sheet.too_many_cells", "Max", MaxCells)
			}
			if err := checkPlace(op, name, row, i+1, s); err != nil {
				return nil, err
			}
			g.put(row, i+1, Cell{Kind: TextIn, Text: strings.Clone(s)})
		}
	}
}

// checkPlace refuses content beyond the limits.
func checkPlace(op, sheet string, row, col int, text string) error {
	switch {
	case row > MaxRows:
		return casework.Problem(op, "sheet.too_many_rows", "Sheet", sheet, "Max", MaxRows)
	case col > MaxCols:
		return casework.Problem(op, "sheet.too_many_columns", "Sheet", sheet, "Max", MaxCols)
	case len(text) > MaxCellRunes && utf8.RuneCountInString(text) > MaxCellRunes:
		return casework.Problem(op, "sheet.cell_too_long", "Sheet", sheet, "Cell", CellName(row, col), "Max", MaxCellRunes)
	}
	return nil
}

func decodeText(raw []byte) (string, error) {
	switch {
	case bytes.HasPrefix(raw, []byte{0xEF, 0xBB, 0xBF}):
		raw = raw[3:]
	case bytes.HasPrefix(raw, []byte{0xFF, 0xFE}), bytes.HasPrefix(raw, []byte{0xFE, 0xFF}):
		out, err := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(raw)
		return string(out), err
	}
	if utf8.Valid(raw) {
		return string(raw), nil
	}
	out, err := simplifiedchinese.GB18030.NewDecoder().Bytes(raw)
	if err == nil && bytes.ContainsRune(out, utf8.RuneError) {
		err = errors.New("neither UTF-8 nor GB18030")
	}
	return string(out), err
}

// separator is whichever of comma, tab and semicolon the first line with any holds most of.
func separator(text string) rune {
	for line := range strings.Lines(text) {
		c, t, s := strings.Count(line, ","), strings.Count(line, "\t"), strings.Count(line, ";")
		switch {
		case c+t+s == 0:
			continue
		case t > c && t >= s:
			return '\t'
		case s > c:
			return ';'
		}
		return ','
	}
	return ','
}
