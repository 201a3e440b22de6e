package cmd_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"doorstep/cmd/internal/storytest"
	"doorstep/store/district/postgres/pgtest"
)

const scripts = "../testdata/script"

// built is the folder of both programs; "" until a story asks for them.
var built string

// programs builds both programs once for all stories.
var programs = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "doorstep-stories")
	if err != nil {
		return "", err
	}
	built = dir
	return dir, storytest.Build("..", dir)
})

func TestMain(m *testing.M) {
	code := m.Run()
	if built != "" {
		os.RemoveAll(built)
	}
	os.Exit(code)
}

// TestStories runs every story of testdata/script with the real programs, and those in
// which a district takes part also with PostgreSQL.
func TestStories(t *testing.T) {
	all, err := filepath.Glob(filepath.Join(scripts, "*.txtar"))
	if err != nil || len(all) == 0 {
		t.Fatalf("no stories in %s: %v", scripts, err)
	}
	var told, withDistrict []string
	for _, file := range all {
		if uses(t, file, "screen") && !tmux(t) {
			continue
		}
		told = append(told, file)
		if uses(t, file, "found") {
			withDistrict = append(withDistrict, file)
		}
	}
	t.Run("sqlite", func(t *testing.T) {
		tell(t, told, func(testing.TB) (string, bool) { return "", true })
	})
	t.Run("postgres", func(t *testing.T) {
		if len(withDistrict) == 0 {
			t.Fatal("in no story does a district take part")
		}
		if _, ok := pgtest.Database(t); ok {
			tell(t, withDistrict, pgtest.Database)
		}
	})
}

func tell(t *testing.T, files []string, database func(testing.TB) (string, bool)) {
	bin, err := programs()
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Files: files, Cmds: storytest.Verbs(), WorkdirRoot: t.TempDir(), RequireExplicitExec: true, RequireUniqueNames: true,
		Setup: func(e *testscript.Env) error {
			db, _ := database(e.T().(testing.TB))
			roster, err := filepath.Abs("../testdata/sheet")
			if err != nil {
				return err
			}
			e.Vars = append(e.Vars, "SHEET="+roster)
			return storytest.Setup(e, bin, db)
		},
	})
}

// uses reports whether a story has a line with a verb.
func uses(t *testing.T, file, verb string) bool {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return regexp.MustCompile(`(?m)^(! )?` + verb + `\b`).Match(text)
}

// tmux reports whether there is a terminal to type into. Under CI there must be one.
func tmux(t *testing.T) bool {
	t.Helper()
	_, err := exec.LookPath("tmux")
	if err == nil {
		return true
	}
	const missing = "tmux is not installed (Debian: apt-get install tmux): stories with a screen were not told"
	if os.Getenv("CI") != "" {
		t.Fatal(missing)
	}
	t.Log(missing)
	return false
}

// mostBytes is how large the laptop's program may be: it goes out over a village's line.
const mostBytes = 30_000_000

func TestTheLaptopsProgramIsSmall(t *testing.T) {
	bin, err := programs()
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(filepath.Join(bin, "doorstep"))
	if err != nil {
		t.Fatal(err)
	}
	if info.Size() > mostBytes {
		t.Fatalf("doorstep is %d bytes large, not at most %d", info.Size(), mostBytes)
	}
	t.Logf("doorstep: %d bytes", info.Size())
}
