package cmd_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// room is one package of the module as its sources show it.
type room struct {
	path    string              // "casework/form", relative to the module
	imports map[string][]string // import path → files that import it, tests apart
	tests   map[string][]string // the same for _test.go files
	docs    []string            // files with a package comment
	calls   map[string][]string // "time.Now" → files, tests apart
}

func rooms(t *testing.T) map[string]*room {
	t.Helper()
	out := map[string]*room{}
	root := ".."
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		if d.IsDir() {
			if p != root && (strings.HasPrefix(name, ".") || name == "testdata" || name == "bin") {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(name, ".go") {
			return nil
		}
		rel, err := filepath.Rel(root, filepath.Dir(p))
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		r := out[rel]
		if r == nil {
			r = &room{path: rel, imports: map[string][]string{}, tests: map[string][]string{}, calls: map[string][]string{}}
			out[rel] = r
		}
		return r.read(p, name)
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func (r *room) read(file, name string) error {
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments)
	if err != nil {
		return err
	}
	isTest := strings.HasSuffix(name, "_test.go")
	names := map[string]string{} // local name → import path
	for _, im := range f.Imports {
		p := strings.Trim(im.Path.Value, `"`)
		if isTest {
			r.tests[p] = append(r.tests[p], name)
		} else {
			r.imports[p] = append(r.imports[p], name)
		}
		local := path.Base(p)
		if im.Name != nil {
			local = im.Name.Name
		}
		names[local] = p
	}
	if isTest {
		return nil
	}
	if f.Doc != nil {
		r.docs = append(r.docs, name)
	}
	ast.Inspect(f, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := s.X.(*ast.Ident); ok && names[x.Name] != "" && x.Obj == nil {
				call := names[x.Name] + "." + s.Sel.Name
				r.calls[call] = append(r.calls[call], name)
			}
		}
		return true
	})
	return nil
}

// under reports whether a package stands in a room or below it.
func under(p, room string) bool { return p == room || strings.HasPrefix(p, room+"/") }

func own(p string) (string, bool) { return strings.CutPrefix(p, "doorstep/") }

func TestArrowsGoDownOnly(t *testing.T) {
	// Who may be imported by whom, top to bottom: a room may import what stands in its row.
	may := []struct {
		room string
		down []string
		why  string
	}{
		{"cmd", []string{"cmd", "tui", "sync", "store", "casework"}, "cmd wires everything"},
		{"tui", []string{"tui", "casework"}, "screens know neither files nor networks"},
		{"sync", []string{"sync", "casework"}, "what crosses machines knows neither SQL nor screens"},
		{"store", []string{"store", "casework"}, "files know neither screens nor networks"},
		{"casework", []string{"casework"}, "a caseworker with paper forms needs nothing of the rest"},
	}
	for _, r := range rooms(t) {
		for _, m := range may {
			if !under(r.path, m.room) {
				continue
			}
			for _, imports := range []map[string][]string{r.imports, r.tests} {
				for p, files := range imports {
					q, ours := own(p)
					if ours && !slices.ContainsFunc(m.down, func(d string) bool { return under(q, d) }) {
						t.Errorf("%s imports %s in %v: %s", r.path, q, files, m.why)
					}
				}
			}
		}
	}
}

