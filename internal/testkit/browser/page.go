package browser

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// Open goes to a path of the site and answers the status it was served with.
func (p *Page) Open(path string) int {
	p.t.Helper()
	ctx, cancel := p.patiently()
	defer cancel()
	response, err := chromedp.Run(ctx, chromedp.NavigateResponse(p.base+path))
	p.must("open "+path, err)
	if response == nil {
		return 0
	}
	return int(response.Status)
}

// Follow clicks the link of that name and waits for its page.
func (p *Page) Follow(link string) {
	p.t.Helper()
	p.leave("follow "+link, chromedp.Click(named("link", link), chromedp.NodeVisible))
}

// Submit presses the button of that name and waits for the page that answers.
func (p *Page) Submit(button string) {
	p.t.Helper()
	p.leave("submit "+button, chromedp.Click(named("button", button), chromedp.NodeVisible))
}

// Press presses the button, or opens the details, of that name and stays on the page.
func (p *Page) Press(button string) {
	p.t.Helper()
	p.do("press "+button, chromedp.Click(named("button", button), chromedp.NodeVisible))
}

// Click clicks the first element that the CSS selector finds and stays on the page.
func (p *Page) Click(css string) {
	p.t.Helper()
	p.do("click "+css, chromedp.Click(chromedp.CSS(css), chromedp.NodeVisible))
}

// ClickThrough clicks the first element that the CSS selector finds and waits for another page.
func (p *Page) ClickThrough(css string) {
	p.t.Helper()
	p.leave("click "+css, chromedp.Click(chromedp.CSS(css), chromedp.NodeVisible))
}

// Fill puts text in the place of what the field of that label holds, in one act like a paste.
func (p *Page) Fill(label, text string) {
	p.t.Helper()
	p.focus(label)
	if text == "" {
		p.do("empty "+label, chromedp.KeyEvent("\b"))
		return
	}
	ctx, cancel := p.patiently()
	defer cancel()
	_, err := chromedp.Call(ctx, input.InsertText, input.InsertTextParams{Text: text})
	p.must("fill "+label, err)
}

// Type types text key by key into the field of that label, in the place of what it holds.
func (p *Page) Type(label, text string) {
	p.t.Helper()
	p.focus(label)
	p.do("type into "+label, chromedp.KeyEvent(text))
}

// Keys types keys wherever the focus is; package kb names those that are not characters.
func (p *Page) Keys(keys string) {
	p.t.Helper()
	p.do("type keys", chromedp.KeyEvent(keys))
}

// Enter presses the Enter key as a hand does: where a script takes the key for
// itself, nothing is typed.
func (p *Page) Enter() {
	p.t.Helper()
	ctx, cancel := p.patiently()
	defer cancel()
	key := input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeKeyDown, Key: "Enter", Code: "Enter", Text: "\r", WindowsVirtualKeyCode: 13}
	_, err := chromedp.Call(ctx, input.DispatchKeyEvent, key)
	p.must("press Enter", err)
	key.Type, key.Text = input.DispatchKeyEventTypeKeyUp, ""
	_, err = chromedp.Call(ctx, input.DispatchKeyEvent, key)
	p.must("let go of Enter", err)
}

// focus puts the cursor in a field and selects what it holds.
func (p *Page) focus(label string) {
	p.t.Helper()
	field := named("field", label)
	p.do("go to the field "+label, chromedp.Focus(field, chromedp.NodeVisible))
	p.evaluate("select in "+label, fmt.Sprintf(`{ const f = %s; if (f.select) f.select() }`, field))
}

// Check clicks the box or the radio button of that label.
func (p *Page) Check(label string) {
	p.t.Helper()
	p.do("check "+label, chromedp.Click(named("field", label)))
}

// Choose picks an option, by its text, in the list of that label.
func (p *Page) Choose(label, option string) {
	p.t.Helper()
	field := named("field", label)
	p.do("find the list "+label, chromedp.WaitVisible(field))
	p.evaluate("choose "+option+" in "+label, fmt.Sprintf(`{
		const list = %s, wanted = %s;
		const found = [...list.options].find(o => o.text.trim() === wanted);
		if (!found) throw new Error("there is no such option among: " + [...list.options].map(o => o.text.trim()).join(", "));
		list.value = found.value;
		list.dispatchEvent(new Event("input", {bubbles: true}));
		list.dispatchEvent(new Event("change", {bubbles: true}));
	}`, field, quoted(option)))
}

// Upload gives files to the file field of that label.
func (p *Page) Upload(label string, files ...string) {
	p.t.Helper()
	p.do("upload to "+label, chromedp.SetUploadFiles(named("field", label), files))
}

// Sees waits until the page shows the text, whatever its white space.
func (p *Page) Sees(text string) {
	p.t.Helper()
	if !p.comesTrue(shows(text)) {
		p.must("look for the text", fmt.Errorf("the page does not show %q", text))
	}
}

