package doctor

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"runtime"
	"runtime/debug"
	"strings"

	"doorstep/casework"
	"doorstep/casework/lang"
)

// variables are what of the environment goes into a bundle, when it can only be a setting.
var variables = []string{
	"TERM", "COLORTERM", "TERM_PROGRAM", "LANG", "LC_ALL", "LC_CTYPE", "XMODIFIERS", "GTK_IM_MODULE", "QT_IM_MODULE", "INPUT_METHOD",
	"XDG_SESSION_TYPE", "XDG_CURRENT_DESKTOP", "NO_COLOR", "TZ",
}

// modules are what the program is built of.
func modules() []string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return nil
	}
	out := []string{info.GoVersion}
	for _, m := range info.Deps {
		out = append(out, m.Path+" "+m.Version)
	}
	return out
}

// WriteBundle writes what an office needs to help into a new file, a zip of text: the
// report in both languages and as JSON, settings of the window, what the program is built
// of. No path, no name, no text of hers is in it. Errors: doctor.exists, doctor.unwritten.
func WriteBundle(file string, r Report, p Patient) error {
	const op = "doctor.WriteBundle"
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	add := func(name string, body []byte) error {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store}) // to be searched as it is
		if err == nil {
			_, err = w.Write(body)
		}
		return err
	}
	var err error
	for _, tag := range []string{"zh", "en"} {
		sp, e := lang.New(tag)
		if e != nil {
			err = errors.Join(err, e)
			continue
		}
		err = errors.Join(err, add("report."+tag+".txt", []byte(strings.Join(r.Words(sp), "\r\n")+"\r\n")))
	}
	report, e := json.MarshalIndent(r, "", " ")
	err = errors.Join(err, e, add("report.json", report))
	var env []string
	for _, name := range variables {
		if v := p.variable(name); v != "" {
			env = append(env, name+"="+v)
		}
	}
	env = append(env, "processors="+strings.Repeat("I", min(64, runtime.NumCPU())))
	err = errors.Join(err, add("window.txt", []byte(strings.Join(env, "\r\n")+"\r\n")), add("program.txt", []byte(strings.Join(modules(), "\r\n")+"\r\n")), z.Close())
	if err != nil {
		return casework.Problem(op, "doctor.unwritten").Because(err)
	}
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	switch {
	case errors.Is(err, fs.ErrExist):
		return casework.Problem(op, "doctor.exists")
	case err != nil:
		return casework.Problem(op, "doctor.unwritten").Because(err)
	}
	_, err = f.Write(b.Bytes())
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return casework.Problem(op, "doctor.unwritten").Because(errors.Join(err, os.Remove(file)))
	}
	return nil
}
