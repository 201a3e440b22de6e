//go:build !windows

package term

import (
	"os"
	"time"

	"golang.org/x/sys/unix"
	xterm "golang.org/x/term"
)

const windows = false

// prepare has nothing to do here: Bubble Tea sets the terminal up and puts it back.
func prepare(in, _ *os.File) (func() error, error) {
	state, err := xterm.GetState(int(in.Fd()))
	if err != nil {
		return nil, setupProblem(err)
	}
	return func() error { return xterm.Restore(int(in.Fd()), state) }, nil
}

// probe asks the terminal how wide "·" is. What somebody types in these milliseconds is lost.
func probe(in, out *os.File, k kind) Width {
	if k == old {
		return Narrow
	}
	state, err := xterm.MakeRaw(int(in.Fd()))
	if err != nil {
		return Unsaid
	}
	defer func() { _ = xterm.Restore(int(in.Fd()), state) }()
	return ask(out, func(wait time.Duration) []byte { return readWithin(in, wait) })
}

// readWithin reads what there is, waiting at most so long for the first byte.
func readWithin(in *os.File, wait time.Duration) []byte {
	fds := []unix.PollFd{{Fd: int32(in.Fd()), Events: unix.POLLIN}}
	n, err := unix.Poll(fds, int(wait.Milliseconds()))
	if err != nil || n == 0 || fds[0].Revents&unix.POLLIN == 0 {
		return nil
	}
	buf := make([]byte, 256)
	k, err := unix.Read(int(in.Fd()), buf)
	if err != nil || k < 0 {
		return nil
	}
	return buf[:k]
}
