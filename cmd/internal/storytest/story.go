package storytest

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// Passphrase opens the laptop of every story, unless the story says otherwise.
const Passphrase = "zhu dao chun tian"

// worldKey finds a story's world among the values of its script.
type worldKey struct{}

// world is what a story has running.
type world struct {
	server  *server
	screens *screens
}

// Verbs are the verbs of a story.
func Verbs() map[string]func(ts *testscript.TestScript, neg bool, args []string) {
	return map[string]func(ts *testscript.TestScript, neg bool, args []string){
		"doorstep": program("doorstep"), "district": program("district"), "usage": usage,
		"found": found, "laptop": made, "serve": serve, "unserve": unserve, "faulty": faulty, "code": code,
		"json": jsonVerb, "screen": screen, "nodata": nodata, "tampered": tampered, "clock": clock,
		"canaries": canaries,
		"photo":    photo,
	}
}

// Setup prepares a story: programs on the PATH, folders for the laptop and the district,
// a passphrase file. db is the address of the district's database, "" for SQLite.
func Setup(e *testscript.Env, bin, db string) error {
	w := &world{screens: &screens{}}
	e.Values[worldKey{}] = w
	e.Defer(func() {
		w.screens.close()
		if err := w.server.stop(); err != nil {
			e.T().(testing.TB).Errorf("district serve: %v", err)
		}
	})
	pass := filepath.Join(e.WorkDir, "passphrase")
	if err := os.WriteFile(pass, []byte(Passphrase+"\n"), 0o600); err != nil {
		return err
	}
	home := filepath.Join(e.WorkDir, "home")
	e.Vars = append(e.Vars,
		"PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"),
		"HOME="+home, "XDG_CONFIG_HOME="+filepath.Join(home, "config"), "XDG_CACHE_HOME="+filepath.Join(home, "cache"),
		"LANG=C.UTF-8", "LC_ALL=C.UTF-8", "TERM=tmux-256color", "TZ=Asia/Shanghai",
		"DB="+db, "DISTRICT_DATA="+filepath.Join(e.WorkDir, "district"),
		"DOORSTEP_STORE="+filepath.Join(e.WorkDir, "laptop"), "DOORSTEP_PASSPHRASE_FILE="+pass,
		"ADDRESS=", "CODE=",
	)
	return os.MkdirAll(filepath.Join(home, "config"), 0o700)
}

func worldOf(ts *testscript.TestScript) *world { return ts.Value(worldKey{}).(*world) }
