package districtapp

import (
	"runtime/debug"
	"sync"
)

// Version is the version of the program as it was built: a tag, or a revision.
var Version = sync.OnceValue(func() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "devel"
	}
	version, revision, changed := info.Main.Version, "", ""
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			revision = s.Value[:min(12, len(s.Value))]
		case s.Key == "vcs.modified" && s.Value == "true":
			changed = "+"
		}
	}
	switch {
	case version != "" && version != "(devel)":
		return version
	case revision != "":
		return revision + changed
	}
	return "devel"
})
