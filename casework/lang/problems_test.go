package lang

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// Every code that a casework.Problem carries anywhere in this module has its sentence and
// its hint, and they name only what every place that raises it gives.
func TestEveryProblemHasItsSentence(t *testing.T) {
	all, err := both()
	if err != nil {
		t.Fatal(err)
	}
	seen, told := 0, map[string]bool{}
	for _, p := range problems(t, filepath.Join("..", "..")) {
		seen++
		for _, lang := range []string{"zh", "en"} {
			for _, key := range []string{"error." + p.code, "error." + p.code + ".hint"} {
				f, ok := all[lang][key]
				if !ok {
					if !told[p.code] {
						t.Errorf("%s: %s has no sentence (%s in %s)", p.at, p.code, key, lang)
					}
					told[p.code] = true
					continue
				}
				for _, name := range placeholders(f) {
					if !p.names[name[1:]] && !p.spread {
						t.Errorf("%s: %s in %s names %s, which is not given here", p.at, key, lang, name)
					}
				}
			}
		}
	}
	if seen < 30 {
		t.Errorf("only %d problems found: the search is broken", seen)
	}
}

type problem struct {
	at, code string
	names    map[string]bool
	spread   bool // called with args… : what it names cannot be read here
}

func problems(t *testing.T, root string) (out []problem) {
	set := token.NewFileSet()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != root && (strings.HasPrefix(d.Name(), ".") && d.Name() != ".." || d.Name() == "testdata"):
			return filepath.SkipDir
		case d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		file, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) < 2 || !named(call.Fun, "Problem") {
				return true
			}
			code, ok := text(call.Args[1])
			if !ok {
				return true
			}
			p := problem{at: set.Position(call.Pos()).String(), code: code, names: map[string]bool{}, spread: call.Ellipsis.IsValid()}
			for i := 2; i < len(call.Args); i += 2 {
				if name, ok := text(call.Args[i]); ok {
					p.names[name] = true
				}
			}
			out = append(out, p)
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func named(fun ast.Expr, name string) bool {
	switch f := fun.(type) {
	case *ast.Ident:
		return f.Name == name
	case *ast.SelectorExpr:
		return f.Sel.Name == name
	}
	return false
}

func text(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	s, err := strconv.Unquote(lit.Value)
	return s, err == nil
}
