package districtapp

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"doorstep/casework"
	"doorstep/casework/lang"
	"doorstep/store/district/postgres"
)

// console is an administrator at the server's keyboard.
type console struct {
	*testing.T
	dir  string // holds everything
	data string
	db   string
	now  casework.Clock
}

func newConsole(t *testing.T, db string) *console {
	t.Setenv("DISTRICT_LANG", "")
	t.Setenv("XDG_CONFIG_HOME", t.TempDir()) // nobody's settings
	dir := t.TempDir()
	return &console{T: t, dir: dir, data: filepath.Join(dir, "data"), db: db, now: noon()}
}

func (c *console) program() Program {
	return Program{OpenDB: postgres.Open, Now: c.now, Rand: rand.Reader}
}

// missing is how a sentence that nobody wrote is shown.
var missing = regexp.MustCompile(`\[\w+\.[\w.]+\]|<no value>`)

// run runs one command line in this district.
func (c *console) run(args ...string) (code int, out, told string) {
	c.Helper()
	var stdout, stderr bytes.Buffer
	code = c.program().Run(c.Context(), append([]string{"--data", c.data}, args...), &stdout, &stderr)
	if missing.MatchString(stdout.String() + stderr.String()) {
		c.Errorf("%v: a sentence is missing: %s%s", args, stdout.String(), stderr.String())
	}
	return code, stdout.String(), stderr.String()
}

// does runs a command that succeeds.
func (c *console) does(args ...string) string {
	c.Helper()
	code, out, told := c.run(args...)
	if code != ExitDone || told != "" {
		c.Fatalf("%v: %d %s", args, code, told)
	}
	return out
}

// reads runs a command with --json and decodes its one document.
func reads[T any](c *console, args ...string) (v T) {
	c.Helper()
	d := json.NewDecoder(strings.NewReader(c.does(append(args, "--json")...)))
	d.DisallowUnknownFields()
	must(c, d.Decode(&v))
	if d.More() {
		c.Errorf("%v: more than one document", args)
	}
	return v
}

func (c *console) file(name, text string) string {
	c.Helper()
	path := filepath.Join(c.dir, name)
	must(c, os.WriteFile(path, []byte(text), 0o600))
	return path
}

// found founds 环翠区.
func (c *console) found() {
	c.Helper()
	args := []string{"init", "--area", "371002", "--name", "环翠区"}
	if c.db != "" {
		args = append(args, "--db", c.db)
	}
	if out := c.does(args...); !strings.Contains(out, "环翠区（371002）建好了") {
		c.Error(out)
	}
}

