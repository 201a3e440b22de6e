// Package pgtest gives tests a PostgreSQL of their own: a private cluster in a temporary
// folder, reached through a socket in that folder, gone when the test program ends.
package pgtest

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
)

// Database makes an empty database and gives its address, as the district's --db takes
// it. Where PostgreSQL is not installed the test fails under CI=true, and elsewhere is
// told what is missing and gets ok = false.
func Database(tb testing.TB) (url string, ok bool) {
	tb.Helper()
	bin := binaries()
	if bin == "" {
		const missing = "PostgreSQL is not installed (Debian: apt-get install postgresql): nothing of this test ran"
		if os.Getenv("CI") == "true" {
			tb.Fatal(missing)
		}
		tb.Log(missing)
		return "", false
	}
	c, err := running()
	if err != nil {
		tb.Fatal(err)
	}
	name := fmt.Sprintf("d%d", count.Add(1))
	if err := c.exec(tb.Context(), "CREATE DATABASE "+name); err != nil {
		tb.Fatal(err)
	}
	return c.url(name), true
}

var (
	count   atomic.Int64
	running = sync.OnceValues(start)
)

// binaries is the folder that holds initdb and postgres, newest version first; "" when there is none.
func binaries() string {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	slices.SortFunc(found, func(a, b string) int { return version(b) - version(a) })
	if p, err := exec.LookPath("initdb"); err == nil {
		found = append(found, p)
	}
	for _, p := range found {
		dir := filepath.Dir(p)
		if _, err := os.Stat(filepath.Join(dir, "postgres")); err == nil {
			return dir
		}
	}
	return ""
}

func version(path string) int {
	n, _ := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(path))))
	return n
}

// cluster is a running server. Its pipe stays open as long as this program lives.
type cluster struct {
	dir  string
	pipe io.WriteCloser
}

func (c *cluster) url(database string) string {
	return "postgres://postgres@/" + database + "?host=" + c.dir + "&sslmode=disable"
}

func (c *cluster) exec(ctx context.Context, q string) error {
	db, err := sql.Open("pgx", c.url("postgres"))
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.ExecContext(ctx, q)
	return err
}

// watch runs the server until its input ends, which also happens when the test program
// is killed, and removes the folder.
const watch = `"$@" & read -r _; kill -QUIT $!; wait; rm -rf "$PGTEST_DIR"`

func start() (*cluster, error) {
	bin := binaries()
	dir, err := os.MkdirTemp("", "pgtest")
	if err != nil {
		return nil, err
	}
	as, err := unprivileged(dir)
	if err != nil {
		return nil, err
	}
	data := filepath.Join(dir, "data")
	initdb := exec.Command(as[0], append(as[1:], filepath.Join(bin, "initdb"), "-D", data, "-U", "postgres",
		"-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")...)
	initdb.Dir = dir
	if out, err := initdb.CombinedOutput(); err != nil {
		os.RemoveAll(dir)
		return nil, fmt.Errorf("initdb: %w: %s", err, out)
	}
	server := append(as, filepath.Join(bin, "postgres"), "-D", data, "-k", dir, "-c", "listen_addresses=", "-c", "max_connections=120")
	cmd := exec.Command("sh", append([]string{"-c", watch, "sh"}, server...)...)
	cmd.Env = append(os.Environ(), "PGTEST_DIR="+dir)
	cmd.Dir = dir
	log, err := os.Create(filepath.Join(dir, "server.log"))
	if err != nil {
		return nil, err
	}
	defer log.Close()
	cmd.Stdout, cmd.Stderr = log, log // never the test's own output: "go test" would wait for it
	pipe, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	go cmd.Wait()
	c := &cluster{dir: dir, pipe: pipe}
	ctx, stop := context.WithTimeout(context.Background(), 30*time.Second)
	defer stop()
	for {
		err := c.exec(ctx, "SELECT 1")
		if err == nil {
			return c, nil
		}
		select {
		case <-ctx.Done():
			text, _ := os.ReadFile(log.Name())
			pipe.Close()
			return nil, fmt.Errorf("postgres did not start: %w: %s", err, text)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// unprivileged is the beginning of a command that does not run as root, which initdb
// refuses, and hands the folder to that user.
func unprivileged(dir string) ([]string, error) {
	if os.Geteuid() != 0 {
		return []string{"env"}, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return nil, err
	}
	uid, _ := strconv.Atoi(u.Uid)
	gid, _ := strconv.Atoi(u.Gid)
	if err := os.Chown(dir, uid, gid); err != nil {
		return nil, err
	}
	if p, err := exec.LookPath("setpriv"); err == nil {
		return []string{p, "--reuid=" + u.Uid, "--regid=" + u.Gid, "--clear-groups"}, nil
	}
	p, err := exec.LookPath("runuser")
	return []string{p, "-u", "postgres", "--"}, err
}
