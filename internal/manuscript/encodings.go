package manuscript

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// table is an old encoding and how its text is told from noise: by the letters
// that are common in what is written in it.
type table struct {
	name   string
	coding encoding.Encoding
	common string // the letters half of such a text is made of
	script func(r rune) bool
}

// wideTables have two bytes and more a character.
var wideTables = []table{
	{"shift_jis", japanese.ShiftJIS, commonKanji, isJapanese},
	{"euc-jp", japanese.EUCJP, commonKanji, isJapanese},
	{"gb18030", simplifiedchinese.GB18030, commonSimplified, isHan},
	{"big5", traditionalchinese.Big5, commonTraditional, isHan},
	{"euc-kr", korean.EUCKR, commonHangul, isHangul},
}

// scriptTables have one byte a letter, and letters that are not Latin.
var scriptTables = []table{
	{"windows-1251", charmap.Windows1251, "оеаинтсрвлкмдпуяыьгз", inScript(unicode.Cyrillic)},
	{"koi8-r", charmap.KOI8R, "оеаинтсрвлкмдпуяыьгз", inScript(unicode.Cyrillic)},
	{"iso-8859-5", charmap.ISO8859_5, "оеаинтсрвлкмдпуяыьгз", inScript(unicode.Cyrillic)},
	{"ibm866", charmap.CodePage866, "оеаинтсрвлкмдпуяыьгз", inScript(unicode.Cyrillic)},
	{"windows-1253", charmap.Windows1253, "αοιετσνηυρπκμλόίέςά", inScript(unicode.Greek)},
	{"iso-8859-7", charmap.ISO8859_7, "αοιετσνηυρπκμλόίέςά", inScript(unicode.Greek)},
	{"windows-1255", charmap.Windows1255, "יוהלאתרמבשנד", inScript(unicode.Hebrew)},
	{"iso-8859-8", charmap.ISO8859_8, "יוהלאתרמבשנד", inScript(unicode.Hebrew)},
	{"windows-1256", charmap.Windows1256, "اليمونترببعدهسفقكة", inScript(unicode.Arabic)},
	{"iso-8859-6", charmap.ISO8859_6, "اليمونترببعدهسفقكة", inScript(unicode.Arabic)},
}

// latinTables have one byte a letter and differ in the letters beyond English;
// common are words that need such a letter. The first wins when none is better.
var latinTables = []table{
	{name: "windows-1252", coding: charmap.Windows1252, common: westernWords},
	{name: "windows-1250", coding: charmap.Windows1250, common: centralWords},
	{name: "iso-8859-2", coding: charmap.ISO8859_2, common: centralWords},
	{name: "windows-1254", coding: charmap.Windows1254, common: turkishWords},
	{name: "macintosh", coding: charmap.Macintosh, common: westernWords},
	{name: "iso-8859-15", coding: charmap.ISO8859_15, common: westernWords},
}

const (
	commonKanji       = "日人一大国年本中出見言行来思私僕俺何彼女手目自分時間上下前後心気会話声今生子者事方知入立家小少先生々、。「」…！？ー"
	commonSimplified  = "的一是不了人我在有他这个上们来到时大地为子中你说生国年着就那和要她出也得里后自以会家可下而过天去能对小多然于心学么之都好看起发当没成只如事把还用第样道想作种开美总从无情己面最女但现前些所同日手又行意动方期它头经长儿回位分爱老因很给名法间斯知世什两次使身者被高已亲其进此话常与活正感，。“”！？、：…"
	commonTraditional = "的一是不了人我在有他這個上們來到時大地為子中你說生國年著就那和要她出也得裡後自以會家可下而過天去能對小多然於心學麼之都好看起發當沒成只如事把還用第樣道想作種開美總從無情己面最女但現前些所同日手又行意動方期它頭經長兒回位分愛老因很給名法間斯知世什兩次使身者被高已親其進此話常與活正感，。「」！？、：…"
	commonHangul      = "이다는을가에의고하를지은도로한기사그나어서아리있자시인니라게들만것해대일정수과보여주부면었았려말안없않내마음와으"
	westernWords      = " à était été même où ça très après là déjà être qué más él está sí también había después años señor mí tú não é você até já então também só são è perché più può così già però für über können schön würde hätte wäre daß weiß tür während zurück möchte große straße för är på så från også være å hän että sitä myös tämä vielä café naïve cliché fiancé déjà même mère père élève "
	centralWords      = " się że był była było są też więc już może jeszcze będzie głos ręce ręka twarz mógł chciał powiedział był je že byl když její něco není až při být řekl tě mě už byla tvář oči ještě svůj měl jsem hlavu za és hogy már még ő így több között volt mintha kér tudta és şi că să în mă și ţi ča što će já jsi mně ně za "
	turkishWords      = " için değil çok şey olduğunu bir kadın ağzını değildi kızı gün şimdi başka iş ağır doğru kapı ışık çünkü artık sonra yalnızca ama niçin öyle şu üç "
)