func TestRoomsThatKeepApart(t *testing.T) {
	apart := []struct{ from, to, why string }{
		{"store/laptop", "store/district", "a laptop holds no register"},
		{"store/laptop", "store/sheet", "a laptop's store knows no Excel"},
		{"store/district", "store/laptop", "the register holds no laptop's files"},
		{"store/district", "store/sheet", "the register knows no Excel"},
		{"store/sheet", "store/laptop", "Excel meets the store in cmd"},
		{"store/sheet", "store/district", "Excel meets the store in cmd"},
		{"tui/stage", "tui/widget", "screen → widget → stage → theme, keymap, cell"},
		{"tui/stage", "tui/screen", "screen → widget → stage → theme, keymap, cell"},
		{"tui/widget", "tui/screen", "screen → widget → stage → theme, keymap, cell"},
		{"tui/theme", "tui/stage", "screen → widget → stage → theme, keymap, cell"},
		{"tui/keymap", "tui/stage", "screen → widget → stage → theme, keymap, cell"},
		{"tui/cell", "tui/stage", "screen → widget → stage → theme, keymap, cell"},
		{"casework/form", "casework/rule", "rules read questionnaires, never the reverse"},
		{"casework/form", "casework/task", "tasks read questionnaires, never the reverse"},
		{"casework/rule", "casework/task", "tasks follow from rules, never the reverse"},
	}
	for _, r := range rooms(t) {
		for _, a := range apart {
			if !under(r.path, a.from) {
				continue
			}
			for p, files := range r.imports {
				if q, ours := own(p); ours && under(q, a.to) {
					t.Errorf("%s imports %s in %v: %s", r.path, q, files, a.why)
				}
			}
		}
		if r.path == "casework" {
			for p, files := range r.imports {
				if _, ours := own(p); ours {
					t.Errorf("casework imports %s in %v: it stands at the bottom", p, files)
				}
			}
		}
	}
}

func TestLibrariesHaveOneDoor(t *testing.T) {
	doors := []struct {
		module string
		rooms  []string
		why    string
	}{
		{"github.com/spf13/viper", []string{"cmd/internal/config"}, "settings are read in one place"},
		{"github.com/xuri/excelize/v2", []string{"store/sheet"}, "Excel is read and written in one place"},
		{"github.com/jackc/pgx/v5", []string{"store/district/postgres"}, "the laptop's program must not link PostgreSQL"},
		{"modernc.org/sqlite", []string{"store/laptop", "store/district/sqlite"}, "SQLite is opened by the two stores"},
		{"charm.land/bubbletea/v2", []string{"tui", "cmd/doorstep"}, "the terminal is drawn in tui"},
		{"github.com/mozillazg/go-pinyin", []string{"casework/pinyin"}, "one index of readings"},
		{"github.com/nicksnyder/go-i18n/v2", []string{"casework/lang"}, "every sentence passes one place"},
		{"github.com/charmbracelet/x/ansi", []string{"tui/cell"}, "only tui/cell measures, cuts, pads or wraps text"},
		{"github.com/mattn/go-runewidth", []string{"tui/cell"}, "only tui/cell measures, cuts, pads or wraps text"},
		{"github.com/rivo/uniseg", []string{"tui/cell"}, "only tui/cell measures, cuts, pads or wraps text"},
		{"github.com/clipperhouse/displaywidth", []string{"tui/cell"}, "only tui/cell measures, cuts, pads or wraps text"},
	}
	for _, r := range rooms(t) {
		for p, files := range r.imports {
			for _, d := range doors {
				if under(p, d.module) && !slices.ContainsFunc(d.rooms, func(room string) bool { return under(r.path, room) }) {
					t.Errorf("%s imports %s in %v: %s", r.path, p, files, d.why)
				}
			}
		}
	}
}

func TestOnlyCellMeasuresText(t *testing.T) {
	for _, r := range rooms(t) {
		for call, files := range r.calls {
			if call == "charm.land/lipgloss/v2.Width" && r.path != "tui/cell" {
				t.Errorf("%s calls %s in %v: only tui/cell measures text", r.path, call, files)
			}
			if under(r.path, "tui") && r.path != "tui/cell" && call == "unicode/utf8.RuneCountInString" {
				t.Errorf("%s counts runes in %v where it must count cells: use tui/cell", r.path, files)
			}
		}
	}
}

