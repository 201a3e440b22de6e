package districtapp

import (
	"bytes"
	_ "embed"
	"html/template"
	"net/http"
)

//go:embed front.html
var frontText string

var frontPage = template.Must(template.New("front").Parse(frontText))

// front is the page that a browser finds at the district's address: who this is, and
// that nothing is done here by hand.
func front(name string) http.Handler {
	var page bytes.Buffer
	err := frontPage.Execute(&page, struct{ Name, Version string }{name, Version()})
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if err != nil {
			http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
			return
		}
		h := w.Header()
		h.Set("Content-Type", "text/html; charset=utf-8")
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Cache-Control", "no-store")
		_, _ = w.Write(page.Bytes()) // whoever hung up asks again
	})
}
