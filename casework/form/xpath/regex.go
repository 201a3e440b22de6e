package xpath

import (
	"regexp"
	"strings"
	"sync"
)

// compiledRegex remembers the pattern of one regex() call; a literal pattern is compiled once.
type compiledRegex struct {
	mu      sync.Mutex
	pattern string
	re      *regexp.Regexp
}

// compile turns an author's pattern into RE2, for a match of the whole text.
func (r *compiledRegex) compile(pattern string, at int) (*regexp.Regexp, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.re != nil && r.pattern == pattern {
		return r.re, nil
	}
	if look := lookaround(pattern); look != "" {
		return nil, problemAt("xpath.lookaround", at, "Found", look)
	}
	re, err := regexp.Compile(`^(?:` + pattern + `)$`)
	if err != nil || len(pattern) > 4096 {
		return nil, problemAt("xpath.bad_pattern", at)
	}
	r.pattern, r.re = pattern, re
	return re, nil
}

// lookaround finds what RE2 leaves out, so that the author learns the reason.
func lookaround(pattern string) string {
	for i := 0; i+1 < len(pattern); i++ {
		if pattern[i] == '\\' {
			if pattern[i+1] >= '1' && pattern[i+1] <= '9' {
				return pattern[i : i+2]
			}
			i++
			continue
		}
		for _, look := range [...]string{"(?=", "(?!", "(?<=", "(?<!"} {
			if strings.HasPrefix(pattern[i:], look) {
				return look
			}
		}
	}
	return ""
}

func doRegex(ev *evaluator, c *call) Value {
	s, pattern := ev.text(c, 0), ev.text(c, 1)
	if ev.err != nil {
		return Value{}
	}
	re, err := c.regex.compile(pattern, c.args[1].at().start)
	if err != nil {
		ev.err = err
		return Value{}
	}
	return MakeTruth(re.MatchString(s))
}
