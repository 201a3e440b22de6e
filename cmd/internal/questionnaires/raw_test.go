package questionnaires

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"testing"

	"doorstep/store/sheet"
)

// rawSheet is a sheet written by hand, to hold what no careful program writes.
type rawSheet struct {
	name, state, rows, after string
}

// rawBook is an .xlsx of such sheets.
func rawBook(t testing.TB, sheets ...rawSheet) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	part := func(name, body string) {
		w, err := z.Create(name)
		if err == nil {
			_, err = io.WriteString(w, body)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	const pack = "http://schemas.openxmlformats.org/package/2006/"
	const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	types, rels, list := "", "", ""
	for i, s := range sheets {
		types += fmt.Sprintf(`<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`, i+1)
		rels += fmt.Sprintf(`<Relationship Id="rId%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>`, i+1, office, i+1)
		list += fmt.Sprintf(`<sheet name="%s" sheetId="%d" r:id="rId%d"%s/>`, s.name, i+1, i+1, s.state)
		part(fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), `<worksheet xmlns="`+main+`"><sheetData>`+s.rows+`</sheetData>`+s.after+`</worksheet>`)
	}
	part("[Content_Types].xml", `<Types xmlns="`+pack+`content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>`+types+`</Types>`)
	part("_rels/.rels", `<Relationships xmlns="`+pack+`relationships"><Relationship Id="rId1" Type="`+office+`/officeDocument" Target="xl/workbook.xml"/></Relationships>`)
	part("xl/_rels/workbook.xml.rels", `<Relationships xmlns="`+pack+`relationships">`+rels+`</Relationships>`)
	part("xl/workbook.xml", `<workbook xmlns="`+main+`" xmlns:r="`+office+`"><sheets>`+list+`</sheets></workbook>`)
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// rawRows writes rows of text; attrs are further attributes of a row by its number.
func rawRows(rows [][]string, attrs map[int]string) string {
	var b strings.Builder
	for r, row := range rows {
		fmt.Fprintf(&b, `<row r="%d"%s>`, r+1, attrs[r+1])
		for c, text := range row {
			if text != "" {
				b.WriteString(rawCell(sheet.CellName(r+1, c+1), text))
			}
		}
		b.WriteString(`</row>`)
	}
	return b.String()
}

// rawCell is one cell; text that begins with "<" is put in as it stands.
func rawCell(place, text string) string {
	if strings.HasPrefix(text, "<") {
		return `<c r="` + place + `">` + text + `</c>`
	}
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(text)) // a buffer takes everything
	return `<c r="` + place + `" t="inlineStr"><is><t>` + b.String() + `</t></is></c>`
}