func TestCommandLinesThatCannotBe(t *testing.T) {
	c := newConsole(t, "")
	c.found()
	sp, err := lang.New("zh")
	must(t, err)
	old := c.file("名单.xls", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
	lists := c.file("村.csv", "代码,名称\n371002001201,竹岛村\n三七一,望海村\n")
	for _, k := range []struct {
		code  int
		error string
		args  []string
	}{
		{ExitUsage, "districtapp.command_unknown", []string{"open"}},
		{ExitUsage, "districtapp.command_unknown", []string{"list", "secrets"}},
		{ExitUsage, "districtapp.flag_unknown", []string{"list", "people", "--secrets"}},
		{ExitUsage, "districtapp.flag_value", []string{"enrol", "--hours", "soon"}},
		{ExitUsage, "districtapp.flag_value", []string{"serve", "--listen"}},
		{ExitUsage, "districtapp.flag_value", []string{"import", old, "--subject", "cats"}},
		{ExitUsage, "districtapp.flag_missing", []string{"init", "--area", "371002"}},
		{ExitUsage, "districtapp.flag_missing", []string{"enrol", "--worker", "张桂芬", "--role", "child_director"}},
		{ExitUsage, "districtapp.arguments", []string{"import"}},
		{ExitUsage, "districtapp.arguments", []string{"verify", "everything"}},
		{ExitUsage, "area.malformed", []string{"list", "people", "--area", "竹岛"}},
		{ExitUsage, "districtapp.role", []string{"enrol", "--worker", "张桂芬", "--role", "king", "--area", "371002001201"}},
		{ExitUsage, "districtapp.hours", []string{"enrol", "--worker", "张桂芬", "--role", "child_director", "--area", "371002001201", "--hours", "0"}},
		{ExitUsage, "config.setting", []string{"version", "--db", "mysql://x"}},
		{ExitProblem, "districtapp.area_outside", []string{"enrol", "--worker", "张桂芬", "--role", "child_director", "--area", "371003001201"}},
		{ExitProblem, "districtapp.area_name", []string{"areas", "--add", "371002001201"}},
		{ExitProblem, "districtapp.area_row", []string{"areas", lists}},
		{ExitProblem, "districtapp.not_empty", []string{"init", "--area", "371002", "--name", "环翠区"}},
		{ExitProblem, "districtapp.file", []string{"import", "没有.xlsx"}},
		{ExitProblem, "sheet.old_xls", []string{"import", old}},
		{ExitProblem, "districtapp.listen", []string{"serve", "--listen", "nowhere"}},
		{ExitProblem, "districtapp.not_founded", []string{"--data", c.dir, "verify"}},
		{ExitProblem, "district.area", []string{"--data", filepath.Join(c.dir, "new"), "init", "--area", "3710", "--name", "威海市"}},
	} {
		code, out, told := c.run(k.args...)
		hint := sp.Say("error." + k.error + ".hint")
		if hint, _, _ = strings.Cut(hint, "<no value>"); code != k.code || !strings.Contains(told, hint) || strings.Count(told, "\n") != 1 {
			t.Errorf("%v: %d %q, should end with %q", k.args, code, told, hint)
		}
		if out != "" {
			t.Errorf("%v printed %q", k.args, out)
		}
	}
	if held, _ := filepath.Glob(filepath.Join(c.dir, "*")); len(held) != 3 {
		t.Error("a district that could not be founded left something behind:", held)
	}
}

func TestEnglishIsSpokenToo(t *testing.T) {
	c := newConsole(t, "")
	if code, _, told := c.run("--lang", "en", "verify"); code != ExitProblem || !strings.HasPrefix(told, "There is no district in this folder yet.") {
		t.Error(code, told)
	}
	if out := c.does("--lang=en", "--help"); !strings.Contains(out, "Commands:") || strings.Contains(out, "命令") {
		t.Error(out)
	}
	if code, _, told := c.run("--lang", "tlh", "verify"); code != ExitUsage || !strings.Contains(told, "zh, en") {
		t.Error(code, told)
	}
}

func TestHelpIsInChinese(t *testing.T) {
	c := newConsole(t, "")
	for _, args := range [][]string{nil, {"help"}, {"--help"}} {
		if out := c.does(args...); !strings.Contains(out, "enrol      给一位工作人员发登记码") || strings.Contains(out, "Usage") {
			t.Error(out)
		}
	}
	if out := c.does("help", "enrol"); !strings.Contains(out, "child_director 儿童主任") {
		t.Error(out)
	}
	if v := reads[map[string]string](c, "version"); v["program"] != "district" || v["version"] == "" {
		t.Error(v)
	}
}

func TestTheFolderWithoutItsPartsSaysWhichIsMissing(t *testing.T) {
	for _, k := range []struct{ file, hint string }{
		{"district.db", "error.districtapp.database_missing.hint"},
		{"keys/district.key", "error.hub.keys.hint"},
		{"district.json", "error.districtapp.settings.hint"},
	} {
		c := newConsole(t, "")
		c.found()
		path := filepath.Join(c.data, k.file)
		if k.file == "district.json" {
			must(t, os.WriteFile(path, []byte("{"), 0o600))
		} else {
			must(t, os.Remove(path))
		}
		sp, _ := lang.New("zh")
		if code, _, told := c.run("verify"); code != ExitProblem || !strings.Contains(told, sp.Say(k.hint)) {
			t.Errorf("%s: %d %s", k.file, code, told)
		}
		if _, err := os.Stat(path); k.file != "district.json" && err == nil {
			t.Errorf("%s was made anew", k.file)
		}
	}
}

func TestKeysOfAnotherDistrictAreNotTaken(t *testing.T) {
	c, other := newConsole(t, ""), newConsole(t, "")
	c.found()
	other.found()
	b, err := os.ReadFile(filepath.Join(other.data, keyFolder, keyFile))
	must(t, err)
	must(t, os.WriteFile(filepath.Join(c.data, keyFolder, keyFile), b, 0o600))
	if code, _, told := c.run("list", "people"); code != ExitProblem || !strings.Contains(told, "钥匙不是这个资料库的") {
		t.Error(code, told)
	}
}

func TestASecondDistrictDoesNotFitIntoOneDatabase(t *testing.T) {
	onBoth(t, func(t *testing.T, db string) {
		if db == "" {
			return // every folder has a file of its own
		}
		c := newConsole(t, db)
		c.found()
		c.data = filepath.Join(c.dir, "second")
		if code, _, told := c.run("init", "--area", "371002", "--name", "环翠区", "--db", db); code != ExitProblem || !strings.Contains(told, "已经建好一个区") || strings.Contains(told, "postgres://") {
			t.Error(code, told)
		}
		if _, err := os.Stat(c.data); err == nil {
			t.Error("the folder was made all the same")
		}
	})
}

func TestAClockThatWentBackHoldsNothingUp(t *testing.T) {
	c := newConsole(t, "")
	c.found()
	c.now = func() time.Time { return time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC) }
	c.does("areas", "--add", "371002001201=竹岛村")
	if out := c.does("areas"); !strings.Contains(out, "371002001201  竹岛村") {
		t.Error(out)
	}
}

func TestANameThatReturnsIsPublishedAgain(t *testing.T) {
	c := newConsole(t, "")
	c.found()
	for _, name := range []string{"竹岛村", "竹岛社区", "竹岛村"} {
		c.does("areas", "--add", "371002001201="+name)
		if out := c.does("areas"); !strings.Contains(out, "371002001201  "+name+"\n") {
			t.Error(name, out)
		}
	}
}
