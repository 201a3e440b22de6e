package districtapp

import (
	"database/sql"
	"path/filepath"
	"strings"
	"testing"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

type verified struct {
	OK         bool
	Operations int
	Records    int
	Devices    int
	Signatures int
	Unsigned   int
	Recovered  int
	Findings   []map[string]any
}

func TestARegisterThatSomebodyChangedIsNoticed(t *testing.T) {
	for _, k := range []struct{ what, change, says string }{
		{"a word in what was received", "UPDATE payloads SET bytes = CAST(replace(CAST(bytes AS TEXT), '竹岛小学', '望海小学') AS BLOB)", "内容和收到时不一样"},
		{"a row is gone", "DELETE FROM log WHERE seq = 1", "前面缺了编号"},
		{"a file says something else", "UPDATE records SET body = CAST(replace(CAST(body AS TEXT), '竹岛小学', '望海小学') AS BLOB)", "一份档案和它的记录对不上"},
	} {
		t.Run(k.what, func(t *testing.T) {
			c := newConsole(t, "")
			c.found()
			c.does("areas", c.file("村.csv", villages))
			c.does("import", c.file("花名册.csv", children("竹岛小学")))
			if v := reads[verified](c, "verify"); !v.OK || v.Operations != 2 || v.Records != 2 || v.Devices != 1 || v.Signatures != 0 || v.Unsigned != 2 {
				t.Fatalf("%+v", v)
			}
			db, err := sql.Open("sqlite", filepath.Join(c.data, databaseFile))
			must(t, err)
			r, err := db.ExecContext(t.Context(), k.change)
			must(t, err)
			if n, err := r.RowsAffected(); err != nil || n == 0 {
				t.Fatal("nothing was changed", err)
			}
			must(t, db.Close())
			code, out, told := c.run("verify")
			if code != ExitProblem || !strings.Contains(out, k.says) || !strings.Contains(told, "从备份恢复") || strings.Count(told, "\n") != 1 {
				t.Errorf("%d\n%s\n%s", code, out, told)
			}
			if code, out, _ := c.run("verify", "--json"); code != ExitProblem || !strings.HasPrefix(out, `{"`) || !strings.Contains(out, `"ok":false`) {
				t.Error(code, out)
			}
		})
	}
}
