package doctor

import (
	"regexp"
	"runtime"
	"slices"
	"strings"

	xterm "golang.org/x/term"

	"doorstep/casework"
	"doorstep/tui/term"
	"doorstep/tui/theme"
)

func (p Patient) settings() []Line {
	if p.Settings != nil {
		return one(Bad, "settings.broken", "settings", "Code", codeOf(p.Settings))
	}
	if p.Stores > 1 {
		return one(Good, "settings.stores", "", "Stores", p.Stores)
	}
	return one(Good, "settings.good", "")
}

// codeOf is the code of an error, never its words: they may hold a path.
func codeOf(err error) string {
	if c := casework.CodeOf(err); c != "" {
		return string(c)
	}
	return "unknown"
}

// variable is an environment variable when its value can only be a setting.
func (p Patient) variable(name string) string {
	for _, e := range p.Environ {
		if v, ok := strings.CutPrefix(e, name+"="); ok && plain.MatchString(v) {
			return v
		}
	}
	return ""
}

var plain = regexp.MustCompile(`^[A-Za-z0-9@._:=/-]{1,40}$`)

// depths are the numbers of colours.
var depths = map[theme.Depth]int{theme.Mono: 2, theme.Ansi16: 16, theme.Ansi256: 256, theme.True: 1 << 24}

// Sizes of the window: the least that works, and the one the pages are made for.
const (
	leastW, leastH = 60, 20
	goodW, goodH   = 80, 24
)

func (p Patient) window() []Line {
	if p.In == nil || p.Out == nil || !xterm.IsTerminal(int(p.Out.Fd())) {
		return one(Good, "window.none", "") // into a file, or nobody looks
	}
	w, h, err := xterm.GetSize(int(p.Out.Fd()))
	if err != nil {
		return one(Notice, "window.size_unknown", "window")
	}
	page, known := codePage()
	t, err := term.Open(term.Config{In: p.In, Out: p.Out, Environ: p.Environ})
	if err != nil {
		return one(Bad, "window.unfit", "window", "Code", casework.CodeOf(err))
	}
	depth, wide := t.Depth(), t.WideAmbiguous()
	if t.Restore() != nil {
		return one(Notice, "window.unfit", "window", "Code", casework.Code("term.setup"))
	}
	facts := []any{"Width", w, "Height", h, "Colours", depths[depth], "WideAmbiguous", wide, "Term", p.variable("TERM")}
	if known {
		facts = append(facts, "CodePage", page)
	}
	switch {
	case w < leastW || h < leastH:
		return one(Bad, "window.small", "enlarge", facts...)
	case w < goodW || h < goodH:
		return one(Notice, "window.tight", "enlarge", facts...)
	case runtime.GOOS != "windows" && !utf8Locale(p):
		return one(Notice, "window.locale", "locale", facts...)
	case depth == theme.Mono:
		return one(Notice, "window.mono", "", facts...)
	}
	return one(Good, "window.good", "", facts...)
}

// utf8Locale reports whether the system writes text as UTF-8.
func utf8Locale(p Patient) bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if v := p.variable(name); v != "" {
			v = strings.ToLower(v)
			return strings.Contains(v, "utf-8") || strings.Contains(v, "utf8")
		}
	}
	return runtime.GOOS == "darwin"
}

// typing looks for an input method: without one no name can be written.
func (p Patient) typing() []Line {
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		return one(Good, "typing.system", "")
	}
	var found []string
	for _, name := range []string{"XMODIFIERS", "GTK_IM_MODULE", "QT_IM_MODULE", "INPUT_METHOD", "SDL_IM_MODULE"} {
		for _, method := range []string{"fcitx", "ibus", "sogou", "scim"} {
			if strings.Contains(strings.ToLower(p.variable(name)), method) && !slices.Contains(found, method) {
				found = append(found, method)
			}
		}
	}
	switch {
	case p.variable("TERM") == "linux":
		return one(Bad, "typing.console", "desktop")
	case len(found) > 0:
		return one(Good, "typing.found", "", "Method", strings.Join(found, " "))
	case p.variable("SSH_TTY") != "" || p.variable("XDG_SESSION_TYPE") == "":
		return one(Notice, "typing.remote", "typing")
	}
	return one(Notice, "typing.none", "typing")
}
