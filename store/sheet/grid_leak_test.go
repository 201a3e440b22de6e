package sheet

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// The library would unpack a sheet beyond 16 MB into the system's temporary folder, where
// names would lie open, if only until it is closed.
func TestALargeRosterTouchesNoTemporaryFile(t *testing.T) {
	raw := xlsxOf(t, func(f *excelize.File) {
		if err := f.SetCellValue("Sheet1", "A1", "林小溪"); err != nil {
			t.Fatal(err)
		}
	})
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, p := range z.File {
		in, err := p.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(p.Name, "xl/worksheets/") {
			head, tail, ok := bytes.Cut(b, []byte("?>"))
			if !ok {
				t.Fatal(p.Name)
			}
			b = bytes.Join([][]byte{head, []byte("?>"), bytes.Repeat([]byte(" "), 17<<20), tail}, nil)
		}
		to, err := w.Create(p.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := to.Write(b); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	temporary, long := t.TempDir(), time.Unix(1, 0)
	for _, name := range []string{"TMPDIR", "TMP", "TEMP"} {
		t.Setenv(name, temporary)
	}
	if err := os.Chtimes(temporary, long, long); err != nil {
		t.Fatal(err)
	}
	book, err := OpenBook("花名册.xlsx", out.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if got := book.Sheets[0].At(1, 1).Text; got != "林小溪" {
		t.Errorf("%q", got)
	}
	if now, err := os.Stat(temporary); err != nil || !now.ModTime().Equal(long) {
		t.Errorf("something was written into the temporary folder at %v: %v", now.ModTime(), err)
	}
}
