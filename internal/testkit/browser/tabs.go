package browser

import (
	"context"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// Another opens a second, empty tab of the same browser, with the same cookies and storage.
func (p *Page) Another() *Page {
	p.t.Helper()
	ctx, cancel := chromedp.NewContext(p.ctx)
	other := &Page{t: p.t, ctx: ctx, base: p.base, how: p.how, seen: &watch{base: p.base}}
	p.t.Cleanup(func() {
		other.seen.report(p.t)
		cancel()
	})
	other.must("open another tab", other.prepare())
	return other
}

// Kill ends the tab's process at once, as a crash or an empty battery does: the page is not told.
func (p *Page) Kill() {
	ctx, cancel := context.WithTimeout(p.ctx, 500*time.Millisecond) // who crashes does not answer
	defer cancel()
	_, _ = chromedp.Call(ctx, page.Crash, cdp.Empty{})
}
