package manuscript

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

const oldStory = "“You’re late,” said Éloïse — and the café… it wasn’t Zoë’s. Señor Núñez naïvely drank the crème brûlée.\n\nÀ bientôt, she thought."

func TestEncodingsAreToldByEvidence(t *testing.T) {
	win, err := charmap.Windows1252.NewEncoder().String(oldStory)
	if err != nil {
		t.Fatal(err)
	}
	mac, err := charmap.Macintosh.NewEncoder().String(oldStory)
	if err != nil {
		t.Fatal(err)
	}
	cases := map[string]struct{ data, encoding string }{
		"utf-8":              {oldStory, "utf-8"},
		"utf-8 with mark":    {"\ufeff" + oldStory, "utf-8"},
		"utf-16le with mark": {"\xff\xfe" + utf16Bytes(oldStory, false), "utf-16le"},
		"utf-16be with mark": {"\xfe\xff" + utf16Bytes(oldStory, true), "utf-16be"},
		"utf-16le":           {utf16Bytes(oldStory, false), "utf-16le"},
		"utf-16be":           {utf16Bytes(oldStory, true), "utf-16be"},
		"windows-1252":       {win, "windows-1252"},
		"macintosh":          {mac, "macintosh"},
		"a stray old byte":   {strings.Repeat(oldStory+" ", 3) + "caf\xe9", "utf-8"},
	}
	for name, c := range cases {
		d, err := decode([]byte(c.data))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if d.encoding != c.encoding || !strings.HasPrefix(d.text, oldStory) {
			t.Errorf("%s: read as %s: %q", name, d.encoding, d.text)
		}
	}
}

// storiesInTongues are a few sentences in each script, as long as the shortest
// story that is told by its letters.
var storiesInTongues = map[string]struct {
	text   string
	tables []string
}{
	"Japanese":            {"雨の音がしていた。彼女は窓の前に立って、何も言わなかった。\n\n「もう行くの？」と僕は聞いた。\n\n「うん」と彼女は答えた。", []string{"shift_jis", "euc-jp"}},
	"Chinese":             {"雨下了一整天。她站在窗前，什么也没有说。\n\n“你要走了吗？”我问。\n\n“是的。”她说，“我还会回来。”", []string{"gb18030"}},
	"traditional Chinese": {"雨下了一整天。她站在窗前，什麼也沒有說。\n\n「你要走了嗎？」我問。\n\n「是的。」她說，「我還會回來。」", []string{"big5"}},
	"Korean":              {"하루 종일 비가 내렸다. 그녀는 창가에 서서 아무 말도 하지 않았다.\n\n\"벌써 가는 거야?\" 나는 물었다.", []string{"euc-kr"}},
	"Russian":             {"Весь день шёл дождь. Она стояла у окна и ничего не говорила.\n\n- Ты уже уходишь? - спросил я.\n\nОна не ответила.", []string{"windows-1251", "koi8-r", "iso-8859-5", "ibm866"}},
	"Greek":               {"Έβρεχε όλη μέρα. Εκείνη στεκόταν στο παράθυρο και δεν έλεγε τίποτα.\n\nΦεύγεις κιόλας; ρώτησα.", []string{"windows-1253"}},
	"Hebrew":              {"כל היום ירד גשם. היא עמדה ליד החלון ולא אמרה דבר.\n\nאת כבר הולכת? שאלתי.", []string{"windows-1255"}},
	"Arabic":              {"كان المطر ينزل طول اليوم. وقفت عند النافذة ولم تقل شيئا.\n\nهل ستذهبين الآن؟ سألتها.", []string{"windows-1256"}},
	"Polish":              {"Przez cały dzień padało. Stała przy oknie i nic nie mówiła. Było już późno, więc się bała.\n\nMoże to był sen?", []string{"windows-1250", "iso-8859-2"}},
	"Czech":               {"Celý den pršelo. Stála u okna a nic neříkala. Když řekl její jméno, něco se změnilo.", []string{"windows-1250", "iso-8859-2"}},
	"Turkish":             {"Bütün gün yağmur yağdı. Pencerenin önünde duruyordu, hiçbir şey söylemedi. Bu onun için değildi, çok geçti. Artık kapı açıktı.", []string{"windows-1254"}},
	"French":              {"Il avait plu toute la journée. Elle était à la fenêtre et ne disait rien, même après.\n\nDéjà ? demanda-t-il. Où ça ?", []string{"windows-1252", "macintosh"}},
	"German":              {"Es hatte den ganzen Tag geregnet. Sie stand am Fenster und sagte nichts, während er für sie die Tür öffnete. Später würde er darüber lachen.", []string{"windows-1252", "macintosh"}},
	"Spanish":             {"Llovió todo el día. Ella estaba junto a la ventana y no decía nada. ¿Qué más había? Él también calló después.", []string{"windows-1252", "macintosh"}},
}

