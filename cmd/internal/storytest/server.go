package storytest

import (
	"bufio"
	"context"
	"crypto/rand"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"doorstep/sync/hub"
)

// server is a district's server, or what stands in its place.
type server struct {
	end func() error
}

func (s *server) stop() error {
	if s == nil || s.end == nil {
		return nil
	}
	end := s.end
	s.end = nil
	return end()
}

func found(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) > 0 {
		ts.Fatalf("usage: found")
	}
	init := []string{"init", "--data", ts.Getenv("DISTRICT_DATA"), "--area", "371002", "--name", "环翠区"}
	if db := ts.Getenv("DB"); db != "" {
		init = append(init, "--db", db)
	}
	run(ts, 0, "district", init)
}

func code(ts *testscript.TestScript, neg bool, args []string) {
	if neg {
		ts.Fatalf("usage: code ARGS…")
	}
	run(ts, 0, "district", append([]string{"enrol", "--json"}, args...))
	var out struct{ Code string }
	if err := json.Unmarshal([]byte(ts.ReadFile("stdout")), &out); err != nil || out.Code == "" {
		ts.Fatalf("district enrol printed no code: %v", err)
	}
	ts.Setenv("CODE", out.Code)
}

var hostPort = regexp.MustCompile(`127\.0\.0\.1:\d+`)

// serve starts the server, at the address of its last start when there was one.
func serve(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) > 0 {
		ts.Fatalf("usage: serve")
	}
	w := worldOf(ts)
	ts.Check(w.server.stop())
	listen := ts.Getenv("ADDRESS")
	if listen == "" {
		listen = "127.0.0.1:0"
	}
	cmd := exec.Command(find(ts, "district"), "serve", "--listen", listen, "--json")
	cmd.Env = environment(ts)
	logs := filepath.Join(ts.Getenv("WORK"), "log")
	ts.Check(os.MkdirAll(logs, 0o700))
	said, err := os.OpenFile(filepath.Join(logs, "serve.log"), os.O_CREATE|os.O_APPEND|os.O_RDWR, 0o600)
	ts.Check(err)
	cmd.Stderr = said
	out, err := cmd.StdoutPipe()
	ts.Check(err)
	ts.Check(cmd.Start())
	lines := make(chan string, 1)
	read := make(chan struct{})
	go func() {
		defer close(read)
		sc := bufio.NewScanner(out)
		for sc.Scan() {
			fmt.Fprintln(said, sc.Text())
			if a := hostPort.FindString(sc.Text()); a != "" {
				select {
				case lines <- a:
				default:
				}
			}
		}
	}()
	w.server = &server{end: func() error {
		defer said.Close()
		if err := cmd.Process.Signal(os.Interrupt); err != nil && !errors.Is(err, os.ErrProcessDone) {
			_ = cmd.Process.Kill() // Windows knows no interrupt
		}
		kill := time.AfterFunc(20*time.Second, func() { _ = cmd.Process.Kill() })
		defer kill.Stop()
		<-read
		if err := cmd.Wait(); err != nil {
			text, _ := os.ReadFile(said.Name())
			return fmt.Errorf("%w: %s", err, text)
		}
		return nil
	}}
	select {
	case a := <-lines:
		ts.Setenv("ADDRESS", a)
	case <-read:
		ts.Fatalf("the server did not start: %v", w.server.stop())
	case <-time.After(30 * time.Second):
		ts.Fatalf("the server told no address: %v", w.server.stop())
	}
}

func unserve(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) > 0 {
		ts.Fatalf("usage: unserve")
	}
	ts.Check(worldOf(ts).server.stop())
}

// faulty stands in the server's place with its true certificate and answers every request
// wrongly: with an error, or with bytes that mean nothing.
func faulty(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 || ts.Getenv("ADDRESS") == "" {
		ts.Fatalf("usage, after serve: faulty error|rubbish")
	}
	status, body := http.StatusOK, make([]byte, 5000)
	switch args[0] {
	case "error":
		status, body = http.StatusInternalServerError, []byte("<html>500</html>")
	case "rubbish":
		_, err := io.ReadFull(rand.Reader, body)
		ts.Check(err)
	default:
		ts.Fatalf("faulty does not know %q", args[0])
	}
	w := worldOf(ts)
	ts.Check(w.server.stop())
	held, err := os.ReadFile(filepath.Join(ts.Getenv("DISTRICT_DATA"), "keys", "district.key"))
	ts.Check(err)
	keys, err := hub.ParseAuthority(held)
	ts.Check(err)
	l, err := net.Listen("tcp", ts.Getenv("ADDRESS"))
	ts.Check(err)
	s := &http.Server{
		ErrorLog: log.New(io.Discard, "", 0), ReadHeaderTimeout: time.Minute,
		Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(status)
			_, _ = w.Write(body)
		}),
	}
	t := hub.New(hub.Options{Authority: keys, Now: time.Now, Rand: rand.Reader}).TLS()
	go s.Serve(tls.NewListener(l, t)) //nolint:errcheck // it ends with the story
	w.server = &server{end: func() error { return s.Shutdown(context.Background()) }}
}
