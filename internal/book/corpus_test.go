package book

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"ficus/internal/prose"
)

// specimen is a work of the corpus: a name for its file, and the book.
type specimen struct {
	name string
	book Book
}

// corpus is over two hundred works, the same each time: every script, every
// kind of block and mark, every option, and what is hard to bind.
func corpus(t *testing.T) []specimen {
	t.Helper()
	var all []specimen
	for _, l := range tongues {
		for _, s := range shapes(t) {
			b := l.book()
			s.change(&b, l)
			b.Identity.WorkID = int64(1000 + len(all))
			b.Identity.Address = fmt.Sprintf("https://archive.example/works/%d", b.Identity.WorkID)
			all = append(all, specimen{l.language + "-" + s.name, b})
		}
	}
	shelf := shelfOfBooks(t)
	for _, name := range slices.Sorted(keysOf(shelf)) {
		all = append(all, specimen{"hard-" + strings.ReplaceAll(name, " ", "-"), shelf[name]})
	}
	for i, html := range hostile {
		read, _ := prose.ReadHTML(html)
		b := storm()
		b.Title, b.Chapters, b.Summary = fmt.Sprintf("Hostile %d %s", i, html), []Chapter{{ID: 1, Body: read, NotesBefore: read}}, read
		b.Title = b.Title[:min(len(b.Title), 120)]
		all = append(all, specimen{fmt.Sprintf("hostile-%02d", i), b})
	}
	for i, title := range oddTitles {
		b := storm()
		b.Title, b.Creators, b.Series = title, []string{title, "Mara " + title}, []Series{{Name: title, Place: i}}
		b.Tags.Fandoms, b.Tags.Freeforms = []string{title}, []string{title, title + title}
		b.Chapters[0].Title, b.Chapters[0].Dedication = title, title
		all = append(all, specimen{fmt.Sprintf("title-%02d", i), b})
	}
	many := storm()
	many.Chapters = nil
	for i := range 4000 {
		many.Chapters = append(many.Chapters, Chapter{ID: int64(i + 1), Body: doc("One line.")})
	}
	return append(all, specimen{"hard-four-thousand-chapters", many})
}

func keysOf[V any](m map[string]V) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// oddTitles are names people have given works, or would.
var oddTitles = []string{
	"🦊🌊", `"'“”'"`, "   ", "‮gnp.exe", "<b>&amp;</b>", "‎‏", "…", "a\u0301\u0302\u0303\u0304", "../../etc/passwd", "CON",
	strings.Repeat("long ", 51), strings.Repeat("x", 255), "]]>", "{{.Title}}", "%s%n", "\x00\x07\uFFFE", "👨‍👩‍👧‍👦", "𝕱𝖗𝖆𝖐𝖙𝖚𝖗", "１２３", "-",
}

// shape is a way a work can be made.
type shape struct {
	name   string
	change func(*Book, tongue)
}

func shapes(t *testing.T) []shape {
	t.Helper()
	html := func(typed string) prose.Document {
		d, _ := prose.ReadHTML(typed)
		return d
	}
	return []shape{
		{"plain", func(*Book, tongue) {}},
		{"one-chapter", func(b *Book, _ tongue) { b.Chapters, b.Planned, b.Complete = b.Chapters[:1], 1, true }},
		{"nameless", func(b *Book, _ tongue) {
			b.Creators, b.Title = []string{b.Voice.T("byline.anonymous")}, ""
			for i := range b.Chapters {
				b.Chapters[i].Title = ""
			}
		}},
		{"bare", func(b *Book, _ tongue) {
			b.Summary, b.NotesBefore, b.NotesAfter, b.Tags, b.Published = prose.Document{}, prose.Document{}, prose.Document{}, Tags{}, time.Time{}
		}},
		{"every-block", func(b *Book, _ tongue) {
			b.Pictures = somePictures(t)
			b.Chapters[1].Body.Blocks = slices.Concat(b.Chapters[1].Body.Blocks, everyBlock(), b.Chapters[0].Body.Blocks)
		}},
		{"notes-in-text", func(b *Book, l tongue) {
			b.Chapters[0].Body = html(fmt.Sprintf(`<p>%s<span class="footnote">%s</span></p><h3>%s</h3><p>%[1]s<span class="footnote"><em>%[2]s</em></span></p>`, l.lines[0], l.lines[1], l.title))
		}},
		{"mixed-languages", func(b *Book, _ tongue) {
			for _, other := range tongues {
				b.Chapters[0].Body.Blocks = append(b.Chapters[0].Body.Blocks, html(fmt.Sprintf(`<p lang="%s" dir="auto">%s</p><p>— <span lang="%[1]s">%[3]s</span></p>`, other.language, other.lines[0], other.title)).Blocks...)
			}
		}},
		{"shelved", func(b *Book, l tongue) {
			b.Series = []Series{{Name: l.title + " I", Address: "https://archive.example/series/1", Place: 2, Next: Work{l.title + " III", "https://archive.example/works/1"}}, {Name: "The Long Way Round", Place: 1}}
			b.Collections = []Collection{{"Winter Exchange", "https://archive.example/collections/w"}}
			b.Tags.Freeforms = manyTags(l, 90)
			b.Helpers = []Helper{{l.name, Translator}, {"Ana & <Ito>", Artist}, {"", Editor}, {l.name, Narrator}}
			b.Rights, b.NoMining = l.lines[1], true
		}},
		{"own-cover", func(b *Book, _ tongue) {
			b.Pictures, b.Cover = somePictures(t), Front{"https://pictures.example/lamp.png", "A “lamp” & a moth, <lit> 👩‍👩‍👧 مصباح"}
		}},
		{"skin", func(b *Book, _ tongue) {
			b.Skin = ".letter { border-left: 3px double; } .story p { letter-spacing: .01em; }"
		}},
		{"no-notes", func(b *Book, _ tongue) { b.Options.Notes = NoNotes }},
		{"chapter-notes", func(b *Book, _ tongue) { b.Options.Notes = ChapterNotes }},
		{"as-typed", func(b *Book, _ tongue) { b.Options.AsTyped = true; b.Options.NoSkin = true }},
		{"part", func(b *Book, _ tongue) { b.Options.Chapters = []int64{2, 3} }},
		{"since", func(b *Book, _ tongue) { b.Options.Since = day0.AddDate(0, 0, 20) }},
		{"unknown-language", func(b *Book, _ tongue) { b.Language, b.Direction = "", "" }},
	}
}

