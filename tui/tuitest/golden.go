package tuitest

import (
	"flag"
	"os"
	"path/filepath"
)

var update = flag.Bool("update", false, "write the golden screens anew")

// Golden compares the screen and the cursor with testdata/<name>.golden.
func (r *Robot) Golden(name string) *Robot {
	r.t.Helper()
	got := r.Screen() + "\ncursor: " + r.Cursor() + "\n"
	file := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			r.t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			r.t.Fatal(err)
		}
		return r
	}
	want, err := os.ReadFile(file)
	if err != nil {
		r.t.Fatalf("no golden screen (write it with -update): %v", err)
	}
	if got != string(want) {
		r.t.Errorf("%s differs.\n--- got\n%s--- want\n%s", file, got, want)
	}
	return r
}
