package office

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// rtfHTML reads RTF that must be readable.
func rtfHTML(t *testing.T, source string) Text {
	t.Helper()
	text, err := readRtf([]byte(source), Taken{})
	if err != nil {
		t.Fatalf("%v\n%s", err, source)
	}
	return text
}

func TestRtfKeepsWhatWordProcessorsMean(t *testing.T) {
	const word = `{\rtf1\ansi\ansicpg1252\uc1\deff0{\fonttbl{\f0\froman\fcharset0 Times New Roman;}{\f1\fnil\fcharset2 Symbol;}{\f37\fswiss\fcharset204 Calibri;}}` +
		`{\colortbl;\red0\green0\blue0;\red200\green0\blue0;}{\stylesheet{\ql \snext0 Normal;}{\s1\ql \outlinelevel0 heading 1;}{\*\cs10 Default;}{\s15\qc Title;}{\s16\qj Quote;}}`
	for _, c := range []struct{ name, body, want string }{
		{"marks", `\pard She said {\i never} {\b again}{\b\i  both}.\par`, `<p>She said <em>never</em> <strong>again <em>both</em></strong>.</p>`},
		{"switched off", `\pard a \i b\i0  c \ul d\ulnone  e {\strike f} {\scaps G}\par`, `<p>a <em>b</em> c <u>d</u> e <s>f</s> <span class="small-caps">G</span></p>`},
		{"split runs are one", `\pard {\i one}{\i\rsid1  two}\par`, `<p><em>one two</em></p>`},
		{"alignment", `\pard\qc mid\par\pard\qr end\par\pard\qj full\par`, "<p class=\"centre\">mid</p>\n<p class=\"right\">end</p>\n<p>full</p>"},
		{"right to left", `{\pard\rtlpar\qr{\f37 \'ef\'f0}\par}`, `<p dir="rtl">пр</p>`},
		{"letters", `\pard \'93caf\'e9\'94 \u8212\'97 \u-10179?\u-8704? \emdash \lquote x\rquote\par`, `<p>“café” — 😀 —‘x’</p>`},
		{"headings", "\\pard\\s15\\qc The Work\\par\\pard\\s1\\outlinelevel0 One\\par", "<h1 class=\"centre\">The Work</h1>\n<h2>One</h2>"},
		{"lines", `\pard Dear T.,\line Bring rope.\par`, `<p>Dear T.,<br>Bring rope.</p>`},
		{"blank paragraphs", `\pard a\par\par b\par`, "<p>a</p>\n<p>&#160;</p>\n<p>b</p>"},
		{"a line below", "\\pard\\brdrb\\brdrs\\par\\pard a\\par\\pard\\brdrb\\brdrs b\\par\\pard c\\par", "<p>a</p>\n<p>b</p>\n<hr>\n<p>c</p>"},
		{"a box is no break", `\pard a\par\pard\brdrt\brdrs\brdrl\brdrs\brdrb\brdrs\brdrr\brdrs b\par\pard c\par`, "<p>a</p>\n<p>b</p>\n<p>c</p>"},
		{"an empty line drawn", `\pard a\par\pard\brdrb\brdrs\par\pard b\par`, "<p>a</p>\n<hr>\n<p>b</p>"},
		{"pages", `\pard a\par\page\pard b\par\page\pard\s1 Two\par`, "<p>a</p>\n<hr>\n<p>b</p>\n<h2>Two</h2>"},
		{"a link", `\pard see {\field{\*\fldinst HYPERLINK "https://example.org/a?b=1&c=2"}{\fldrslt{\ul here}}} and {\field{\*\fldinst PAGEREF _Toc1}{\fldrslt 12}}x\par`,
			`<p>see <a href="https://example.org/a?b=1&amp;c=2">here</a> and x</p>`},
		{"a note", `\pard told{\super\chftn{\footnote\pard\plain {\super\chftn} as {\i she} said\par more}} so\par`, `<p>told<span class="footnote">as <em>she</em> said<br>more</span> so</p>`},
		{"a list", `\pard\ls1{\listtext\f1\'b7\tab}one\par\pard\ls1{\listtext\f1\'b7\tab}two\par\pard after\par`, "<ul><li><p>one</p>\n</li><li><p>two</p>\n</li></ul>\n<p>after</p>"},
		{"numbers", `\pard\ls2{\listtext 3.\tab}one\par`, "<ol start=\"3\"><li><p>one</p>\n</li></ol>"},
		{"speech is no list", `\pard\ls3{\listtext \emdash\tab}Ven aqu\'ed.\par`, "<p>— Ven aquí.</p>"},
		{"a numbered head", `\pard\s1{\listtext Chapter 2\tab}Rain\par`, "<h2>Chapter 2 Rain</h2>"},
		{"a quotation", `\pard\s16 so\par\pard plain\par`, "<blockquote>\n<p>so</p>\n</blockquote>\n<p>plain</p>"},
		{"a table", `\trowd\cellx1\cellx2\pard\intbl A\cell B\cell\row\pard after\par`, "<table>\n<tr><td><p>A</p>\n</td><td><p>B</p>\n</td></tr>\n</table>\n<p>after</p>"},
		{"a text box", `\pard a{\shp{\*\shpinst{\sp{\sn x}{\sv 1}}{\shptxt\pard in the box\par}}{\shprslt again}}\par`, "<p>a</p>\n<p>in the box</p>"},
		{"twice", `\pard {\upr{ascii}{\*\ud{\u8220?real}}}\par`, "<p>“real</p>"},
		{"no end", `\pard the last line`, "<p>the last line</p>"},
		{"signs", `\pard 1 < 2 & 3 \{x\}\par`, "<p>1 &lt; 2 &amp; 3 {x}</p>"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := strings.TrimSpace(rtfHTML(t, word+c.body+"}").HTML)
			if got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestRtfLeavesOutWhatIsNoStoryAndTellsIt(t *testing.T) {
	text := rtfHTML(t, `{\rtf1\ansi{\colortbl;\red255\green0\blue0;}{\info{\author Jane Roe}{\operator J}{\*\company Acme}}{\header\pard Jane Roe p. 1\par}`+
		`{\*\revtbl{Unknown;}{Jane Roe;}}\pard kept {\deleted gone }{\revised new }{\v secret }{\cf1 red}{\*\atnid JR}{\*\atnauthor Jane Roe}\chatn{\*\annotation\pard no!}\par}`)
	if want := "<p>kept new red</p>"; strings.TrimSpace(text.HTML) != want {
		t.Errorf("got %s, want %s", text.HTML, want)
	}
	for _, want := range []Count{{"file-field", 3}, {"comment", 1}, {"hidden-text", 1}, {"tracked-deletion", 1}, {"tracked-insertion", 1}, {"page-header", 1}, {"font-colour", 1}} {
		if !slices.Contains(text.Told, want) {
			t.Errorf("%v is not told: %v", want, text.Told)
		}
	}
}

func TestRtfOfTextEditAndScrivener(t *testing.T) {
	text := rtfHTML(t, "{\\rtf1\\ansi\\ansicpg1252\\cocoartf2761\n\\cocoatextscaling0{\\fonttbl\\f0\\fswiss\\fcharset0 Helvetica;\\f1\\fswiss\\fcharset0 Helvetica-Oblique;}\n"+
		"\\pard\\tx720\\pardirnatural\\partightenfactor0\n\n\\f0\\fs24 \\cf0 The \\f1\\i tide\n\\f0\\i0  turned.\\\n\\\n\\uc0\\u8220 Late,\\'94 he said.\\\n}")
	if want := "<p>The <em>tide</em> turned.</p>\n<p>&#160;</p>\n<p>“Late,” he said.</p>"; strings.TrimSpace(text.HTML) != want {
		t.Errorf("got %s, want %s", text.HTML, want)
	}
}

func TestRtfReadsEveryTableOfLetters(t *testing.T) {
	for _, c := range []struct{ head, body, want string }{
		{`\ansicpg1251{\fonttbl{\f0\fcharset204 A;}{\f1\fcharset0 B;}}`, `{\f0 \'cf\'f0}{\f1 \'e9}`, "Прé"},
		{`\ansicpg1251{\fonttbl{\f0\fcharset0 A;}}`, `{\f0 \'cf\'f0}`, "Пр"},
		{`\mac\ansicpg10000{\fonttbl{\f0\fcharset77 A;}}`, `\f0 caf\'8e`, "café"},
		{`\ansicpg932{\fonttbl{\f0\fcharset128 A;}}`, `\f0 \'93\'fa\'96\'7b \'83\\`, "日本ソ"},
		{`\ansicpg936{\fonttbl{\f0\fcharset134 A;}}`, `\f0 {\uc2\u20013\'d6\'d0}\'b9\'fa`, "中国"},
		{`\ansicpg1252{\fonttbl{\f0\fcharset238 A;}}`, `\f0 \'a3\'f3d\'9f`, "Łódź"},
		{`\ansicpg1252`, "h\u00e9 raw", "hé raw"},
	} {
		text := rtfHTML(t, `{\rtf1\ansi`+c.head+`\pard `+c.body+`\par}`)
		if got := strings.ReplaceAll(strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(text.HTML), "<p>"), "</p>"), " ソ", "ソ"); got != c.want {
			t.Errorf("%s: got %q, want %q", c.body, got, c.want)
		}
	}
}

func TestRtfPicturesComeAlong(t *testing.T) {
	png := append([]byte("\x89PNG\r\n\x1a\n"), bytes.Repeat([]byte{7}, 40)...)
	text := rtfHTML(t, `{\rtf1\pard see {\*\shppict{\pict{\*\picprop{\sp{\sn wzDescription}{\sv a "ship"}}}\pngblip\picw9 `+"\n"+hex.EncodeToString(png[:20])+"\n"+hex.EncodeToString(png[20:])+
		`}}{\nonshppict{\pict\wmetafile8 00}}{\pict\jpegblip\bin3 abc}{\pict\emfblip 0011}\par}`)
	if len(text.Pictures) != 2 || !strings.Contains(text.HTML, `<img src="picture-1.png" alt="a &quot;ship&quot;">`) && !strings.Contains(text.HTML, `<img src="picture-1.png" alt="a &#34;ship&#34;">`) {
		t.Fatalf("%d pictures in %s", len(text.Pictures), text.HTML)
	}
	for i, want := range [][]byte{png, []byte("abc")} {
		if got, err := text.Pictures[i].Data(); err != nil || !bytes.Equal(got, want) {
			t.Errorf("picture %d is %q, %v", i+1, got, err)
		}
	}
	if !slices.Contains(text.Told, Count{"picture-format", 1}) {
		t.Errorf("the drawing is not told: %v", text.Told)
	}
}

func TestHostileRtfIsRefusedInOneSentence(t *testing.T) {
	million := strings.Repeat("{", 1_000_000)
	for name, c := range map[string]struct {
		source string
		want   error
	}{
		"a million groups":      {`{\rtf1 ` + million + "x" + strings.Repeat("}", 1_000_000) + "}", errNested},
		"opened for ever":       {`{\rtf1 ` + million, errNested},
		"ten gigabytes claimed": {`{\rtf1 {\pict\pngblip\bin10000000000 abc}}`, errCut},
		"a number without end":  {`{\rtf1 {\pict\pngblip\bin` + strings.Repeat("9", 100_000) + ` abc}}`, errCut},
		"cut in a group":        {`{\rtf1\pard {\i so`, errCut},
		"cut in a byte":         {`{\rtf1\pard so\'9`, errCut},
		"cut at a backslash":    {`{\rtf1\pard so\`, errCut},
	} {
		begin := time.Now()
		_, err := readRtf([]byte(c.source), Taken{})
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
		if took := time.Since(begin); took > 2*time.Second {
			t.Errorf("%s took %v", name, took)
		}
	}
}

func TestRtfThatIsLongIsRead(t *testing.T) {
	var s strings.Builder
	s.WriteString(`{\rtf1\ansi`)
	for i := range 20_000 {
		fmt.Fprintf(&s, `{\pard\plain line %d {\i so} it goes\footnote}{\*\x{\y}}\par`+"\n", i)
	}
	s.WriteString("}")
	if text := rtfHTML(t, s.String()); !strings.Contains(text.HTML, "line 19999 <em>so</em>") {
		t.Error("the end is missing")
	}
}

func keepPicture(picture []byte) ([]byte, string, error) { return picture, "image/png", nil }

func TestAnRtfIsKeptWithoutWhatTellsOfItsWriter(t *testing.T) {
	const source = `{\rtf1\ansi{\info{\author Jane Roe}{\operator Jane}{\*\company Acme}{\title Salt}}{\*\revtbl{Unknown;}{Jane Roe;}}{\*\template C:\\Users\\jane\\x.dot}` +
		`{\header\pard Jane Roe\par}\pard kept {\revised\revauth1 new }{\deleted\revauth1 old}{\*\atnid JR}{\*\atnauthor Jane Roe}\chatn{\*\annotation\pard Jane says no\par}` +
		`{\*\shppict{\pict{\*\picprop{\sp{\sn wzName}{\sv jane.png}}{\sp{\sn wzDescription}{\sv a ship}}}\pngblip\picw1 6a616e65}}{\nonshppict{\pict\wmetafile8 6a616e65}}\par}`
	clean, removed, err := Scrub([]byte(source), Rtf, func(picture []byte) ([]byte, string, error) {
		if string(picture) != "jane" {
			t.Errorf("the picture is %q", picture)
		}
		return []byte("anew"), "image/jpeg", nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"Jane", "jane", "Acme", "6a616e65"} {
		if strings.Contains(string(clean), name) {
			t.Errorf("%q is in the file that is kept: %s", name, clean)
		}
	}
	for _, want := range []Count{{"properties", 1}, {"comment", 1}, {"editor-name", 1}, {"path", 1}, {"picture-data", 1}, {"page-header", 1}} {
		if !slices.Contains(removed, want) {
			t.Errorf("%v is not told: %v", want, removed)
		}
	}
	before, after := rtfHTML(t, source), rtfHTML(t, string(clean))
	if strings.ReplaceAll(before.HTML, ".png", ".jpg") != after.HTML || len(after.Pictures) != 1 {
		t.Errorf("read again it is %s\nand was %s", after.HTML, before.HTML)
	}
	if data, _ := after.Pictures[0].Data(); string(data) != "anew" {
		t.Errorf("the picture in it is %q", data)
	}
	if again, _, _ := Scrub(clean, Rtf, func([]byte) ([]byte, string, error) { return []byte("anew"), "image/jpeg", nil }); !bytes.Equal(again, clean) {
		t.Errorf("scrubbed again it changes:\n%s\n%s", clean, again)
	}
}

func FuzzRtf(f *testing.F) {
	for _, seed := range []string{
		`{\rtf1\ansi\ansicpg932{\fonttbl{\f0\fcharset128 A;}}\pard\f0 \'93\'fa {\i x}\par}`, `{\rtf1{\footnote{\footnote x}\par\cell\row}\trowd\cell}`,
		`{\rtf1{\field{\*\fldinst HYPERLINK "a"}{\fldrslt b}}{\pict\pngblip 00ff\bin2 ab}}`, `{\rtf1\upr{a}{\*\ud b}\u-10179?\u8212}`,
		`{\rtf1\ls1{\listtext 1.}a\par\page\brdrb\par}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if !isRtf(data) {
			data = append([]byte(`{\rtf1 `), data...)
		}
		_, _ = readRtf(data, Taken{Deleted: true, Original: true, Hidden: true})
		text, err := readRtf(data, Taken{})
		if err == nil && strings.ContainsRune(text.HTML, 0) {
			t.Error("a zero byte got through")
		}
		var told *Error
		if err != nil && !errors.As(err, &told) {
			t.Errorf("%T %v", err, err)
		}
		clean, _ := scrubRtf(data, keepPicture)
		again, againErr := readRtf(clean, Taken{})
		if (err == nil) != (againErr == nil) || err == nil && again.HTML != text.HTML && len(text.Pictures) == 0 {
			t.Errorf("scrubbed it reads as %q, %v; before %q, %v", again.HTML, againErr, text.HTML, err)
		}
	})
}

func BenchmarkRtf(b *testing.B) {
	line := `\pard\plain\s0\ql\li0\fi720 {\rtlch\fcs1\af0\ltrch\fcs0\insrsid123 She walked down to the harbour and said \'93never\'94 to {\i nobody} in particular, which was how it went.}\par` + "\n"
	data := []byte(`{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 A;}}` + strings.Repeat(line, 20_000) + "}")
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := readRtf(data, Taken{}); err != nil {
			b.Fatal(err)
		}
	}
}
