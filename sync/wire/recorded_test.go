package wire_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"doorstep/sync/wire"
)

var update = flag.Bool("update", false, "record batches and answers anew; old ones that other versions wrote must stay readable")

const recorded = "../../testdata/wire"

// Every batch and answer that was ever recorded reads as it did on its day. A new
// version of the format adds files; it never changes these.
func TestRecordedBatchesStayReadable(t *testing.T) {
	if *update {
		record(t)
	}
	lines, err := os.ReadFile(filepath.Join(recorded, "contents.txt"))
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	files, err := filepath.Glob(filepath.Join(recorded, "*.ds?"))
	if err != nil || len(files) < 3 {
		t.Fatalf("only %d recorded files: %v", len(files), err)
	}
	basis := read(t, filepath.Join(recorded, "v1.dsb"))
	for _, f := range files {
		b := read(t, f)
		switch {
		case strings.HasSuffix(f, ".dsb"):
			_, up, err := wire.Open(b, laptopKey())
			if err != nil {
				t.Errorf("%s: %v", f, err)
				continue
			}
			fmt.Fprintf(&out, "%s: %d operations, %x\n", filepath.Base(f), len(up.Ops), sha256.Sum256(bytes.Join(up.Ops, nil)))
		case strings.HasSuffix(f, ".dsa"):
			sent, _, err := wire.Open(basis, laptopKey())
			if err != nil {
				t.Fatal(err)
			}
			a, err := wire.OpenAnswer(b, sent, districtPublic())
			if err != nil {
				a, err = wire.OpenAnswer(b, nil, districtPublic())
			}
			if err != nil {
				t.Errorf("%s: %v", f, err)
				continue
			}
			last := a.News.Puts[len(a.News.Puts)-1].Record
			fmt.Fprintf(&out, "%s: answer %d, %d receipts, %d records, token %x, last said %s\n",
				filepath.Base(f), a.Number, len(a.Receipts), len(a.News.Puts), a.Token.Hash(), last.Text("summary"))
		}
	}
	if *update {
		if err := os.WriteFile(filepath.Join(recorded, "contents.txt"), []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if out.String() != string(lines) {
		t.Errorf("recorded files read differently now:\n%s\nwant\n%s", out.String(), lines)
	}
}

// A dictionary is named by its content: changing one would make old batches unreadable.
func TestDictionariesNeverChange(t *testing.T) {
	names := map[string]string{"1.txt": "5a14a70368ae1a80c7f85d1d59218b842b51ecd52fde9a0c7dccdad3db393b42"}
	files, err := os.ReadDir("dictionary")
	if err != nil || len(files) != len(names) {
		t.Fatalf("%d dictionaries, %d known: %v", len(files), len(names), err)
	}
	for _, f := range files {
		sum := sha256.Sum256(read(t, filepath.Join("dictionary", f.Name())))
		if got := hex.EncodeToString(sum[:]); got != names[f.Name()] {
			t.Errorf("dictionary %s is %s, was %s: add a new file instead", f.Name(), got, names[f.Name()])
		}
	}
}

func laptopKey() ed25519.PublicKey { return laptop(1).PublicKey() }

func read(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func record(t *testing.T) {
	t.Helper()
	l := laptop(1)
	up := upload(t, l, 5)
	b := pack(t, l, up)
	alone, err := wire.Seal(answerTo(up), nil, districtSigns)
	if err != nil {
		t.Fatal(err)
	}
	based, err := wire.Seal(answerTo(up), b, districtSigns)
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string][]byte{"v1.dsb": b.Bytes(), "v1.dsa": alone, "v1-based.dsa": based} {
		if err := os.WriteFile(filepath.Join(recorded, name), content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
