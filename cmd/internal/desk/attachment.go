package desk

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/casework/packs"
	"doorstep/casework/task"
	"doorstep/store/laptop"
	"doorstep/store/laptop/picture"
	"doorstep/tui/book"
)

// index is the number of a row in a path: /data/member[2]/photo.
var index = regexp.MustCompile(`\[\d+\]`)

// question is the item of a draft's form.
func (d *Desk) question(ctx context.Context, draft casework.ID, path string) (*form.Definition, *form.Item, error) {
	info, err := d.draft(draft)
	if err != nil {
		return nil, nil, err
	}
	def := d.definition(ctx, info.Form, info.FormHash)
	if def == nil {
		return nil, nil, casework.Problem("desk.Attach", "desk.form_gone")
	}
	it := def.At(index.ReplaceAllString(path, ""))
	if it == nil || !it.Type.Attaches() {
		return nil, nil, casework.Problem("desk.Attach", "desk.no_file_question")
	}
	return def, it, nil
}

// MayAttach implements book.Attacher. Photos to questions about harm are off unless the
// district's tables say otherwise.
func (d *Desk) MayAttach(ctx context.Context, draft casework.ID, path string) error {
	_, _, err := d.mayAttach(ctx, draft, path)
	return err
}

func (d *Desk) mayAttach(ctx context.Context, draft casework.ID, path string) (*form.Definition, *form.Item, error) {
	def, it, err := d.question(ctx, draft, path)
	if err != nil {
		return nil, nil, err
	}
	day, _ := d.Today()
	kept := task.Protected(def.FormID) || casework.Sensitivity(def.Sensitivity(it)) >= casework.Restricted
	if kept && d.pack().Term(packs.RestrictedPhotos, day) == 0 {
		return nil, nil, casework.Problem("desk.MayAttach", "desk.photo_restricted")
	}
	return def, it, nil
}

// most is the largest file the district takes, in bytes.
func (d *Desk) most() int64 {
	day, _ := d.Today()
	if mb := d.pack().Term(packs.AttachmentMB, day); mb > 0 {
		return min(int64(mb)<<20, laptop.MostAttachment)
	}
	return laptop.MostAttachment
}

// readChosen reads a file that somebody chose: a plain file of a size that is kept. A name that
// leads elsewhere (a device, a pipe) is not opened.
func (d *Desk) readChosen(file string) ([]byte, fs.FileInfo, error) {
	const op = "desk.Attach"
	info, err := os.Stat(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil, casework.Problem(op, "desk.no_file").Because(err)
	case err != nil:
		return nil, nil, casework.Problem(op, "desk.file_closed").Because(err)
	case !info.Mode().IsRegular():
		return nil, nil, casework.Problem(op, "desk.no_file")
	case info.Size() > d.most():
		return nil, nil, tooLarge(info.Size(), d.most())
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, nil, casework.Problem(op, "desk.file_closed").Because(err)
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, d.most()+1))
	switch {
	case err != nil:
		return nil, nil, casework.Problem(op, "desk.file_closed").Because(err)
	case int64(len(b)) > d.most():
		return nil, nil, tooLarge(int64(len(b)), d.most())
	}
	return b, info, nil
}

func tooLarge(size, most int64) error {
	return casework.Problem("desk.Attach", "laptop.attachment_large", "Megabytes", (size+1<<20-1)>>20, "Most", most>>20)
}

// fits says whether a question takes a family of files.
func fits(t form.Type, f picture.Family) error {
	const op = "desk.Attach"
	switch {
	case t == form.TypeImage && f != picture.Image:
		return casework.Problem(op, "desk.want_image")
	case t == form.TypeAudio && f != picture.Audio:
		return casework.Problem(op, "desk.want_audio")
	case t == form.TypeVideo && f != picture.Video:
		return casework.Problem(op, "desk.want_video")
	}
	return nil
}

