package questionnaires

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"time"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/store/sheet"
)

// Checked is a workbook that was read, whatever was wrong with it.
type Checked struct {
	File     string           // the file's name, without its folder
	Form     *form.Definition // nil when anything is refused
	Findings sheet.Findings
}

// Check reads the workbook of a questionnaire, with the .csv files that it names and that lie
// beside it, as publishing would. The error is for files that are no workbook at all:
// questionnaires.file and those of sheet.OpenBook.
func Check(path string) (Checked, error) {
	out := Checked{File: casework.CleanLine(filepath.Base(path), 80)}
	book, err := open(path)
	if err != nil {
		return out, err
	}
	out.Form, out.Findings = sheet.Publish(book, nil)
	if beside, bad := besides(path, out.Findings); len(beside)+len(bad) > 0 {
		out.Form, out.Findings = sheet.Publish(book, beside)
		out.explain(bad)
	}
	if out.Form != nil {
		out.checkDoor(book)
	}
	if out.Form != nil {
		out.checkVisit()
	}
	if out.Form != nil {
		out.tryOut()
	}
	return out, nil
}

// tryOut starts the questionnaire once: what cannot be started is not published.
func (c *Checked) tryOut() {
	noon := func() time.Time { return time.Date(2026, 11, 23, 12, 0, 0, 0, casework.Shanghai) }
	in, err := form.Start(c.Form, form.StartOptions{}, noon)
	if err != nil {
		c.Form = nil
		c.Findings = append(c.Findings, sheet.Finding{
			Severity: sheet.Refusal, Code: "xlsform.cannot_compile", Sheet: "survey", Offset: -1, Args: casework.Args{"Place": "survey"},
		})
		return
	}
	if faults := in.Faults(); len(faults) > 0 {
		for _, f := range faults {
			c.Findings = append(c.Findings, failing(c.Form, f))
		}
		c.Form = nil
	}
}

// failing is a formula that can be read and cannot be computed, at its row.
func failing(d *form.Definition, fault form.Fault) sheet.Finding {
	f := sheet.Finding{Severity: sheet.Refusal, Code: "xlsform.formula_fails", Sheet: "survey", Offset: -1, Args: casework.Args{}}
	var why *casework.Error
	if errors.As(fault.Err, &why) {
		f.Because = why.Code
		maps.Copy(f.Args, why.Args)
	}
	if it := d.Find(fault.Question); it != nil {
		f.Row = it.Row
	}
	f.Args["Place"], f.Args["Name"], f.Args["Column"] = f.Place(), fault.Question, fault.Column
	return f
}

// besides opens the tables that findings miss; bad are those that are there and cannot be
// read. Only the name counts: a questionnaire reads nothing outside its own folder.
func besides(path string, fs sheet.Findings) (out map[string]*sheet.Grid, bad map[string]*casework.Error) {
	out, bad = map[string]*sheet.Grid{}, map[string]*casework.Error{}
	for _, f := range fs {
		name, _ := f.Args["File"].(string)
		if f.Code != "xlsform.file_missing" || name == "" || name != filepath.Base(name) || !strings.EqualFold(filepath.Ext(name), ".csv") {
			continue
		}
		book, err := open(filepath.Join(filepath.Dir(path), name))
		var why *casework.Error
		switch {
		case err == nil:
			out[name] = book.Sheets[0]
		case errors.As(err, &why) && why.Code != "questionnaires.file":
			bad[name] = why
		}
	}
	return out, bad
}

// explain says why a file that is there could not be taken along.
func (c *Checked) explain(bad map[string]*casework.Error) {
	for i := range c.Findings {
		f := &c.Findings[i]
		name, _ := f.Args["File"].(string)
		if why := bad[name]; why != nil && f.Code == "xlsform.file_missing" {
			f.Code, f.Because = "xlsform.file_bad", why.Code
			maps.Copy(f.Args, why.Args)
		}
	}
}

func open(path string) (*sheet.Book, error) {
	const op = "questionnaires.Check"
	failed := casework.Problem(op, "questionnaires.file", "File", casework.CleanLine(filepath.Base(path), 80))
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, failed.Because(err)
	case !info.Mode().IsRegular():
		return nil, failed
	case info.Size() > sheet.MaxFileBytes:
		return nil, casework.Problem(op, "sheet.too_big", "MB", sheet.MaxFileBytes>>20)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, failed.Because(err)
	}
	return sheet.OpenBook(filepath.Base(path), raw)
}