func TestOldTablesAreToldByTheirLetters(t *testing.T) {
	tables := map[string]table{}
	for _, all := range [][]table{wideTables, scriptTables, latinTables} {
		for _, one := range all {
			tables[one.name] = one
		}
	}
	for tongue, story := range storiesInTongues {
		for _, name := range story.tables {
			data, err := tables[name].coding.NewEncoder().String(story.text)
			if err != nil {
				t.Fatalf("%s in %s: %v", tongue, name, err)
			}
			d, err := decode([]byte(data))
			if err != nil || d.text != story.text {
				t.Errorf("%s in %s is read as %s, %v: %q", tongue, name, d.encoding, err, d.text)
			}
		}
	}
}

func TestTextThatWasMisreadIsMendedWhenCertain(t *testing.T) {
	misread := func(s string) string {
		var out strings.Builder
		for _, b := range []byte(s) {
			r := charmap.Windows1252.DecodeByte(b)
			if r == '\ufffd' {
				r = rune(b) // as browsers read the bytes the table leaves empty
			}
			out.WriteRune(r)
		}
		return out.String()
	}
	for times, text := range []string{oldStory, misread(oldStory), misread(misread(oldStory))} {
		d, err := decode([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		same(t, "text", oldStory, d.text)
		if told := len(d.dropped) > 0; told != (times > 0) {
			t.Errorf("misread %d times, told: %v", times, d.dropped)
		}
	}
	for _, text := range []string{"He typed Ã© and looked at it.", "Ça va ? Là-bas, château, âge, Ângela.", "Â« Ã© Â»: il a écrit ça, là, à côté, été."} {
		if d, _ := decode([]byte(text)); d.text != text {
			t.Errorf("%q became %q", text, d.text)
		}
	}
}

func utf16Bytes(text string, big bool) string {
	var s strings.Builder
	for _, u := range utf16.Encode([]rune(text)) {
		a, b := byte(u), byte(u>>8)
		if big {
			a, b = b, a
		}
		s.WriteByte(a)
		s.WriteByte(b)
	}
	return s.String()
}

func TestADeclaredEncodingIsBelieved(t *testing.T) {
	page := "<html><head><meta charset=windows-1251></head><body><p>\xcc\xee\xf0\xe5</p><p>.</p></body></html>"
	r, err := Read([]byte(page), Options{Kind: "html"})
	if err != nil {
		t.Fatal(err)
	}
	same(t, "encoding", "windows-1251", r.Source.Encoding)
	contains(t, "text", r.SourceText, texts{"Море"})
}

func TestLineEndsBecomeLF(t *testing.T) {
	d, err := decode([]byte("a\r\nb\rc\n\u00adsoft\ufeff"))
	if err != nil {
		t.Fatal(err)
	}
	same(t, "text", "a\nb\nc\nsoft", d.text)
}

func TestBadFilesAreRefusedInOneSentence(t *testing.T) {
	cases := map[string]struct{ data, rule string }{
		"nothing":          {"", "manuscript.empty"},
		"blank lines":      {strings.Repeat("\n", 100_000), "manuscript.empty"},
		"only a mark":      {"\ufeff\n", "manuscript.empty"},
		"60 MB":            {strings.Repeat("a story. ", 7_000_000), "manuscript.too_large"},
		"zeros":            {"a story with a \x00 in it and more", "manuscript.binary"},
		"noise":            {strings.Repeat("\x01\x02\x03abc", 100), "manuscript.binary"},
		"a Word file":      {"PK\x03\x04" + strings.Repeat("x", 90), "manuscript.kind"},
		"an RTF cut off":   {`{\rtf1 Hello`, "manuscript.broken"},
		"an unknown table": {strings.Repeat("\x81\x8d\x8f\x90\x9d\xd8\xf7\xaf\xac\xa6\xb9\xd7", 50), "manuscript.encoding"},
		"utf-32":           {"\xff\xfe\x00\x00a\x00\x00\x00", "manuscript.encoding"},
	}
	for name, c := range cases {
		_, err := Read([]byte(c.data), Options{})
		var refused *Error
		if !errors.As(err, &refused) {
			t.Errorf("%s: error is %v", name, err)
			continue
		}
		if refused.Rule != c.rule {
			t.Errorf("%s: refused by %s, want %s", name, refused.Rule, c.rule)
		}
		if s := refused.Error(); !strings.HasSuffix(s, ".") || strings.Count(s, ". ") > 0 || strings.Contains(s, "\n") {
			t.Errorf("%s: %q is not one sentence", name, s)
		}
	}
}

func TestAnEmptyPageIsRefused(t *testing.T) {
	_, err := Read([]byte("<html><body><script>alert(1)</script><p></p></body></html>"), Options{})
	if !errors.Is(err, errEmpty) {
		t.Errorf("error is %v", err)
	}
}

// TestWhatIsPlainlyNormalIsNormal looks at every character beside a letter.
func TestWhatIsPlainlyNormalIsNormal(t *testing.T) {
	for r := rune(0); r <= 0x10ffff; r++ {
		for _, text := range []string{string(r), "a" + string(r), string(r) + "a", string(r) + string(r)} {
			if utf8.ValidRune(r) && plainlyNormal(text) && !norm.NFC.IsNormalString(text) {
				t.Errorf("%U in %q is not normal", r, text)
			}
		}
	}
}