func isJapanese(r rune) bool {
	return r >= 0x3041 && r <= 0x30ff || isHan(r)
}

func isHan(r rune) bool    { return unicode.Is(unicode.Han, r) }
func isHangul(r rune) bool { return unicode.Is(unicode.Hangul, r) }

func inScript(script *unicode.RangeTable) func(rune) bool {
	return func(r rune) bool { return unicode.Is(script, r) }
}

// sampleBytes is how much of a file is weighed.
const sampleBytes = 64 << 10

// sampleOf is a stretch of the bytes that holds some above 127.
func sampleOf(data []byte) []byte {
	first := bytes.IndexFunc(data, func(r rune) bool { return r >= 0x80 })
	from := max(0, first-200)
	if i := bytes.IndexByte(data[from:], '\n'); i >= 0 && from > 0 && from+i < first {
		from += i + 1
	} else {
		from = 0
	}
	sample := data[from:min(len(data), from+sampleBytes)]
	if len(sample) == sampleBytes {
		if i := bytes.LastIndexByte(sample, '\n'); i > 0 {
			sample = sample[:i]
		}
	}
	return sample
}

func highBytes(data []byte) int {
	n := 0
	for _, b := range data {
		n += int(b >> 7)
	}
	return n
}

// byLetters finds the table whose common letters the bytes are made of: wide
// ones first, then those of other scripts, then the Latin ones.
func byLetters(data []byte) (table, bool) {
	sample := sampleOf(data)
	high := highBytes(sample)
	visible := len(sample) - bytes.Count(sample, []byte(" ")) - bytes.Count(sample, []byte("\n"))
	if high*100 > visible*18 {
		best, score := table{}, 0.0
		for _, t := range wideTables {
			if s := wideScore(sample, t); s > score {
				best, score = t, s
			}
		}
		for _, t := range scriptTables {
			if s := scriptScore(sample, t); s > score {
				best, score = t, s
			}
		}
		if score > 0.38 {
			return best, true
		}
	}
	best, score := latinTables[0], -1<<30
	for _, t := range latinTables {
		if s := latinScore(sample, t); s > score {
			best, score = t, s
		}
	}
	return best, high*4 <= visible || score > 0
}

func read(sample []byte, t table) string {
	text, err := t.coding.NewDecoder().Bytes(sample)
	if err != nil {
		return ""
	}
	return string(text)
}

// wideScore is how much of what is above 127 is common in the table's
// languages, 0 to 1; bytes that mean nothing in it count much against it.
func wideScore(sample []byte, t table) float64 {
	good, all := 0.0, 0
	for _, r := range read(sample, t) {
		if r < 0x80 {
			continue
		}
		all++
		switch {
		case r == utf8.RuneError:
			good -= 3
		case r >= 0xff61 && r <= 0xff9f, r >= 0xe000 && r <= 0xf8ff:
			good-- // half-wide kana and private signs: a sign of the wrong table
		case strings.ContainsRune(t.common, r):
			good++
		case r >= 0x3041 && r <= 0x30ff:
			good += map[bool]float64{true: 1, false: -0.2}[t.script('あ')]
		case t.script(r):
			good += 0.25
		case r >= 0x3000 && r <= 0x303f || r >= 0xff01 && r <= 0xff5e || r >= 0x2010 && r <= 0x2026:
			good += 0.5
		case unicode.IsLetter(r):
			good -= 0.5
		}
	}
	if all == 0 {
		return 0
	}
	return good / float64(all)
}

// scriptScore is the same for letters of one byte. Words are small letters
// after a first one: large ones inside count against the table.
func scriptScore(sample []byte, t table) float64 {
	good, all := 0.0, 0
	before := ' '
	for _, r := range read(sample, t) {
		if latin := r|0x20 >= 'a' && r|0x20 <= 'z'; latin && before >= 0x80 && unicode.IsLetter(before) {
			good -= 1.5 // one word in two scripts
		}
		if r >= 0x80 {
			all++
			if before|0x20 >= 'a' && before|0x20 <= 'z' && t.script(r) {
				good -= 1.5
			}
			low := unicode.ToLower(r)
			switch {
			case unicode.IsUpper(r) && unicode.IsLower(before):
				good -= 2
			case strings.ContainsRune(t.common, low):
				good += map[bool]float64{true: 1, false: 0.6}[low == r]
			case t.script(r):
				good += 0.3
			case strings.ContainsRune("«»—–“”„…’‘\u00a0№", r):
				good += 0.5
			case unicode.IsControl(r) || r == utf8.RuneError:
				good -= 3
			default:
				good--
			}
		}
		before = r
	}
	if all == 0 {
		return 0
	}
	return good / float64(all)
}

// latinScore is how well letters and marks sit among their neighbours, and how
// many words come out that need the letters of the table.
func latinScore(sample []byte, t table) int {
	text := read(sample, t)
	score := letterSense(text)
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if len(word) < 16 && len(word) > utf8.RuneCountInString(word) && strings.Contains(t.common, " "+strings.ToLower(word)+" ") {
			score += 4
		}
	}
	return score
}
