package browser

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
)

// watch notes what a page asks for and complains of.
type watch struct {
	base string

	mu       sync.Mutex
	requests []string
	wrong    []string
	document network.RequestID // of the page that is shown
}

// event is called for every event of the tab, and must not wait for anything.
func (w *watch) event(happened any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch e := happened.(type) {
	case *network.EventRequestWillBeSent:
		w.requests = append(w.requests, e.Request.URL)
		if w.foreign(e.Request.URL) {
			w.wrong = append(w.wrong, "a page asked another host for "+e.Request.URL)
		}
	case *network.EventResponseReceived:
		if e.Type == network.ResourceTypeDocument {
			w.document = e.RequestID
		}
		if e.Response.Status >= 500 {
			w.wrong = append(w.wrong, fmt.Sprintf("%s was answered with %d", e.Response.URL, int(e.Response.Status)))
		}
	case *runtime.EventExceptionThrown:
		w.wrong = append(w.wrong, "a script failed: "+said(e.ExceptionDetails))
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelError && e.Entry.Source != log.EntrySourceNetwork {
			w.wrong = append(w.wrong, "the console says: "+e.Entry.Text)
		}
	}
}

func said(e *runtime.ExceptionDetails) string {
	if e.Exception != nil && e.Exception.Description != "" {
		return e.Exception.Description
	}
	return e.Text
}

// foreign says whether an address is of another host than the site's.
func (w *watch) foreign(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return true
	}
	site, err := url.Parse(w.base)
	if err != nil {
		return true
	}
	return slices.Contains([]string{"http", "https", "ws", "wss"}, u.Scheme) && u.Host != site.Host
}

// report fails the test for everything that was wrong.
func (w *watch) report(t testing.TB) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, wrong := range w.wrong {
		t.Error(wrong)
	}
}

// Requests are the addresses asked for so far, in order, below the site's own.
func (p *Page) Requests() []string {
	p.seen.mu.Lock()
	defer p.seen.mu.Unlock()
	paths := make([]string, len(p.seen.requests))
	for i, address := range p.seen.requests {
		paths[i] = strings.TrimPrefix(address, p.base)
	}
	return paths
}

// Forgive takes back what was wrong so far, for tests that break something on purpose, and answers it.
func (p *Page) Forgive() []string {
	p.seen.mu.Lock()
	defer p.seen.mu.Unlock()
	wrong := p.seen.wrong
	p.seen.wrong = nil
	return wrong
}
