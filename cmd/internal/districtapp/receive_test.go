package districtapp

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"image"
	"image/jpeg"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/casework/ledger"
	"doorstep/casework/packs"
	"doorstep/store/laptop"
	"doorstep/store/laptop/outbox"
)

// enrolled is a console with 林小溪 on its list, and 张桂芬 with a laptop that has her.
func enrolled(t *testing.T) (c *console, w *worker, address string) {
	c = newConsole(t, "")
	c.found()
	c.does("areas", c.file("村.csv", villages))
	c.does("import", c.file("花名册.csv", children("竹岛小学")))
	address, stop := c.serving()
	code := reads[map[string]any](c, "enrol", "--worker", "张桂芬", "--role", "child_director", "--area", "371002001201")["code"].(string)
	w = newWorker(t, c.now)
	_, err := w.client.Enrol(t.Context(), address, code)
	must(t, err)
	w.exchange()
	t.Cleanup(func() {
		if code, told := stop(); code != ExitDone {
			t.Error(told)
		}
	})
	return c, w, address
}

// box writes an outbox of what a worker did, and gives its folder.
func (w *worker) box(recipient string, items ...outbox.Item) string {
	w.Helper()
	dir := filepath.Join(w.TempDir(), "outbox")
	id, err := casework.NewID(rand.Reader)
	must(w, err)
	to := outbox.NewWriter(outbox.Folder(dir), rand.Reader)
	must(w, to.Begin(outbox.Owner{Store: id, Device: w.store.Device(), Master: make([]byte, 32), Keys: []byte("{}"), Epoch: 1, Recipient: recipient}, func(yield func(outbox.Item, error) bool) {
		for _, i := range items {
			if !yield(i, nil) {
				return
			}
		}
	}))
	to.Close()
	return dir
}

// visits are so many visits to the first person on her list, as an outbox holds them.
func (w *worker) visits(n int) []outbox.Item {
	w.Helper()
	var out []outbox.Item
	author := w.store.Author()
	for i := range n {
		id, err := author.NewRecord()
		must(w, err)
		op, err := author.Create(id, casework.KindVisit, w.store.People()[0].ID, casework.Values{"date": "2026-11-23", "mode": "door", "result": "met"})
		must(w, err)
		b, err := ledger.Encode(op)
		must(w, err)
		out = append(out, outbox.Item{Kind: outbox.Op, ID: op.ID.ID, N: int64(i + 1), Epoch: 1, Seq: uint64(i + 1), Body: b})
	}
	return out
}

// unfinished is a visit of which some questions are answered.
func (w *worker) unfinished() []outbox.Item {
	w.Helper()
	def, err := packs.Default().Form("child-visit")
	must(w, err)
	in, err := form.Start(def, form.StartOptions{Depth: 3}, w.store.Author().Now)
	must(w, err)
	for it := range def.All() {
		if it.Kind == form.Question && in.Applies(it.Path) && len(in.Choices(it.Path)) > 0 && len(in.Journal()) < 4 {
			_, err := in.Set(it.Path, in.Choices(it.Path)[0].Name)
			must(w, err)
		}
	}
	id, err := casework.NewID(rand.Reader)
	must(w, err)
	body, err := json.Marshal(map[string]any{"id": id, "person": w.store.People()[0].ID, "form": def.FormID, "form_hash": casework.Hash(def.Sum()), "started": w.store.Author().Now()})
	must(w, err)
	out := []outbox.Item{{Kind: outbox.Draft, ID: id, Body: body}}
	for i, ch := range in.Journal() {
		b, err := json.Marshal(ch)
		must(w, err)
		out = append(out, outbox.Item{Kind: outbox.Change, ID: id, N: int64(i + 1), At: ch.At, Body: b})
	}
	return out
}

func (w *worker) recipient() string {
	e, _ := w.store.Enrolment()
	return e.Recipient
}

type outboxes struct{ Outboxes []Received }

