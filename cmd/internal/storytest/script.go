package storytest

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// environment is what a program in the background sees: what the script's own commands see.
func environment(ts *testscript.TestScript) []string {
	var out []string
	for _, name := range []string{
		"PATH", "HOME", "WORK", "TMPDIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "LANG", "LC_ALL", "TERM", "TZ",
		"DISTRICT_DATA", "DOORSTEP_STORE", "DOORSTEP_PASSPHRASE_FILE", "DOORSTEP_LANG", "DOORSTEP_SYNC_EVERY", "NO_COLOR", storyClock,
	} {
		if v := ts.Getenv(name); v != "" {
			out = append(out, name+"="+v)
		}
	}
	return out
}

// find is where a program stands on the story's PATH.
func find(ts *testscript.TestScript, program string) string {
	for _, dir := range filepath.SplitList(ts.Getenv("PATH")) {
		for _, ending := range []string{"", ".exe"} {
			p := filepath.Join(dir, program+ending)
			if info, err := os.Stat(p); err == nil && !info.IsDir() {
				return p
			}
		}
	}
	ts.Fatalf("%s is not on the PATH", program)
	return ""
}

// jsonVerb looks into the last output of a program.
func jsonVerb(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 3 {
		ts.Fatalf("usage: json PATH is WANT | as VAR | has N")
	}
	var doc any
	d := json.NewDecoder(strings.NewReader(ts.ReadFile("stdout")))
	d.UseNumber()
	if err := d.Decode(&doc); err != nil {
		ts.Fatalf("the output is not JSON: %v", err)
	}
	v, err := walk(doc, args[0])
	if err != nil {
		ts.Fatalf("%s: %v", args[0], err)
	}
	switch args[1] {
	case "is":
		if got := word(v); (got == args[2]) == neg {
			ts.Fatalf("%s is %q", args[0], got)
		}
	case "has":
		list, ok := v.([]any)
		if !ok && v != nil {
			ts.Fatalf("%s is no list but %q", args[0], word(v))
		}
		if got := strconv.Itoa(len(list)); (got == args[2]) == neg {
			ts.Fatalf("%s has %s members", args[0], got)
		}
	case "as":
		ts.Setenv(args[2], word(v))
	default:
		ts.Fatalf("json does not know %q", args[1])
	}
}

func walk(v any, path string) (any, error) {
	if path == "." {
		return v, nil
	}
	for step := range strings.SplitSeq(path, ".") {
		switch held := v.(type) {
		case map[string]any:
			next, ok := held[step]
			if !ok {
				return nil, fmt.Errorf("nothing is called %q", step)
			}
			v = next
		case []any:
			i, err := strconv.Atoi(step)
			if err != nil || i < 0 || i >= len(held) {
				return nil, fmt.Errorf("no member %q among %d", step, len(held))
			}
			v = held[i]
		default:
			return nil, fmt.Errorf("%q stands below a plain value", step)
		}
	}
	return v, nil
}

func word(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case nil:
		return "null"
	case json.Number:
		return v.String()
	}
	b, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(b)
}
