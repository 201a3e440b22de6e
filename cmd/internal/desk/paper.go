package desk

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"doorstep/casework"
	"doorstep/casework/outing"
	"doorstep/store/sheet"
)

// codes are the short codes of everyone this laptop holds.
func (d *Desk) codes() outing.Codes { return outing.NewCodes(d.store.People()) }

// bySheet is who the code or number of a sheet of paper belongs to, and the day of the sheet
// when it was typed, too.
func (d *Desk) bySheet(text string, today casework.Day) (who casework.RecordID, code string, day casework.Day, ok bool) {
	code, day, ok = outing.Read(text, today)
	if !ok {
		return who, "", 0, false
	}
	who, ok = d.codes().Person(code)
	return who, code, day, ok
}

// PrintFor writes 出门单 of persons for a day into a file: a workbook when its name ends in
// .xlsx, a page for a browser when it ends in .html. The file is for its owner alone, and
// nothing is written anywhere else; one that is there already stays as it is. It gives the
// number of sheets. Errors: outing.nobody, outing.kind, outing.exists, outing.folder,
// outing.unwritten, desk.no_person.
func (d *Desk) PrintFor(ctx context.Context, day casework.Day, persons []casework.RecordID, file string) (int, error) {
	const op = "desk.PrintFor"
	if len(persons) == 0 {
		return 0, casework.Problem(op, "outing.nobody")
	}
	if err := d.shut(op); err != nil {
		return 0, err
	}
	write := outing.WriteHTML
	switch strings.ToLower(filepath.Ext(file)) {
	case ".xlsx":
		write = sheet.WriteOuting
	case ".html", ".htm":
	default:
		return 0, casework.Problem(op, "outing.kind")
	}
	sheets, err := d.sheets(ctx, day, persons)
	if err != nil {
		return 0, err
	}
	var b bytes.Buffer
	if err := write(&b, sheets, d.opt.Speaker); err != nil {
		return 0, err
	}
	defer clear(b.Bytes())
	return len(sheets), writeNew(file, b.Bytes())
}

// Print implements book.Printer.
func (d *Desk) Print(ctx context.Context, persons []casework.RecordID, file string) error {
	day, _ := d.Today()
	_, err := d.PrintFor(ctx, day, persons, file)
	return err
}

// PrintTo implements book.Printer: a new file on her desktop, or else among her own files.
// A desktop that goes to somebody else's computer (OneDrive) is not proposed.
func (d *Desk) PrintTo(day casework.Day) string {
	name := d.say("outing.file_name", "Day", day.String()[5:])
	home, err := os.UserHomeDir()
	if err != nil {
		return name + ".xlsx"
	}
	for _, folder := range []string{"Desktop", "桌面"} {
		if info, err := os.Stat(filepath.Join(home, folder)); err == nil && info.IsDir() {
			home = filepath.Join(home, folder)
			break
		}
	}
	file := filepath.Join(home, name+".xlsx")
	for i := 2; i < 100; i++ {
		if _, err := os.Lstat(file); errors.Is(err, fs.ErrNotExist) {
			break
		}
		file = filepath.Join(home, name+"-"+strconv.Itoa(i)+".xlsx")
	}
	return file
}

// sheets are those of persons, each once, in the order given.
func (d *Desk) sheets(ctx context.Context, day casework.Day, persons []casework.RecordID) ([]outing.Sheet, error) {
	codes := d.codes()
	villages := map[casework.Area]bool{}
	for _, p := range d.mine() {
		villages[p.Area()] = true
	}
	seen := map[casework.RecordID]bool{}
	var out []outing.Sheet
	for _, id := range persons {
		if seen[id] {
			continue
		}
		seen[id] = true
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		p, err := d.person("desk.sheets", id)
		if err != nil {
			return nil, err
		}
		def, err := d.formFor(p, day)
		if err != nil {
			return nil, err
		}
		s := outing.Subject{Person: p, Tasks: d.store.Tasks(id), Form: def}
		if len(villages) > 1 {
			s.Village = d.place(p.Area())
		}
		one, err := outing.New(s, codes.Of(id), day, d.opt.Speaker)
		if err != nil {
			return nil, err
		}
		out = append(out, one)
	}
	return out, nil
}

// writeNew writes a file that was not there before, for its owner alone. What could not be
// written whole is taken away again.
func writeNew(file string, body []byte) error {
	const op = "desk.writeNew"
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	switch {
	case errors.Is(err, fs.ErrExist):
		return casework.Problem(op, "outing.exists")
	case err != nil:
		return casework.Problem(op, "outing.folder").Because(err)
	}
	_, err = f.Write(body)
	err = errors.Join(err, f.Sync(), f.Close())
	if err != nil {
		err = errors.Join(err, os.Remove(file))
		return casework.Problem(op, "outing.unwritten").Because(err)
	}
	return nil
}