func TestAnOutboxBringsBackWhatWasNotSent(t *testing.T) {
	c, w, _ := enrolled(t)
	dir := w.box(w.recipient(), append(w.visits(2), w.unfinished()...)...)
	got := reads[outboxes](c, "receive", dir).Outboxes
	if len(got) != 1 || got[0].Worker != "张桂芬" || got[0].Fresh != 2 || got[0].Visits != 2 || got[0].NewDrafts != 1 || len(got[0].Aside) != 0 || !got[0].Receipts[1].Recovered {
		t.Fatalf("%+v", got)
	}
	if out := c.does("receive", dir); !strings.Contains(out, "都是区里已经有的") {
		t.Error(out)
	}
	if v := reads[struct{ Visits []visitRow }](c, "list", "visits").Visits; len(v) != 2 || !v[0].Recovered {
		t.Errorf("%+v", v)
	}
	if out := c.does("list", "visits"); strings.Count(out, "补收，无签名") != 2 {
		t.Error(out)
	}
	if v := reads[verified](c, "verify"); !v.OK || v.Recovered != 2 || v.Unsigned != 2 {
		t.Errorf("%+v", v)
	}
	if out := c.does("verify"); !strings.Contains(out, "另有 2 条是从待传匣补收的，没有电脑签名") {
		t.Error(out)
	}
	drafts := reads[struct{ Drafts []draftRow }](c, "list", "drafts").Drafts
	if len(drafts) != 1 || drafts[0].Name != w.store.People()[0].Name || drafts[0].Form != "child-visit" || drafts[0].Answers != 3 || drafts[0].Worker != "张桂芬" {
		t.Fatalf("%+v", drafts)
	}
	id, file := drafts[0].ID.String(), filepath.Join(c.dir, "没写完.json")
	if code, _, told := c.run("draft", "export", id, file); code != ExitUsage || !strings.Contains(told, "purpose") {
		t.Error(code, told)
	}
	c.does("draft", "export", id, file, "--purpose", "交给张桂芬补录")
	if code, _, told := c.run("draft", "export", id, file, "--purpose", "再来"); code != ExitProblem || !strings.Contains(told, "已经有了") {
		t.Error(code, told)
	}
	b, err := os.ReadFile(file)
	must(t, err)
	var doc draftDocument
	must(t, json.Unmarshal(b, &doc))
	if len(doc.Changes) != 4 || len(doc.Answers) != 3 || doc.Answers[0].Question == "" || doc.Answers[0].Answer == "" || doc.Purpose != "交给张桂芬补录" {
		t.Errorf("%s", b)
	}
	if code, _, told := c.run("draft", "export", w.store.Device().String(), filepath.Join(c.dir, "x"), "--purpose", "看看"); code != ExitProblem || !strings.Contains(told, "没有这份") {
		t.Error(code, told)
	}
	if _, err := os.Stat(filepath.Join(c.dir, "x")); err == nil {
		t.Error("a file without a draft was left behind")
	}
}

func TestAnOutboxThatIsDamagedGivesTheRest(t *testing.T) {
	segment := func(dir string) string {
		t.Helper()
		all, err := filepath.Glob(filepath.Join(dir, "*.outbox"))
		must(t, err)
		return all[0]
	}
	change := func(how func(b []byte, w *worker) []byte) func(*worker) string {
		return func(w *worker) string {
			dir := w.box(w.recipient(), w.visits(3)...)
			b, err := os.ReadFile(segment(dir))
			must(t, err)
			must(t, os.WriteFile(segment(dir), how(b, w), 0o600))
			return dir
		}
	}
	head := func(b []byte) int {
		_, n, err := outbox.ReadHeader(b)
		must(t, err)
		return n
	}
	for _, k := range []struct {
		what  string
		make  func(*worker) string
		fresh int
		code  int
		says  string
	}{
		{"one bit in the middle", change(func(b []byte, _ *worker) []byte { b[(head(b)+len(b))/2] ^= 1; return b }), 2, ExitDone, "有 1 处坏了"},
		{"cut short", change(func(b []byte, _ *worker) []byte { return b[:len(b)-100] }), 2, ExitDone, "1 个文件的末尾不全"},
		{"one bit in the head, alone", change(func(b []byte, _ *worker) []byte { b[30] ^= 1; return b }), 0, ExitProblem, "没有“待传匣”文件"},
		{"sealed to another district", func(w *worker) string {
			other, err := age.GenerateX25519Identity()
			must(t, err)
			return w.box(other.Recipient().String(), w.visits(1)...)
		}, 0, ExitProblem, "不是封给本区的"},
		{"before enrolment", func(w *worker) string { return w.box("", w.visits(1)...) }, 0, ExitProblem, "不是封给本区的"},
		{"half of two files", func(w *worker) string {
			dir := w.box(w.recipient(), w.visits(2)...)
			must(t, os.WriteFile(filepath.Join(dir, "00000009-ffffffff.outbox"), make([]byte, 9000), 0o600))
			return dir
		}, 2, ExitProblem, "1 个文件的开头坏了"},
		{"an empty folder", func(w *worker) string { return w.TempDir() }, 0, ExitProblem, "没有“待传匣”文件"},
		{"no folder at all", func(w *worker) string { return filepath.Join(w.TempDir(), "没有") }, 0, ExitProblem, "没有“待传匣”文件"},
	} {
		t.Run(k.what, func(t *testing.T) {
			c, w, _ := enrolled(t)
			dir := k.make(w)
			code, out, told := c.run("receive", dir)
			if code != k.code || !strings.Contains(out+told, k.says) || strings.Count(told, "\n") > 1 {
				t.Errorf("%d\n%s\n%s", code, out, told)
			}
			if v := reads[struct{ Visits []visitRow }](c, "list", "visits").Visits; len(v) != k.fresh {
				t.Errorf("%d visits, want %d", len(v), k.fresh)
			}
			if v := reads[verified](c, "verify"); !v.OK {
				t.Errorf("%+v", v)
			}
		})
	}
}

