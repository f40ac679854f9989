package browser

import (
	"fmt"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// Tap touches the first element that the CSS selector finds, as a finger does.
func (p *Page) Tap(css string) {
	p.t.Helper()
	p.do("find "+css, chromedp.WaitVisible(chromedp.CSS(css)))
	at := Ask[[]float64](p, fmt.Sprintf(`(() => {
		const found = document.querySelector(%s);
		found.scrollIntoView({ block: "center" });
		const box = found.getBoundingClientRect();
		return [box.left + Math.min(40, box.width / 2), box.top + Math.min(16, box.height / 2)];
	})()`, quoted(css)))
	ctx, cancel := p.patiently()
	defer cancel()
	touch := input.DispatchTouchEventParams{Type: input.DispatchTouchEventTypeTouchStart, TouchPoints: []*input.TouchPoint{{X: at[0], Y: at[1]}}}
	_, err := chromedp.Call(ctx, input.DispatchTouchEvent, touch)
	p.must("touch "+css, err)
	touch.Type, touch.TouchPoints = input.DispatchTouchEventTypeTouchEnd, []*input.TouchPoint{}
	_, err = chromedp.Call(ctx, input.DispatchTouchEvent, touch)
	p.must("let go of "+css, err)
}

// Paste pastes, where the focus is, what another program left on the
// clipboard, in both of its flavours. The browser itself copies and pastes, so
// that the page meets what it meets of a person.
func (p *Page) Paste(html, plain string) {
	p.t.Helper()
	ctx, cancel := p.patiently()
	defer cancel()
	gesture := true
	copied, err := chromedp.Call(ctx, runtime.Evaluate, runtime.EvaluateParams{UserGesture: &gesture, ReturnByValue: &gesture, Expression: fmt.Sprintf(`(() => {
		addEventListener("copy", (event) => {
			event.clipboardData.setData("text/html", %s);
			event.clipboardData.setData("text/plain", %s);
			event.preventDefault();
			event.stopImmediatePropagation();
		}, { capture: true, once: true });
		return document.execCommand("copy");
	})()`, quoted(html), quoted(plain))})
	p.must("fill the clipboard", err)
	if copied.Result == nil || string(copied.Result.Value) != "true" {
		p.t.Fatalf("the browser filled no clipboard: %+v", copied.Result)
	}
	key := input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeRawKeyDown, Key: "v", Code: "KeyV", WindowsVirtualKeyCode: 86, Modifiers: 2, Commands: []string{"paste"}}
	_, err = chromedp.Call(ctx, input.DispatchKeyEvent, key)
	p.must("paste", err)
	key.Type, key.Commands = input.DispatchKeyEventTypeKeyUp, nil
	_, err = chromedp.Call(ctx, input.DispatchKeyEvent, key)
	p.must("let go of the key", err)
}
