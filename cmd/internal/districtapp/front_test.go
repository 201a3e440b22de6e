package districtapp

import (
	"context"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// browser opens a real one. Where Chromium is not installed the test fails under CI=true,
// and elsewhere is told what is missing and gets ok = false.
func browser(t *testing.T) (ctx context.Context, ok bool) {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			path = p
			break
		}
	}
	if path == "" {
		const missing = "Chromium is not installed (Debian: apt-get install chromium): nothing of this test ran"
		if os.Getenv("CI") == "true" {
			t.Fatal(missing)
		}
		t.Log(missing)
		return nil, false
	}
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	t.Cleanup(stop)
	ctx, stop = chromedp.NewExecAllocator(ctx, append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.IgnoreCertErrors, chromedp.Flag("no-proxy-server", true))...)
	t.Cleanup(stop)
	ctx, stop = chromedp.NewContext(ctx)
	t.Cleanup(stop)
	return ctx, true
}

func TestABrowserFindsOutWhoThisIs(t *testing.T) {
	ctx, ok := browser(t)
	if !ok {
		return
	}
	o := options(t, "")
	o.Name = "环翠<区>𠮷"
	a, err := Found(t.Context(), o)
	must(t, err)
	t.Cleanup(func() { must(t, a.Close()) })
	address := serve(t, a)

	must(t, chromedp.Do(ctx, chromedp.Navigate("https://"+address+"/")))
	if title, err := chromedp.Run(ctx, chromedp.Title()); err != nil || title != "环翠<区>𠮷 入户" {
		t.Errorf("%q %v", title, err)
	}
	if heading, err := chromedp.Run(ctx, chromedp.Evaluate[string](`document.getElementById("name").innerText`)); err != nil || heading != "环翠<区>𠮷" {
		t.Errorf("%q %v", heading, err)
	}
	if text, err := chromedp.Run(ctx, chromedp.Evaluate[string](`document.body.innerText`)); err != nil || !strings.Contains(text, "登记码登记") || !strings.Contains(text, "district "+Version()) {
		t.Errorf("%q %v", text, err)
	}
	if n, err := chromedp.Run(ctx, chromedp.Evaluate[int](`document.querySelectorAll("a, form, script, img").length`)); err != nil || n != 0 {
		t.Error("there is nothing to do on this page, but it offers something:", n, err)
	}
	if drawn, err := chromedp.Run(ctx, chromedp.Evaluate[bool](differ)); err != nil || !drawn {
		t.Error("Chinese characters are drawn as boxes", err)
	}
}

// differ is whether characters look different: a font without Han draws the same box for each.
const differ = `(() => {
	const draw = (c) => {
		const g = document.createElement("canvas").getContext("2d");
		g.font = "40px " + getComputedStyle(document.body).fontFamily;
		g.fillText(c, 10, 60);
		return g.getImageData(0, 0, 200, 100).data.join();
	};
	return draw("环") !== draw("翠") && draw("区") !== draw("\uE000");
})()`