func TestAnOutboxOfALaptopThatWasShutOutWaitsForSomebodyToVouch(t *testing.T) {
	c, w, _ := enrolled(t)
	c.does("device", "revoke", "张桂芬")
	dir := w.box(w.recipient(), w.visits(2)...)
	if out := c.does("receive", dir); !strings.Contains(out, "--vouch") || !strings.Contains(out, "2 条放在待处理里") {
		t.Error(out)
	}
	if out := c.does("receive", dir, "--vouch"); !strings.Contains(out, "2 条原来因为电脑停用") || strings.Contains(out, "放在待处理里，没有进档案") {
		t.Error(out)
	}
	if v := reads[struct{ Visits []visitRow }](c, "list", "visits").Visits; len(v) != 2 || !v[0].Recovered {
		t.Errorf("%+v", v)
	}
}

// Before her laptop was wiped she sealed what was on it to the district: a visit that was
// begun, with a photo.
func TestAHandedOverFolderBringsPhotosToo(t *testing.T) {
	c, w, _ := enrolled(t)
	id, err := casework.NewID(rand.Reader)
	must(t, err)
	must(t, w.store.BeginDraft(t.Context(), laptop.Draft{ID: id, Person: w.store.People()[0].ID, Form: "child-visit", Started: c.now()}))
	must(t, w.store.AppendDraft(t.Context(), id, []byte("{}")))
	var picture bytes.Buffer
	must(t, jpeg.Encode(&picture, image.NewGray(image.Rect(0, 0, 9, 9)), nil))
	_, err = w.store.Attach(t.Context(), id, picture.Bytes())
	must(t, err)
	dir := filepath.Join(c.dir, "u盘")
	_, err = w.store.HandOver(dir)
	must(t, err)
	if out := c.does("receive", dir); !strings.Contains(out, "里面还封着照片和文件 1 个") {
		t.Error(out)
	}
	photos := filepath.Join(c.dir, "照片")
	for range 2 {
		if got := reads[outboxes](c, "receive", dir, "--files", photos).Outboxes; len(got) != 1 || got[0].Files != 1 || got[0].FilesGone != 0 {
			t.Errorf("%+v", got)
		}
	}
	list, err := filepath.Glob(filepath.Join(photos, "*.jpg"))
	must(t, err)
	if len(list) != 1 {
		t.Fatal(list)
	}
	f, err := os.Open(list[0])
	must(t, err)
	defer f.Close()
	if _, err := jpeg.Decode(f); err != nil {
		t.Error(err)
	}
	must(t, os.RemoveAll(filepath.Join(dir, "attachments")))
	if out := c.does("receive", dir); !strings.Contains(out, "1 个照片或文件没有一起交来") {
		t.Error(out)
	}
}
