package manuscript

import (
	"errors"
	"runtime/debug"
	"strings"
	"testing"
)

func TestATextOfMorePiecesThanALibraryIsRefused(t *testing.T) {
	line := "The lamp went out on a Sunday. "
	long := strings.Repeat(strings.Repeat(line, 40)+"\n\n", mostText/len(line)/40+1)
	for name, c := range map[string]struct{ text, kind string }{
		"a text":           {long, "txt"},
		"Markdown":         {long, "md"},
		"a page":           {"<!DOCTYPE html><p>" + long, "html"},
		"UTF-16":           {"\xff\xfe" + strings.Repeat("\x00\x4e", mostText/3+1), "txt"},
		"old Cyrillic":     {strings.Repeat("\xee\xe0 \xe5\n", mostText/6), "txt"},
		"paragraphs":       {strings.Repeat("Rain.\n\n", mostParas+1), "txt"},
		"Markdown's":       {strings.Repeat("Rain.\n\n", mostParas+1), "md"},
		"a page's":         {"<!DOCTYPE html>" + strings.Repeat("<p>Rain.</p>", mostParas+1), "html"},
		"lines":            {strings.Repeat("\n", mostLines) + "so\nit goes", "txt"},
		"tags":             {"<!DOCTYPE html>" + strings.Repeat("<i>a</i><b>b</b>", mostTags/4+1), "html"},
		"marks":            {strings.Repeat("so *it* goes. ", mostSigns/2+1), "txt"},
		"Markdown's marks": {strings.Repeat("so *it* goes. ", mostSigns/2+1), "md"},
		"lists":            {strings.Repeat("- a\n", mostSigns/4+1), "md"},
		"tags of no look":  {"<!DOCTYPE html>" + strings.Repeat("<span>a</span>", mostRaw/2+1), "html"},
	} {
		_, err := Read([]byte(c.text), Options{Kind: c.kind})
		var told *Error
		if !errors.As(err, &told) || told.Rule != "manuscript.too_long" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestPicturesWrittenIntoAPageDoNotMakeItLong(t *testing.T) {
	r, err := Read([]byte(`<!DOCTYPE html><p>Rain.</p><img alt="a lamp" src="data:image/png;base64,`+strings.Repeat("AAAA", mostText/4)+`"><p>And rain.</p>`), Options{})
	if err != nil {
		t.Fatal(err)
	}
	same(t, "paragraphs and a picture", 3, len(r.Works[0].Chapters[0].Body.Blocks))
}

func TestALargeFileIsReadSparinglyAndTheCollectorIsLeftAsItWas(t *testing.T) {
	before := debug.SetGCPercent(77)
	defer debug.SetGCPercent(before)
	one, two := sparing(make([]byte, sparingFrom)), sparing([]byte("PK"+strings.Repeat("x", sparingPacked)))
	sparing([]byte("small"))()
	one()
	if got := debug.SetGCPercent(sparingly); got != sparingly {
		t.Errorf("while a large file is read the collector comes at %d %%", got)
	}
	two()
	if got := debug.SetGCPercent(77); got != 77 {
		t.Errorf("behind large files the collector comes at %d %%", got)
	}
}