func manyTags(l tongue, n int) []string {
	var tags []string
	for i := range n {
		tags = append(tags, fmt.Sprintf("%s %d & %s", l.title, i, l.lines[i%len(l.lines)]))
	}
	return tags
}

func somePictures(t *testing.T) func(string) ([]byte, string, error) {
	still, turning := pngPicture(t), gifPicture(t)
	return func(src string) ([]byte, string, error) {
		switch src {
		case "https://pictures.example/lamp.png":
			return still, "image/png", nil
		case "https://pictures.example/turning.gif":
			return turning, "image/gif", nil
		case "https://pictures.example/broken.jpg":
			return bomb(), "image/jpeg", nil
		}
		return nil, "", errors.New("not found")
	}
}

// book is a work of four chapters in the language.
func (l tongue) book() Book {
	b := storm()
	b.Language, b.Direction, b.Title, b.Creators, b.Voice = l.language, "", l.title, []string{l.name, "Mara Quill"}, Speaking(l.language)
	b.Summary, b.NotesBefore, b.NotesAfter = doc(l.lines[0]), doc(l.lines[1]), doc(l.lines[0])
	b.Tags.Freeforms = []string{l.title, "Slow burn"}
	b.Tags.Say = func(word string) string { return map[string]string{"Teen": b.Voice.T("rating.teen")}[word] }
	b.Chapters = nil
	for i := range 4 {
		c := Chapter{ID: int64(i + 1), Number: i + 1, Posted: day0.AddDate(0, 0, 10*i)}
		if i%2 == 0 {
			c.Title = l.title
		}
		if i == 1 {
			c.NotesBefore, c.NotesAfter, c.Dedication, c.Disclaimer = doc(l.lines[0]), doc(l.lines[1]), l.name, doc(l.lines[1])
		}
		for j := range 6 {
			line := l.lines[(i+j)%len(l.lines)]
			if l.markup != "" && j%2 == 0 {
				read, _ := prose.ReadHTML("<p>" + l.markup + "</p>")
				c.Body.Blocks = append(c.Body.Blocks, read.Blocks...)
			}
			c.Body.Blocks = append(c.Body.Blocks, para(strings.Repeat(line+" ", 1+j%3)))
			if j == 3 {
				c.Body.Blocks = append(c.Body.Blocks, prose.Block{Kind: prose.SceneBreak, Glyphs: "* * *"})
			}
		}
		b.Chapters = append(b.Chapters, c)
	}
	b.Planned = 0
	return b
}

// tongue is a language of the corpus, in words of ours.
type tongue struct {
	language, title, name string
	lines                 []string
	markup                string // a line of HTML
}

