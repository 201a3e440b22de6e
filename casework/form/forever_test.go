package form

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"flag"
	"os"
	"testing"

	"doorstep/casework"
)

var again = flag.Bool("update", false, "write what was published once anew: only when nobody has it yet")

// What was published and begun with the first version of this program is read for ever: the
// questionnaire under the same hash, the draft to the same answers, the record to the same bytes.
func TestWhatWasPublishedOnceIsReadForEver(t *testing.T) {
	if *again {
		publishOnce(t)
	}
	read := func(name string) []byte {
		raw, err := os.ReadFile("testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		return raw
	}
	raw := read("questionnaire-1.json")
	def, err := Load(raw)
	if err != nil {
		t.Fatal(err)
	}
	if sum := sha256.Sum256(raw); !bytes.Equal(def.Encode(), raw) || def.Hash() != hex.EncodeToString(sum[:]) {
		t.Error("a questionnaire lost its name: drafts and records that use it find it no more")
	}
	var changes []Change
	if err := json.Unmarshal(read("draft-1.json"), &changes); err != nil {
		t.Fatal(err)
	}
	in, err := Resume(def, changes, noon())
	if err != nil {
		t.Fatal(err)
	}
	closed, wrong := in.Finalise()
	if len(wrong) > 0 {
		t.Fatal(wrong)
	}
	var got bytes.Buffer
	for class := casework.Routine; class <= casework.Restricted; class++ {
		got.Write(closed.JSON(class))
		got.WriteByte('\n')
	}
	got.Write(in.Submission())
	want := read("record-1.txt")
	if !bytes.Equal(dropEnd(got.Bytes()), dropEnd(want)) {
		t.Errorf("got:\n%s\nwas:\n%s", got.Bytes(), want)
	}
	if back, err := ReadSubmission(def, in.Submission(), noon()); err != nil || !bytes.Equal(back.Submission(), in.Submission()) {
		t.Errorf("the submission does not come back: %v", err)
	}
}

// dropEnd leaves out the time a visit is closed at, which is the clock's.
func dropEnd(b []byte) []byte {
	at := bytes.Index(b, []byte(`"ended":"`))
	if at < 0 {
		return b
	}
	end := at + len(`"ended":"`) + bytes.IndexByte(b[at+len(`"ended":"`):], '"')
	return append(append([]byte{}, b[:at]...), b[end:]...)
}

func publishOnce(t *testing.T) {
	in := start(t, nil)
	set(t, in, "/data/s0/mode", "door", "/data/s0/well", "no", "/data/s0/present", "child carer", "/data/s1/lives", "alone", "/data/s1/lives", "parents",
		"/data/s1/carer_age", "３８", "/data/s1/danger", "well wire", "/data/s1/siblings", "2", "/data/s1/sibling[2]/sib_name", "㐂儿")
	for range 2 {
		if _, err := in.Add("/data/s1/benefit"); err != nil {
			t.Fatal(err)
		}
	}
	set(t, in, "/data/s1/benefit[1]/b_name", "低保", "/data/s1/benefit[1]/amount", "600", "/data/s1/benefit[2]/b_name", "𠮷补贴", "/data/s1/benefit[2]/amount", "200")
	if _, err := in.Remove("/data/s1/benefit[2]"); err != nil {
		t.Fatal(err)
	}
	if _, err := in.SetUnknown("/data/s5/mood", UnknownNotAsked); err != nil {
		t.Fatal(err)
	}
	set(t, in, "/data/s7/town", "t1", "/data/s7/village", "v1", "/data/s7/next", "2026-12-01", "/data/s7/talk", "fire")
	if _, err := in.Undo(); err != nil {
		t.Fatal(err)
	}
	write := func(name string, b []byte) {
		if err := os.WriteFile("testdata/"+name, b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("questionnaire-1.json", in.def.Encode())
	journal, err := json.MarshalIndent(in.Journal(), "", " ")
	if err != nil {
		t.Fatal(err)
	}
	write("draft-1.json", journal)
	closed, wrong := in.Finalise()
	if len(wrong) > 0 {
		t.Fatal(wrong)
	}
	var b bytes.Buffer
	for class := casework.Routine; class <= casework.Restricted; class++ {
		b.Write(closed.JSON(class))
		b.WriteByte('\n')
	}
	b.Write(in.Submission())
	write("record-1.txt", b.Bytes())
}