// Look implements book.Attacher.
func (d *Desk) Look(ctx context.Context, draft casework.ID, path, file string, w, h int) (book.Look, error) {
	_, it, err := d.mayAttach(ctx, draft, path)
	if err != nil {
		return book.Look{}, err
	}
	b, info, err := d.readChosen(file)
	if err != nil {
		return book.Look{}, err
	}
	defer clear(b)
	c, err := picture.Strip(b)
	if err != nil {
		return book.Look{}, err
	}
	defer clear(c.Content)
	if err := fits(it.Type, c.Kind.Family()); err != nil {
		return book.Look{}, err
	}
	out := book.Look{
		Entry:   book.Entry{Path: file, Name: filepath.Base(file), Kind: string(c.Kind.Family()), Size: info.Size(), Time: info.ModTime()},
		Telling: c.Telling, Removed: c.Kind.Family() == picture.Image,
	}
	if c.Kind.Shows() {
		cells, err := picture.Shrink(c.Content, w, h)
		if casework.CodeOf(err) == "picture.damaged" {
			return book.Look{}, err
		}
		out.Cells = book.Cells(cells)
	}
	return out, nil
}

// Attach implements book.Attacher.
func (d *Desk) Attach(ctx context.Context, draft casework.ID, path, file string) (book.Attached, error) {
	_, it, err := d.mayAttach(ctx, draft, path)
	if err != nil {
		return book.Attached{}, err
	}
	b, _, err := d.readChosen(file)
	if err != nil {
		return book.Attached{}, err
	}
	defer clear(b)
	if k, ok := picture.KindOf(b); ok {
		if err := fits(it.Type, k.Family()); err != nil {
			return book.Attached{}, err
		}
	}
	a, err := d.store.Attach(ctx, draft, b)
	if err != nil {
		return book.Attached{}, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.originals == nil {
		d.originals = map[string][32]byte{}
	}
	d.originals[file] = sha256.Sum256(b)
	return d.attached(a), nil
}

func (d *Desk) attached(a laptop.Attachment) book.Attached {
	kind := string(a.Kind.Family())
	return book.Attached{
		ID: a.ID.String(), Kind: kind, Type: string(a.Kind), Size: a.Size, Time: a.Added,
		Words: d.say("attach.words", "Kind", d.say("attach.kind."+kind), "Size", size(a.Size)),
	}
}

// RemoveOriginal implements book.Attacher: only a file that was attached since the program
// was opened, and that is still the same, is deleted.
func (d *Desk) RemoveOriginal(_ context.Context, file string) error {
	const op = "desk.RemoveOriginal"
	d.mu.Lock()
	sum, ok := d.originals[file]
	d.mu.Unlock()
	b, _, err := d.readChosen(file)
	if err != nil {
		return err
	}
	defer clear(b)
	if !ok || sha256.Sum256(b) != sum {
		return casework.Problem(op, "desk.other_file")
	}
	if err := os.Remove(file); err != nil {
		return casework.Problem(op, "desk.not_removed").Because(err)
	}
	return nil
}

// Attached implements book.Attacher.
func (d *Desk) Attached(id string) (book.Attached, bool) {
	rid, err := casework.ParseID(id)
	if err != nil {
		return book.Attached{}, false
	}
	a, ok := d.store.Attachment(casework.RecordID{ID: rid})
	if !ok {
		return book.Attached{}, false
	}
	return d.attached(a), true
}

// Picture implements book.Attacher.
func (d *Desk) Picture(ctx context.Context, id string, w, h int) (book.Cells, error) {
	rid, err := casework.ParseID(id)
	if err != nil {
		return nil, casework.Problem("desk.Picture", "laptop.attachment_elsewhere")
	}
	b, err := d.store.OpenAttachment(ctx, casework.RecordID{ID: rid})
	if err != nil {
		return nil, err
	}
	defer clear(b)
	cells, err := picture.Shrink(b, w, h)
	return book.Cells(cells), err
}

// files are the operations of the attachments of a draft that the values of a record name.
// What an answer is about is not written beside the file: the record stays as neutral as a number.
func (d *Desk) files(draft casework.ID, owner, of casework.RecordID, values casework.Values) ([]casework.Op, error) {
	if draft.IsZero() {
		return nil, nil
	}
	named, err := json.Marshal(values)
	if err != nil {
		return nil, casework.Problem("desk.files", "desk.draft_damaged", "Line", 0).Because(err)
	}
	var ops []casework.Op
	for _, a := range d.store.Attachments() {
		if a.Draft != draft || !bytes.Contains(named, []byte(a.ID.String())) {
			continue
		}
		op, err := d.store.Author().Create(a.ID, casework.KindAttachment, owner, casework.Values{
			"hash": a.Hash, "media_type": string(a.Kind), "size": a.Size, "of": of,
		})
		if err != nil {
			return nil, err
		}
		ops = append(ops, op)
	}
	return ops, nil
}