var tongues = []tongue{
	{"en", "The Lamp at the End of the Pier", "Mara Quill", []string{
		`"Don't go down there," she said -- but the lamp was lit, and it wasn't hers.`,
		"He counted the steps twice... Forty-one up, forty-two down; nobody could tell him why."}, ""},
	{"de", "Die Lampe am Ende des Stegs", "Jörg Öhler", []string{
		`„Geh da nicht hinunter“, sagte sie – aber die Lampe brannte, und es war nicht ihre.`,
		"Er zählte die Stufen zweimal. Einundvierzig hinauf, zweiundvierzig hinunter, z. B. bei Flut."}, ""},
	{"fr", "La lampe au bout de la jetée", "Élodie Çan", []string{
		"« N'y va pas ! » dit-elle ; mais la lampe brûlait. À qui était-elle ?",
		"Il compta les marches deux fois : quarante et une pour monter, quarante-deux pour descendre."}, ""},
	{"pl", "Lampa na końcu mola", "Żaneta Łoś", []string{
		"„Nie schodź tam” – powiedziała, ale lampa już się paliła.", "Policzył stopnie dwa razy i za każdym razem wyszło inaczej."}, ""},
	{"vi", "Ngọn đèn cuối bến", "Nguyễn Ánh", []string{
		"Chị bảo đừng xuống đó, nhưng ngọn đèn đã thắp lên rồi.", "Anh đếm bậc thang hai lần, và mỗi lần một con số khác."}, ""},
	{"ru", "Лампа на краю причала", "Мара Квилл", []string{
		"— Не ходи туда, — сказала она, но лампа уже горела, и зажгла её не она.", "Он дважды пересчитал ступени: сорок одна вверх, сорок две вниз."}, ""},
	{"el", "Το φανάρι στην άκρη του μόλου", "Μάρα Κουίλ", []string{
		"«Μην πας εκεί κάτω», είπε, μα το φανάρι ήταν ήδη αναμμένο.", "Μέτρησε τα σκαλιά δύο φορές· σαράντα ένα πάνω, σαράντα δύο κάτω."}, ""},
	{"ar", "المصباح في آخر الرصيف", "مارا كويل", []string{
		"قالت: «لا تنزل إلى هناك»، لكن المصباح كان مضاءً، ولم يكن مصباحها.", "عدّ الدرجات مرتين: إحدى وأربعون صعودًا، واثنتان وأربعون (42) نزولًا."}, ""},
	{"he", "המנורה בקצה המזח", "מרה קוויל", []string{
		"״אל תרד לשם״, אמרה, אבל המנורה כבר דלקה, והיא לא הדליקה אותה.", "הוא ספר את המדרגות פעמיים: ארבעים ואחת למעלה, 42 למטה."}, ""},
	{"ja", "桟橋の果ての灯", "真良クイル", []string{
		"「そこへ下りてはいけない」と彼女は言った。けれど灯はもうともっていて、彼女のものではなかった。", "彼は段を二度かぞえた。上りは四十一、下りは四十二。なぜかは誰も知らない。"},
		`<ruby>灯台<rp>(</rp><rt>とうだい</rt><rp>)</rp></ruby>の<ruby>番人<rp>(</rp><rt>ばんにん</rt><rp>)</rp></ruby>は、<em>静か</em>に<ruby>海<rp>(</rp><rt>うみ</rt><rp>)</rp></ruby>を見ていた。`},
	{"zh-Hans", "栈桥尽头的灯", "奎尔", []string{
		"“别下去。”她说。可是灯已经亮了，那不是她的灯。", "他把台阶数了两遍：上去四十一级，下来四十二级。没有人知道为什么。"}, ""},
	{"ko", "부두 끝의 등불", "마라 퀼", []string{
		"“그리로 내려가지 마.” 그녀가 말했지만 등불은 이미 켜져 있었고, 그녀의 것이 아니었다.", "그는 계단을 두 번 세었다. 올라갈 때는 마흔하나, 내려갈 때는 마흔둘이었다."}, ""},
	{"th", "ตะเกียงที่ปลายท่าเรือ", "มารา ควิลล์", []string{
		"เธอบอกว่าอย่าลงไปที่นั่น แต่ตะเกียงสว่างอยู่แล้ว และไม่ใช่ตะเกียงของเธอ", "เขานับขั้นบันไดสองครั้ง ขาขึ้นสี่สิบเอ็ดขั้น ขาลงสี่สิบสองขั้น ไม่มีใครบอกได้ว่าทำไม"}, ""},
	{"hi", "घाट के छोर का दीया", "मारा क्विल", []string{
		"“वहाँ मत उतरो,” उसने कहा, पर दीया पहले से जल रहा था, और वह उसका नहीं था।", "उसने सीढ़ियाँ दो बार गिनीं: चढ़ते हुए इकतालीस, उतरते हुए बयालीस।"}, ""},
}

// labelOf is what a reader's shelf should call the specimen.
func (s specimen) labelOf() (title string, creators []string) {
	b, err := s.book.prepared()
	if err != nil {
		b = s.book
	}
	title = titleOf(b)
	if part := partOf(b); part != "" {
		title += ", " + part
	}
	return title, cleanLines(b.Creators)
}

// firstSeries is the series calibre shows.
func (s specimen) firstSeries() (string, float64) {
	for _, g := range groupsOf(s.book) {
		if g.Kind == "series" {
			for _, one := range s.book.Series {
				if oneLine(one.Name) == string(g.Name) {
					return string(g.Name), float64(cmp.Or(one.Place, 1))
				}
			}
		}
	}
	return "", 0
}