// SeesNot waits until the page does not show the text.
func (p *Page) SeesNot(text string) {
	p.t.Helper()
	if !p.comesTrue("!(" + shows(text) + ")") {
		p.must("look for the text", fmt.Errorf("the page shows %q", text))
	}
}

func shows(text string) string {
	return fmt.Sprintf(`!!document.body && document.body.innerText.replace(/\s+/g, " ").includes(%s)`,
		quoted(strings.Join(strings.Fields(text), " ")))
}

// comesTrue asks until the expression is true.
func (p *Page) comesTrue(expression string) bool {
	for until := time.Now().Add(patience); time.Now().Before(until); time.Sleep(20 * time.Millisecond) {
		ctx, cancel := p.patiently()
		yes, err := chromedp.Run(ctx, chromedp.Evaluate[bool](expression))
		cancel()
		if err == nil && yes { // an error is a page that is just being left
			return true
		}
	}
	return false
}

// Text is the visible text of the first element that the CSS selector finds.
func (p *Page) Text(css string) string {
	p.t.Helper()
	return ask(p, "read "+css, chromedp.Text(chromedp.CSS(css)))
}

// Value is what the field of that label holds.
func (p *Page) Value(label string) string {
	p.t.Helper()
	return ask(p, "read the field "+label, chromedp.Value(named("field", label)))
}

// Count is how many elements the CSS selector finds now.
func (p *Page) Count(css string) int {
	p.t.Helper()
	return Ask[int](p, fmt.Sprintf(`document.querySelectorAll(%s).length`, quoted(css)))
}

// Title is the page's title.
func (p *Page) Title() string {
	p.t.Helper()
	return ask(p, "read the title", chromedp.Title())
}

// Path is the page's address without the site.
func (p *Page) Path() string {
	p.t.Helper()
	return strings.TrimPrefix(ask(p, "read the address", chromedp.Location()), p.base)
}

// HTML is the document as it stands.
func (p *Page) HTML() string {
	p.t.Helper()
	return ask(p, "read the document", chromedp.OuterHTML(chromedp.CSS("html")))
}

// Source is the document as the server sent it.
func (p *Page) Source() string {
	p.t.Helper()
	p.seen.mu.Lock()
	document := p.seen.document
	p.seen.mu.Unlock()
	ctx, cancel := p.patiently()
	defer cancel()
	body, err := chromedp.Call(ctx, network.GetResponseBody, network.GetResponseBodyParams{RequestID: document})
	p.must("read the source", err)
	return string(body.Body)
}

// Reload loads the page again.
func (p *Page) Reload() {
	p.t.Helper()
	p.do("reload", chromedp.Reload())
}

// Back goes one page back.
func (p *Page) Back() {
	p.t.Helper()
	p.do("go back", chromedp.NavigateBack())
}

// Screenshot is the whole page as a PNG.
func (p *Page) Screenshot() []byte {
	p.t.Helper()
	return ask(p, "take a screenshot", chromedp.FullScreenshot(100))
}

// Look keeps a screenshot of the whole page, and its source below pages, under that name in the
// folder FICUS_LOOK, if that is set: `make look` makes one page of the screenshots, and the Nu
// checker reads the sources.
func (p *Page) Look(name string) {
	p.t.Helper()
	dir := os.Getenv("FICUS_LOOK")
	if dir == "" {
		return
	}
	p.must("keep the page "+name, errors.Join(
		os.MkdirAll(filepath.Join(dir, "pages"), 0o755),
		os.WriteFile(filepath.Join(dir, name+".png"), p.Screenshot(), 0o644),
		os.WriteFile(filepath.Join(dir, "pages", name+".html"), []byte(p.Source()), 0o644)))
}

// Ask evaluates a JavaScript expression, or a promise of one, in the page.
func Ask[T any](p *Page, expression string) T {
	p.t.Helper()
	return ask(p, "ask the page", chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
}

func ask[T any](p *Page, act string, question chromedp.Action[T]) T {
	p.t.Helper()
	ctx, cancel := p.patiently()
	defer cancel()
	answer, err := chromedp.Run(ctx, question)
	p.must(act, err)
	return answer
}

func (p *Page) evaluate(act, script string) {
	p.t.Helper()
	p.do(act, func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := chromedp.Evaluate[any](script)(ctx, t)
		return chromedp.Void{}, err
	})
}

func (p *Page) do(act string, steps ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	ctx, cancel := p.patiently()
	defer cancel()
	p.must(act, chromedp.Do(ctx, steps...))
}

// leave does a step that leads to another page, and waits until that is loaded.
func (p *Page) leave(act string, step chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	ctx, cancel := p.patiently()
	defer cancel()
	_, err := chromedp.Run(ctx, chromedp.WaitEvent(page.LoadEventFired, nil, step))
	p.must(act, err)
}

// Print lets the page be as it would stand on paper while look runs.
func (p *Page) Print(look func()) {
	p.t.Helper()
	for _, media := range []string{"print", "screen"} {
		ctx, cancel := p.patiently()
		_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: media})
		cancel()
		p.must("show the page as in "+media, err)
		if media == "print" {
			look()
		}
	}
}
