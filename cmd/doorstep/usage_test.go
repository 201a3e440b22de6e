package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAMistypedCommandIsExplainedInChinese(t *testing.T) {
	for _, c := range []struct{ line, told string }{
		{"due --bogus", "没有 --bogus 这个选项。"},
		{"due --date", "--date 后面的内容没写，或者写得不对。"},
		{"demo --people many", "--people 后面的内容没写，或者写得不对。"},
		{"print", "还要写 --out"},
		{"wipe --abandon --outbox a", "--outbox, --abandon：只能写一个。"},
		{"find", "doorstep find TEXT"},
		{"--lang en print", "still to be written: --out"},
	} {
		told, err := os.Create(filepath.Join(t.TempDir(), "told"))
		if err != nil {
			t.Fatal(err)
		}
		args := append([]string{"--store", t.TempDir()}, strings.Fields(c.line)...)
		code := run(t.Context(), args, world{in: told, out: told, err: told})
		text, err := os.ReadFile(told.Name())
		if err != nil || code != exitUsage || !strings.Contains(string(text), c.told) {
			t.Errorf("%s: %d %s %v", c.line, code, text, err)
		}
		if err := told.Close(); err != nil {
			t.Error(err)
		}
	}
}
