package tuitest

import (
	"bytes"

	uv "github.com/charmbracelet/ultraviolet"

	"doorstep/tui/cell"
)

// Width is the number of cells of a line.
func Width(line string) int { return cell.Width(line) }

// Renderer is what stands between a frame and the terminal in the real program: it
// draws frames of w by h cells one after another and gives the bytes that each of them sends.
func Renderer(w, h int) func(content string) []byte {
	var out bytes.Buffer
	scr := uv.NewTerminalRenderer(&out, []string{"TERM=xterm-256color", "COLORTERM=truecolor"})
	scr.SetFullscreen(true)
	scr.SetRelativeCursor(false)
	scr.SetScrollOptim(true)
	scr.Resize(w, h)
	scr.Erase()
	buf := uv.NewScreenBuffer(w, h)
	return func(content string) []byte {
		out.Reset()
		buf.Clear()
		uv.NewStyledString(content).Draw(buf, buf.Bounds())
		scr.Render(buf.RenderBuffer)
		_ = scr.Flush()
		return bytes.Clone(out.Bytes())
	}
}
