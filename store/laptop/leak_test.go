package laptop

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

// Whoever finds the laptop and reads every byte of the folder learns no name, no number
// and no answer: while the store is open, after the power went, and after closing.
func TestNoByteInTheFolderTellsAName(t *testing.T) {
	s := newStore(t, 1)
	canaries := []string{"买买提·吐尔逊", "𠮷㐂小溪", "37100220150308002X", "13987654321", "青紫", "奶奶不让说", "没写完的秘密", "竹岛村保密包", "张桂芬", "环翠区", "371002104201"}
	v := child("买买提·吐尔逊", zhudao)
	v["resident"] = map[string]string{"number": "37100220150308002X"}
	v["phones/m1"] = "13987654321"
	who := person(t, s, v)
	person(t, s, child("𠮷㐂小溪", zhudao))
	d := enrolled(t, s)
	draft := Draft{ID: casework.ID{3}, Person: who, Form: "child-visit", Title: "买买提·吐尔逊"}
	try(t, s.BeginDraft(t.Context(), draft))
	try(t, s.AppendDraft(t.Context(), draft.ID, []byte(`{"C6_1":"没写完的秘密"}`)))
	_, err := s.Attach(t.Context(), draft.ID, photoOf(t, 1))
	try(t, err)
	canaries = append(canaries, "GPS-37.5130", "林小溪家门口", "image/jpeg")
	pack := []byte("竹岛村保密包")
	try(t, s.StorePack(t.Context(), ledger.PackRef{Name: "areas", Hash: casework.Hash(sum(pack))}, pack))
	visit(t, s, who, "2026-11-22")
	talk(t, s, d)
	a := s.Author()
	r, err := s.Record(t.Context(), who)
	try(t, err)
	op, err := a.Edit(r, casework.Values{"remark": "奶奶不让说"}, "")
	try(t, err)
	try(t, s.Save(t.Context(), op))
	search(t, s.dir, canaries)

	// The power goes: what lies on the disk at this moment is what a finder has.
	stopped := t.TempDir()
	copyFolder(t, s.dir, stopped)
	search(t, stopped, canaries)
	n, err := Open(t.Context(), stopped, secret, s.o)
	try(t, err)
	if p, ok := n.Person(who); !ok || p.Remark != "奶奶不让说" || len(n.Drafts()) != 1 {
		t.Fatalf("after the power went: %+v %v", p, n.Drafts())
	}
	if len(n.Attachments()) != 1 {
		t.Fatal("after the power went the photo of the draft is gone")
	}
	try(t, n.DropDraft(t.Context(), draft.ID, "奶奶不让说"))
	try(t, n.Close())
	search(t, stopped, canaries)
	try(t, s.SaveAndClose(t.Context(), draft.ID, visitOp(t, s, who, "2026-11-23")))
	try(t, s.Close())
	search(t, s.dir, canaries)
}

func copyFolder(t *testing.T, from, to string) {
	t.Helper()
	list, err := os.ReadDir(from)
	try(t, err)
	for _, f := range list {
		if f.IsDir() {
			try(t, os.MkdirAll(filepath.Join(to, f.Name()), 0o700))
			copyFolder(t, filepath.Join(from, f.Name()), filepath.Join(to, f.Name()))
			continue
		}
		b, err := os.ReadFile(filepath.Join(from, f.Name()))
		try(t, err)
		try(t, os.WriteFile(filepath.Join(to, f.Name()), b, 0o600))
	}
}

// search looks for each canary as it is, as JSON writes it, in UTF-16 and in hex.
func search(t *testing.T, dir string, canaries []string) {
	t.Helper()
	files := 0
	try(t, filepath.WalkDir(dir, func(path string, f fs.DirEntry, err error) error {
		if err != nil || f.IsDir() {
			return err
		}
		files++
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, c := range canaries {
			quoted, err := json.Marshal(c)
			if err != nil {
				return err
			}
			for _, form := range []string{c, strings.Trim(string(quoted), `"`), hex.EncodeToString([]byte(c)), wide(c)} {
				if bytes.Contains(b, []byte(form)) {
					t.Errorf("%s tells %q", f.Name(), c)
				}
			}
		}
		return nil
	}))
	if files < 3 {
		t.Fatalf("only %d files searched", files)
	}
}

func wide(s string) string {
	var b strings.Builder
	for _, r := range s {
		b.WriteByte(byte(r))
		b.WriteByte(byte(r >> 8))
	}
	return b.String()
}

// The search itself finds a canary that was planted in the clear.
func TestTheSearchIsNotBlind(t *testing.T) {
	s := newStore(t, 2)
	if _, err := s.db.Exec("INSERT INTO meta (key, version, sealed) VALUES ('planted', 1, ?)", []byte("37100220150308002X")); err != nil {
		t.Fatal(err)
	}
	b := &bytes.Buffer{}
	try(t, filepath.WalkDir(s.dir, func(path string, f fs.DirEntry, err error) error {
		if err == nil && !f.IsDir() {
			var c []byte
			c, err = os.ReadFile(path)
			b.Write(c)
		}
		return err
	}))
	if !bytes.Contains(b.Bytes(), []byte("37100220150308002X")) {
		t.Fatal("a planted canary was not found")
	}
}
