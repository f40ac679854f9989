package book

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/image/font"
	"golang.org/x/image/math/fixed"
)

func TestCoverIsALargeAndLightJPEG(t *testing.T) {
	heavy := strings.TrimSpace(strings.Repeat("Æsop & the Quarrelsome Gamekeeper ", 7))
	for _, c := range []cover{
		{title: "Salt", byline: "Ivo", fandom: "Winterbourne Station"},
		{title: heavy, byline: "Mara Quill, pell_writes, Ottoline, Ivo and guest", fandom: strings.Repeat("Cartographers of the Lower Sky ", 3)},
		{title: strings.Repeat("x", 255), byline: strings.Repeat("w", 120), fandom: strings.Repeat("m", 150)},
		{title: strings.Repeat("W@#M ", 51)},
		{},
	} {
		data, err := c.jpeg()
		if err != nil {
			t.Fatal(err)
		}
		if len(data) > 120<<10 {
			t.Errorf("the cover of %.20q weighs %d bytes", c.title, len(data))
		}
		head, err := jpeg.DecodeConfig(bytes.NewReader(data))
		if err != nil || head.Width != 1600 || head.Height != 2400 {
			t.Errorf("the cover of %.20q is %d×%d: %v", c.title, head.Width, head.Height, err)
		}
	}
}

// TestFlatJPEGShowsThePictureItWasGiven decodes with the standard library.
func TestFlatJPEGShowsThePictureItWasGiven(t *testing.T) {
	for _, fandom := range []string{"The Harbour Lights", "Nachtexpress", "Dustline"} {
		want, err := cover{title: "Was bleibt", byline: "Ænima", fandom: fandom}.draw()
		if err != nil {
			t.Fatal(err)
		}
		got, err := jpeg.Decode(bytes.NewReader(encodeFlat(want, 90)))
		if err != nil {
			t.Fatal(err)
		}
		if e := meanSquareError(want, got); e > 12 {
			t.Errorf("%s: mean square error %.1f", fandom, e)
		}
		// The middle of a plain surface keeps its colour to the shade.
		corner := got.At(labelLeft+10, labelTop+10)
		if d := distance(corner, labelPaper); d > 3 {
			t.Errorf("%s: the paper came out as %v", fandom, corner)
		}
	}
}

func meanSquareError(a, b image.Image) float64 {
	sum, n := 0.0, 0
	for y := a.Bounds().Min.Y; y < a.Bounds().Max.Y; y += 3 {
		for x := a.Bounds().Min.X; x < a.Bounds().Max.X; x += 3 {
			d := distance(a.At(x, y), b.At(x, y))
			sum += d * d
			n++
		}
	}
	return sum / float64(n)
}

func distance(a, b color.Color) float64 {
	ar, ag, ab, _ := a.RGBA()
	br, bg, bb, _ := b.RGBA()
	d := func(x, y uint32) float64 { return math.Abs(float64(x>>8) - float64(y>>8)) }
	return (d(ar, br) + d(ag, bg) + d(ab, bb)) / 3
}

func TestCoverWordsStandOutFromTheLabel(t *testing.T) {
	for i := range cloths {
		ink := rgb(cloths[i][0])
		if r := contrast(ink, labelPaper); r < 7 {
			t.Errorf("cloth %d as ink on the label: contrast %.1f is under 7", i, r)
		}
	}
	if r := contrast(labelInk, labelPaper); r < 7 {
		t.Errorf("the title on the label: contrast %.1f is under 7", r)
	}
}

