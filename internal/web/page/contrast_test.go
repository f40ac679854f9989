package page_test

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// theme is the colours of one theme by the names of their tokens.
type theme map[string]string

var (
	block = regexp.MustCompile(`(?s)(@media [^{]+\{ )?([^{}@]+?) \{([^{}]*)\}`)
	token = regexp.MustCompile(`--([a-z0-9-]+):\s*(#[0-9A-Fa-f]{6})`)
)

// themes reads every block of colours in the tokens, named by its selector
// and the media query around it.
func themes(t *testing.T) map[string]theme {
	t.Helper()
	css, err := os.ReadFile("tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]theme{}
	for _, m := range block.FindAllStringSubmatch(string(css), -1) {
		colours := theme{}
		for _, c := range token.FindAllStringSubmatch(m[3], -1) {
			colours[c[1]] = c[2]
		}
		if len(colours) > 0 {
			all[strings.TrimSpace(m[1]+m[2])] = colours
		}
	}
	if len(all) != 9 {
		t.Fatalf("found %d themes in tokens.css, want light, sepia, dark twice, black and contrast four times", len(all))
	}
	return all
}

// luminance and ratio are WCAG 2.2's.
func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	n, err := strconv.ParseUint(strings.TrimPrefix(hex, "#"), 16, 32)
	if err != nil {
		t.Fatalf("colour %q: %v", hex, err)
	}
	channel := func(shift uint) float64 {
		c := float64(n>>shift&255) / 255
		if c <= 0.04045 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 0.2126*channel(16) + 0.7152*channel(8) + 0.0722*channel(0)
}

func (c theme) ratio(t *testing.T, a, b string) float64 {
	t.Helper()
	if c[a] == "" || c[b] == "" {
		t.Fatalf("a theme lacks --%s or --%s", a, b)
	}
	la, lb := luminance(t, c[a]), luminance(t, c[b])
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

// pairs is the table of LOOK.md §2: foreground, ground, the least contrast.
func pairs() (list []struct {
	on, ground string
	least      float64
}) {
	add := func(least float64, on string, grounds ...string) {
		for _, ground := range grounds {
			list = append(list, struct {
				on, ground string
				least      float64
			}{on, ground, least})
		}
	}
	add(10, "ink", "paper")
	add(7, "ink-2", "paper")
	add(4.5, "ink-3", "paper", "page")
	add(4.5, "ink-2", "note")
	add(4.5, "link", "paper", "page", "note")
	add(4.5, "visited", "paper")
	add(4.5, "on-accent", "accent")
	add(3, "accent", "paper", "page")
	add(3, "edge", "paper", "page")
	add(3, "focus", "paper", "page", "raised")
	for _, rating := range []string{"general", "teen", "mature", "explicit", "none"} {
		add(4.5, "r-"+rating, "paper", "page", "raised", "note")
	}
	add(7, "ink", "mark", "raised", "note")
	add(4.5, "good", "good-bg")
	add(4.5, "warn", "warn-bg")
	add(4.5, "bad", "bad-bg", "paper")
	for _, kind := range []string{"note", "field", "disclaimer", "dedication", "heading", "break"} {
		add(7, "ink", "g-"+kind)
		add(4.5, "ink-2", "g-"+kind)
		add(4.5, "link", "g-"+kind)
		add(3, "e-"+kind, "g-"+kind, "paper")
	}
	return list
}

func TestColoursKeepTheContrastOfTheGuide(t *testing.T) {
	for name, colours := range themes(t) {
		for _, p := range pairs() {
			if got := colours.ratio(t, p.on, p.ground); got < p.least {
				t.Errorf("%s: --%s on --%s is %.2f:1, at least %.1f is needed", name, p.on, p.ground, got, p.least)
			}
		}
	}
}

func TestThemesOfTheSystemAreThoseOneMayChoose(t *testing.T) {
	all := themes(t)
	for chosen, system := range map[string]string{
		"[data-theme=dark]":     "@media (prefers-color-scheme: dark) { :root:not([data-theme])",
		"[data-theme=contrast]": "@media (prefers-contrast: more) { :root:not([data-theme])",
		"@media (prefers-color-scheme: dark) { [data-theme=contrast]": "@media (prefers-contrast: more) and (prefers-color-scheme: dark) { :root:not([data-theme])",
	} {
		if all[chosen] == nil || fmt.Sprint(all[chosen]) != fmt.Sprint(all[system]) {
			t.Errorf("%s and %s differ", chosen, system)
		}
	}
}

// What only one direction of writing or one screen would understand, and
// colours that are no token's.
var (
	hex      = regexp.MustCompile(`#[0-9A-Fa-f]{3,8}\b|\brgba?\(|\bhsla?\(`)
	physical = regexp.MustCompile(`(?:^|[{;\s])((?:margin|padding|border|inset)-(?:left|right|top|bottom)[a-z-]*|left|right|top|bottom|width|height|(?:min|max)-(?:width|height)|text-align\s*:\s*(?:left|right)|float\s*:\s*(?:left|right))\s*[:;]`)
	comment  = regexp.MustCompile(`(?s)/\*.*?\*/`)
	media    = regexp.MustCompile(`@media [^{]*|@container [^{]*`)
)

func TestStylesheetsUseTokensAndLogicalProperties(t *testing.T) {
	sheets, err := filepath.Glob("*.css")
	if err != nil || len(sheets) == 0 {
		t.Fatalf("no stylesheets: %v", err)
	}
	for _, name := range sheets {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		css := comment.ReplaceAllString(string(text), "")
		if name != "tokens.css" {
			for _, found := range hex.FindAllString(css, -1) {
				t.Errorf("%s names the colour %s; use a token", name, found)
			}
		}
		for _, found := range physical.FindAllStringSubmatch(media.ReplaceAllString(css, ""), -1) {
			t.Errorf("%s uses %s; use the logical property", name, found[1])
		}
	}
}