func TestCaseworkStandsOnTheStandardLibraryAlone(t *testing.T) {
	allowed := map[string]string{
		"casework/pinyin": "github.com/mozillazg/go-pinyin",
		"casework/lang":   "github.com/nicksnyder/go-i18n/v2",
	}
	for _, r := range rooms(t) {
		if !under(r.path, "casework") {
			continue
		}
		for p, files := range r.imports {
			first, _, _ := strings.Cut(p, "/")
			if _, ours := own(p); ours || !strings.Contains(first, ".") {
				continue
			}
			if lib := allowed[r.path]; (lib == "" || !under(p, lib)) && !(r.path == "casework/lang" && under(p, "golang.org/x/text/language")) {
				t.Errorf("%s imports %s in %v: casework uses the standard library alone", r.path, p, files)
			}
		}
	}
}

func TestClockAndRandomnessArePassedIn(t *testing.T) {
	for _, r := range rooms(t) {
		if !under(r.path, "casework") && !under(r.path, "sync") && !under(r.path, "tui") {
			continue
		}
		for call, files := range r.calls {
			switch call {
			case "time.Now", "time.Since", "time.Until", "crypto/rand.Reader", "crypto/rand.Read", "crypto/rand.Int", "crypto/rand.Text":
				t.Errorf("%s uses %s in %v: the clock and the dice are passed in", r.path, call, files)
			}
			if strings.HasPrefix(call, "math/rand") && call != "math/rand/v2.New" && call != "math/rand/v2.NewPCG" && call != "math/rand/v2.NewChaCha8" && call != "math/rand/v2.Rand" {
				t.Errorf("%s uses %s in %v: the dice are passed in", r.path, call, files)
			}
		}
	}
}

func TestOnePackageCommentEach(t *testing.T) {
	for _, r := range rooms(t) {
		if len(r.imports) == 0 && len(r.docs) == 0 && len(r.tests) > 0 {
			continue // tests only
		}
		if len(r.docs) != 1 {
			t.Errorf("%s has %d package comments (%v), and must have one", r.path, len(r.docs), r.docs)
		}
	}
}

func TestNoRoomIsADrawer(t *testing.T) {
	for _, r := range rooms(t) {
		switch path.Base(r.path) {
		case "util", "utils", "common", "helper", "helpers", "types", "manager", "base", "misc":
			t.Errorf("%s names nothing", r.path)
		}
	}
	if _, ok := rooms(t)["sync"]; ok {
		t.Error(`sync/ holds Go files: import "sync" must always mean the standard library`)
	}
}

func TestExactVersionsThatMustMatch(t *testing.T) {
	mod, err := os.ReadFile("../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	version := func(module string) string {
		for line := range strings.Lines(string(mod)) {
			if f := strings.Fields(strings.TrimPrefix(strings.TrimSpace(line), "require ")); len(f) >= 2 && f[0] == module {
				return f[1]
			}
		}
		t.Fatalf("go.mod does not name %s", module)
		return ""
	}
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.GoMod}}", "modernc.org/sqlite").Output()
	if err != nil {
		t.Fatal(err)
	}
	theirs, err := os.ReadFile(strings.TrimSpace(string(dir)))
	if err != nil {
		t.Fatal(err)
	}
	want := ""
	for line := range strings.Lines(string(theirs)) {
		if f := strings.Fields(strings.TrimPrefix(strings.TrimSpace(line), "require ")); len(f) >= 2 && f[0] == "modernc.org/libc" {
			want = f[1]
		}
	}
	if got := version("modernc.org/libc"); got != want || want == "" {
		t.Errorf("modernc.org/libc is %s; the SQLite in use was made with exactly %s", got, want)
	}
	// An older ultraviolet deletes half of a Han character. Pseudo-versions sort by their time.
	const oldest = "v0.0.0-20260811164956"
	if got := version("github.com/charmbracelet/ultraviolet"); got < oldest {
		t.Errorf("ultraviolet is %s, older than %s", got, oldest)
	}
}

func TestTheLaptopsProgramDoesNotLinkPostgreSQL(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "doorstep/cmd/doorstep").Output()
	if err != nil {
		t.Fatal(err)
	}
	for p := range strings.Lines(string(out)) {
		if strings.HasPrefix(p, "github.com/jackc/pgx") {
			t.Errorf("doorstep links %s", strings.TrimSpace(p))
		}
	}
}