// contrast is the contrast ratio of WCAG 2.2.
func contrast(a, b color.RGBA) float64 {
	light := func(c color.RGBA) float64 {
		channel := func(v uint8) float64 {
			s := float64(v) / 255
			if s <= 0.04045 {
				return s / 12.92
			}
			return math.Pow((s+0.055)/1.055, 2.4)
		}
		return 0.2126*channel(c.R) + 0.7152*channel(c.G) + 0.0722*channel(c.B)
	}
	la, lb := light(a), light(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func TestCoverNeverSetsEmptyBoxes(t *testing.T) {
	f, err := openFaces()
	if err != nil {
		t.Fatal(err)
	}
	for _, title := range []string{"Salt", "Письма с маяка", "Φάρος", "Łódź & “Ænima”", "Hải đăng"} {
		if !f.title.covers(title) {
			t.Errorf("%q can be set and was refused", title)
		}
	}
	for _, title := range []string{"静かな海", "منارة", "ประภาคาร", "🦊🌊", "Salt 🌊", "", "  ", "\"'“”'\"", "« »", "a\u0301\u0323b"} {
		if f.title.covers(title) {
			t.Errorf("%q cannot be set and was taken", title)
		}
		words, err := cover{title: title, fandom: "Harbour"}.draw()
		if err != nil {
			t.Fatal(err)
		}
		branch, err := cover{title: "灯", fandom: "Harbour"}.draw()
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(words, branch) {
			t.Errorf("the cover of %q is more than ornament and colour", title)
		}
	}
}

func TestCoverWordsStayInsideTheLabel(t *testing.T) {
	f, err := openFaces()
	if err != nil {
		t.Fatal(err)
	}
	for _, title := range []string{"Salt", strings.Repeat("x", 255), strings.Repeat("MW", 127), strings.Repeat("a long road home ", 15), "Donaudampfschifffahrtsgesellschaftskapitän"} {
		const height = 700
		l := f.title.fit(title, lineWidth, height, 300, 48)
		if l.height() > height {
			t.Errorf("%.20q stands %d high in %d", title, l.height(), height)
		}
		for _, row := range l.rows {
			if w := font.MeasureString(l.face, row); w > fixed.I(lineWidth) {
				t.Errorf("the row %q of %.20q is %d wide", row, title, w.Round())
			}
		}
		if got := strings.Join(l.rows, ""); strings.ReplaceAll(got, " ", "") != strings.ReplaceAll(title, " ", "") {
			t.Errorf("%.20q lost letters: %q", title, got)
		}
	}
}

func TestAMeasuredTextIsAsWideAsItIsSet(t *testing.T) {
	f, err := openFaces()
	if err != nil {
		t.Fatal(err)
	}
	face, err := f.title.at(96)
	if err != nil {
		t.Fatal(err)
	}
	var m measured
	for _, word := range strings.Fields("To AVA Tower, “Yes” Ty’s f W. fjord AT Ænima Te V Письма Т") {
		m = append(m, setWord{word, font.MeasureString(face, word), 0})
	}
	m.measureSpaces(face)
	for limit := 200; limit < 2400; limit += 100 {
		starts, widest := m.breaks(fixed.I(limit))
		most := fixed.Int26_6(0)
		for _, row := range m.rows(starts) {
			most = max(most, font.MeasureString(face, row))
		}
		if most != widest {
			t.Errorf("the widest row within %d is %v, and was measured as %v", limit, most, widest)
		}
	}
}

func TestUsualTitlesAreReadableAtThumbnailSize(t *testing.T) {
	f, err := openFaces()
	if err != nil {
		t.Fatal(err)
	}
	for _, title := range []string{"Salt", "The Lamplighter’s Daughter", "What Remained After the Storm", "Five Times She Lied and One Time She Did Not"} {
		// At 120 pixels wide a letter must still be 8 pixels high.
		if l := f.title.fit(title, lineWidth, 760, 300, 48); l.size*120/coverWidth < 8 {
			t.Errorf("%q is set at %d pixels, %d in a thumbnail", title, l.size, l.size*120/coverWidth)
		}
	}
}

func TestOneFandomWearsOneDress(t *testing.T) {
	if paletteFor("The Harbour Lights") != paletteFor(" the harbour lights ") {
		t.Error("case and space around a name change its cover")
	}
	worn := map[palette]bool{}
	for _, fandom := range []string{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n"} {
		worn[paletteFor(fandom)] = true
	}
	if len(worn) < 6 {
		t.Errorf("fourteen fandoms wear %d colours", len(worn))
	}
}

func TestCoverSetsQuotationMarksAsAPrinterWould(t *testing.T) {
	for typed, want := range map[string]string{
		`The Keeper's "Lamp"`: "The Keeper’s “Lamp”", `'Til (the 'end')`: "‘Til (the ‘end’)", "Plain": "Plain",
	} {
		if got := curly(typed); got != want {
			t.Errorf("%s was set as %s", typed, got)
		}
	}
}

func BenchmarkCover(b *testing.B) {
	c := coverOf(storm())
	for b.Loop() {
		if _, err := c.jpeg(); err != nil {
			b.Fatal(err)
		}
	}
}
