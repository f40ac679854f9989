package manuscript_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"ficus/internal/manuscript"
)

// chapterOf is a chapter of our own making, the same for the same number.
func chapterOf(n int) string {
	random := rand.New(rand.NewPCG(uint64(n), 7))
	words := strings.Fields("salt harbour lamp fog gull rope kettle bread tide mole log keeper boat stair window brass letter weather coat door jetty north quiet")
	var s strings.Builder
	for range 12 {
		for i := range 30 {
			w := words[random.IntN(len(words))]
			if i == 0 {
				w = strings.ToUpper(w[:1]) + w[1:]
			}
			s.WriteString(w + " ")
		}
		s.WriteString("so.\n\n")
	}
	return s.String()
}

func pileFile(name, text string, age int) manuscript.PileFile {
	return manuscript.PileFile{
		Name: name, Size: int64(len(text)), Changed: time.Unix(int64(1e9-age), 0), Open: func() ([]byte, error) { return []byte(text), nil },
	}
}

func TestAcceptance66FortyFilesAreEachNamed(t *testing.T) {
	var files []manuscript.PileFile
	for n := 1; n <= 24; n++ {
		text := chapterOf(n)
		switch n % 4 {
		case 1:
			text = `{\rtf1\ansi\pard ` + strings.ReplaceAll(text, "\n\n", `\par `) + "}"
		case 2:
			text = "<html><body><p>" + strings.ReplaceAll(strings.TrimSpace(text), "\n\n", "</p><p>") + "</p></body></html>"
		}
		files = append(files, pileFile(fmt.Sprintf("Salt/ch%d.%s", n, []string{"txt", "rtf", "html", "md"}[n%4]), text, 0))
	}
	files = append(files,
		pileFile("Salt/ch3 old.txt", strings.Replace(chapterOf(3), "so.", "and so it went.", 2), 100),
		pileFile("Salt/ch10 (final).txt", chapterOf(10)+"One more line, written later.", -100),
		pileFile("Salt/copy of ch4.txt", chapterOf(4), 5),
		pileFile("Salt/Epilogue.txt", chapterOf(98), 0), pileFile("Salt/Prologue.txt", chapterOf(99), 0),
		pileFile("Salt/.DS_Store", "x", 0), pileFile("__MACOSX/Salt/._ch1.rtf", "x", 0), pileFile("Salt/Thumbs.db", "x", 0), pileFile("Salt/~$ch3.docx", "x", 0),
		pileFile("Salt/desktop.ini", "x", 0), pileFile("Salt/cover.jpg", "x", 0), pileFile("Salt/song.mp3", "x", 0), pileFile("Salt/empty.txt", " \n", 0),
		pileFile("Salt/broken.rtf", `{\rtf1 so`, 0), pileFile("Salt/old.doc", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"+strings.Repeat("\x00", 600), 0),
		pileFile("Salt/more.zip", string(zipped(t, "ch25.txt", chapterOf(25), "Thumbs.db", "x", "deeper.zip", string(zipped(t, "ch26.txt", chapterOf(26), "deepest.zip", string(zipped(t, "ch27.txt", chapterOf(27))))))), 0),
	)
	if len(files) != 40 {
		t.Fatalf("the pile has %d files", len(files))
	}
	pile := manuscript.ReadPile(files, manuscript.Options{})
	got := map[string]manuscript.PileItem{}
	var chapters []string
	for _, item := range pile.Files {
		if _, twice := got[item.Name]; twice {
			t.Errorf("%s is named twice", item.Name)
		}
		got[item.Name] = item
		switch item.Verdict {
		case manuscript.PileChapter:
			chapters = append(chapters, strings.TrimPrefix(item.Name, "Salt/"))
		case manuscript.PileSkipped:
			if item.Rule == "" || !strings.HasSuffix(item.Sentence, ".") {
				t.Errorf("%s is skipped without a reason: %+v", item.Name, item)
			}
		}
	}
	for _, f := range files {
		if _, named := got[f.Name]; !named && f.Name != "Salt/more.zip" {
			t.Errorf("%s goes without a word", f.Name)
		}
	}
	for name, of := range map[string]string{"Salt/ch3 old.txt": "Salt/ch3.md", "Salt/ch10.html": "Salt/ch10 (final).txt", "Salt/copy of ch4.txt": "Salt/ch4.txt"} {
		if item := got[name]; item.Verdict != manuscript.PileVersion || item.Of != of {
			t.Errorf("%s is %s of %q, and should be a version of %s", name, item.Verdict, item.Of, of)
		}
	}
	for name, rule := range map[string]string{
		"Salt/.DS_Store": "pile.system", "__MACOSX/Salt/._ch1.rtf": "pile.system", "Salt/~$ch3.docx": "pile.lock", "Salt/cover.jpg": "pile.picture", "Salt/empty.txt": "manuscript.empty",
		"Salt/broken.rtf": "manuscript.broken", "Salt/more.zip/deeper.zip/deepest.zip": "pile.zip_deep", "Salt/more.zip/Thumbs.db": "pile.system",
	} {
		if got[name].Rule != rule {
			t.Errorf("%s is skipped by %q, want %q", name, got[name].Rule, rule)
		}
	}
	want := []string{"Prologue.txt", "ch1.rtf", "ch2.html", "ch3.md", "ch4.txt"}
	if len(chapters) != 28 || !slices.Equal(chapters[:5], want) || slices.Index(chapters, "ch9.rtf") > slices.Index(chapters, "ch10 (final).txt") {
		t.Errorf("the chapters are %d: %v", len(chapters), chapters)
	}
}

func TestHostileZipsAreRefusedInOneSentence(t *testing.T) {
	many := make([]string, 0, 12_000)
	for i := range 6_000 {
		many = append(many, fmt.Sprintf("%d.txt", i), "x")
	}
	whole := string(zipped(t, "a.txt", chapterOf(1)))
	for name, c := range map[string]struct{ text, item, rule string }{
		"a bomb":         {string(zipped(t, "a.txt", strings.Repeat("x", 30<<20))), "p.zip/a.txt", "pile.zip_large"},
		"too many files": {string(zipped(t, many...)), "p.zip", "pile.zip_large"},
		"leads out":      {string(zipped(t, "../../etc/a.txt", chapterOf(1))), "p.zip/etc/a.txt", "pile.zip_unsafe"},
		"cut off":        {whole[:len(whole)-40], "p.zip", "pile.zip_broken"},
		"nothing in it":  {string(zipped(t)), "p.zip", "manuscript.empty"},
	} {
		pile := manuscript.ReadPile([]manuscript.PileFile{pileFile("p.zip", c.text, 0)}, manuscript.Options{})
		if len(pile.Files) != 1 || pile.Files[0].Name != c.item || pile.Files[0].Rule != c.rule || pile.Files[0].Sentence == "" {
			t.Errorf("%s: %+v, want %s by %s", name, pile.Files, c.item, c.rule)
		}
	}
}

func TestNaturalOrderCountsAsPeopleDo(t *testing.T) {
	names := []string{"b/ch10.txt", "Epilogue.txt", "b/ch2.txt", "Chapter 1.txt", "a/x.txt", "Prologue.txt", "Chapter 02.txt", "b/ch2b.txt", "chapter 11.txt"}
	slices.SortStableFunc(names, manuscript.NaturalOrder)
	if got, want := strings.Join(names, "|"), "Prologue.txt|a/x.txt|b/ch2.txt|b/ch2b.txt|b/ch10.txt|Chapter 1.txt|Chapter 02.txt|chapter 11.txt|Epilogue.txt"; got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

func FuzzPile(f *testing.F) {
	f.Add([]byte("PK\x03\x04"), "a.zip")
	f.Add(zipped(f, "a.txt", "so it goes", "b.rtf", `{\rtf1 x}`), "p.zip")
	f.Fuzz(func(t *testing.T, data []byte, name string) {
		pile := manuscript.ReadPile([]manuscript.PileFile{pileFile(name, string(data), 0)}, manuscript.Options{})
		if len(pile.Files) == 0 {
			t.Error("a file goes without a word")
		}
	})
}

func BenchmarkPile(b *testing.B) {
	var files []manuscript.PileFile
	size := 0
	for n := range 200 {
		text := chapterOf(n % 150)
		size += len(text)
		files = append(files, pileFile(fmt.Sprintf("ch%d.txt", n), text, n))
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		manuscript.ReadPile(files, manuscript.Options{})
	}
}
