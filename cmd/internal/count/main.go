// Command count runs `go test` with the given arguments, shows one line a package and the
// whole output of what failed, and closes with one line that counts the tests.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
)

type event struct {
	Action  string
	Package string
	Test    string
	Output  string
	Elapsed float64
}

func main() { os.Exit(run(os.Args[1:], os.Stdout)) }

func run(args []string, out io.Writer) int {
	cmd := exec.Command("go", append([]string{"test", "-json"}, args...)...)
	cmd.Stderr = os.Stderr
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		fmt.Fprintln(out, err)
		return 1
	}
	if err := cmd.Start(); err != nil {
		fmt.Fprintln(out, err)
		return 1
	}
	passed, failed, skipped := count(pipe, out)
	err = cmd.Wait()
	if err != nil && failed == 0 {
		failed = 1 // something did not even compile
	}
	fmt.Fprintf(out, "%d passed, %d failed, %d skipped\n", passed, failed, skipped)
	if err != nil || passed == 0 {
		return 1
	}
	return 0
}

// count reads the events of one run of go test. Tests with subtests count as one more.
func count(events io.Reader, out io.Writer) (passed, failed, skipped int) {
	said := map[string][]string{} // package/test → its output
	lines := bufio.NewScanner(events)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var e event
		if json.Unmarshal(lines.Bytes(), &e) != nil {
			fmt.Fprintln(out, lines.Text()) // a compiler's complaint
			continue
		}
		key := e.Package + " " + e.Test
		switch e.Action {
		case "output", "build-output":
			if e.Action == "build-output" {
				fmt.Fprint(out, e.Output)
				break
			}
			said[key] = append(said[key], e.Output)
		case "pass":
			if e.Test != "" {
				passed++
			} else {
				fmt.Fprintf(out, "ok    %s %.1fs\n", e.Package, e.Elapsed)
			}
			delete(said, key)
		case "skip":
			if e.Test != "" {
				skipped++
				fmt.Fprintf(out, "skip  %s: %s", key, last(said[key]))
			}
			delete(said, key)
		case "fail":
			if e.Test != "" {
				failed++
			}
			fmt.Fprintf(out, "FAIL  %s %.1fs\n%s", key, e.Elapsed, strings.Join(said[key], ""))
			delete(said, key)
		}
	}
	return passed, failed, skipped
}

// last is the line that says why a test was left out.
func last(output []string) string {
	for i := len(output) - 1; i >= 0; i-- {
		if s := strings.TrimSpace(output[i]); s != "" && !strings.HasPrefix(s, "---") && !strings.HasPrefix(s, "===") {
			return s + "\n"
		}
	}
	return "\n"
}
