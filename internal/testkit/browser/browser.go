// Package browser reads pages in Chromium as a person does: by the names of links, buttons and
// fields. A test fails by itself when a page it read asked another host for anything, wrote an
// error to the console, broke its own Content-Security-Policy, or was answered by a server error.
package browser

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// patience is how long an element, or a page, is waited for.
const patience = 15 * time.Second

// Settings are how the person reads. The zero value is a desktop with scripts.
type Settings struct {
	NoScript bool
	Phone    bool   // 390 by 844 points and a finger, instead of 1280 by 900 and a mouse
	Narrow   bool   // a Phone of 320 points, the narrowest a page must fit
	Dark     bool   // prefers-color-scheme: dark
	Language string // Accept-Language; empty is en
}

// Page is one tab with cookies of its own.
type Page struct {
	t    testing.TB
	ctx  context.Context
	base string
	how  Settings
	seen *watch
}

// Start opens an empty tab. Addresses given to the page later are paths below base.
func Start(t testing.TB, base string, s Settings) *Page {
	t.Helper()
	chromium, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := chromedp.NewContext(chromium, chromedp.WithNewBrowserContext())
	p := &Page{t: t, ctx: ctx, base: strings.TrimSuffix(base, "/"), how: s, seen: &watch{base: base}}
	t.Cleanup(func() {
		p.seen.report(t)
		cancel()
	})
	p.must("open a tab", p.prepare())
	return p
}

func (p *Page) prepare() error {
	s := p.how
	if err := chromedp.Listen(p.ctx, p.seen.event); err != nil {
		return err
	}
	size := chromedp.EmulateViewport(1280, 900)
	if s.Phone {
		size = chromedp.EmulateViewport(390, 844, chromedp.EmulateMobile, chromedp.EmulateTouch)
	}
	if s.Narrow {
		size = chromedp.EmulateViewport(320, 640, chromedp.EmulateMobile, chromedp.EmulateTouch)
	}
	scheme := "light"
	if s.Dark {
		scheme = "dark"
	}
	language := s.Language
	if language == "" {
		language = "en"
	}
	_, e1 := chromedp.Call(p.ctx, network.Enable, network.EnableParams{})
	_, e2 := chromedp.Call(p.ctx, log.Enable, struct{}{})
	e3 := p.scripts(!s.NoScript)
	_, e4 := chromedp.Call(p.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}},
	})
	_, e5 := chromedp.Call(p.ctx, network.SetExtraHTTPHeaders, network.SetExtraHTTPHeadersParams{Headers: network.Headers{"Accept-Language": language}})
	return errors.Join(e1, e2, e3, e4, e5, chromedp.Do(p.ctx, size))
}

// scripts lets the page's scripts run, or not.
func (p *Page) scripts(run bool) error {
	_, err := chromedp.Call(p.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !run})
	return err
}

// must ends the test with what the page looked like when act could not be done.
func (p *Page) must(act string, err error) {
	p.t.Helper()
	if err == nil {
		return
	}
	where, _ := chromedp.Run(p.ctx, chromedp.Location())
	text, _ := chromedp.Run(p.ctx, chromedp.Evaluate[string](`document.body ? document.body.innerText.slice(0, 1500) : ""`))
	p.t.Fatalf("%s: %v\nat %s, which reads:\n%s", act, err, where, text)
}

// patiently gives a step the time it may take.
func (p *Page) patiently() (context.Context, context.CancelFunc) {
	return context.WithTimeout(p.ctx, patience)
}

// shared starts the one Chromium of this test process, which ends with the process: it reads its
// orders from a pipe.
var shared = sync.OnceValues(func() (context.Context, error) {
	program, err := find()
	if err != nil {
		return nil, err
	}
	profile, err := freshProfile()
	if err != nil {
		return nil, err
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(program), chromedp.UserDataDir(profile), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
		chromedp.Flag("disable-dev-shm-usage", true),
		chromedp.Flag("disable-features", "Translate,BackForwardCache"), // going back loads the page again chromedp.Flag("font-render-hinting", "none"),
		chromedp.CombinedOutput(io.Discard))
	parent, _ := chromedp.NewExecAllocator(context.Background(), options...)
	quiet := func(format string, args ...any) { slog.Debug(fmt.Sprintf(format, args...)) }
	ctx, _ := chromedp.NewContext(parent, chromedp.WithErrorf(quiet), chromedp.WithLogf(quiet))
	if err := chromedp.Do(ctx); err != nil {
		return nil, fmt.Errorf("start %s: %w", program, err)
	}
	return ctx, nil
})

// find looks for Chromium as scripts/find does.
func find() (string, error) {
	for _, name := range []string{os.Getenv("CHROME"), "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if name == "" {
			continue
		}
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errors.New("no Chromium to test in: run `make deps`, or set CHROME=/path/to/chromium")
}

// freshProfile makes this process's profile folder, and removes those of processes that are gone.
func freshProfile() (string, error) {
	prefix := filepath.Join(os.TempDir(), "ficus-browser.")
	left, _ := filepath.Glob(prefix + "*")
	for _, dir := range left {
		owner, err := strconv.Atoi(strings.TrimPrefix(dir, prefix))
		if err == nil && !alive(owner) {
			os.RemoveAll(dir)
		}
	}
	dir := prefix + strconv.Itoa(os.Getpid())
	return dir, os.MkdirAll(dir, 0o700)
}

func alive(id int) bool {
	process, err := os.FindProcess(id)
	return err == nil && process.Signal(syscall.Signal(0)) == nil
}
