package manuscript

import (
	"strings"
)

// headUnits are the words chapters are counted by and their rank: volume 0,
// book 1, part 2, chapter 3.
var headUnits = unitsOf(map[int]string{
	0: "volume vol band tome tomo том",
	1: "book buch livre libro livro книга",
	2: "part act teil akt partie acte parte acto ato atto часть deel",
	3: "chapter chap ch episode ep kapitel folge chapitre épisode capítulo capitulo episodio episódio capitolo hoofdstuk rozdział глава эпизод серия",
})

func unitsOf(ranks map[int]string) map[string]int {
	units := map[string]int{}
	for rank, words := range ranks {
		for word := range strings.FieldsSeq(words) {
			units[word] = rank
		}
	}
	return units
}

const headNameWords = "prologue prolog epilogue epilog interlude preface foreword afterword introduction intermission prelude coda " +
	"zwischenspiel vorspiel nachspiel épilogue intermède préface prólogo epílogo interludio interlúdio prefacio prologo epilogo пролог эпилог интерлюдия"

// headNames are the names of chapters that have no number.
var headNames = func() map[string]bool {
	names := map[string]bool{}
	for name := range strings.FieldsSeq(headNameWords) {
		names[name] = true
	}
	return names
}()

var headName = guard(`(?i)^(` + strings.ReplaceAll(headNameWords, " ", "|") + `)( \d+| [ivx]+)?(?:\s*[:.–—-]+\s*(\S.*))?$`)

var (
	eastNumber = `([0-9０-９一二三四五六七八九十百千零〇两壱弐参]{1,8})`
	eastCount  = guard(`^第\s*` + eastNumber + `\s*([章回话話节節幕篇部卷集巻夜])[\s　:：、.-]*(.{0,40})$`)
	eastVolume = guard(`^卷\s*` + eastNumber + `[\s　:：、.-]*(.{0,40})$`)
	koreanHead = guard(`^제?\s?(\d{1,4})\s?([장화부편])[\s:.-]*(.{0,40})$`)
	eastName   = guard(`^(?:序章?|楔子|引子|尾声|尾聲|终章|終章|番外[0-9一二三四五六七八九十]{0,2}|プロローグ|エピローグ|幕間|프롤로그|에필로그)(?:[\s　:：]+(.{0,40}))?$`)
)

// eastHead reads the chapter heads of Chinese, Japanese and Korean.
func eastHead(body string) (head, bool) {
	if body[0] < 0xe3 && (body[0] < '0' || body[0] > '9') {
		return head{}, false
	}
	if m := eastName.FindStringSubmatch(body); m != nil {
		return head{unit: namedUnit, title: body, typed: body}, true
	}
	if m := eastCount.FindStringSubmatch(body); m != nil && !endsSentence(m[3]) {
		unit := 3
		switch m[2] {
		case "卷", "巻", "集":
			unit = 0
		case "部":
			unit = 2
		}
		return head{unit: unit, number: hanNumber(m[1]), title: strings.Trim(m[3], "「」《》“” 　"), typed: strings.TrimSpace(strings.TrimSuffix(body, m[3]))}, true
	}
	if m := eastVolume.FindStringSubmatch(body); m != nil && !endsSentence(m[2]) {
		return head{unit: 0, number: hanNumber(m[1]), title: strings.TrimSpace(m[2]), typed: strings.TrimSpace(strings.TrimSuffix(body, m[2]))}, true
	}
	if m := koreanHead.FindStringSubmatch(body); m != nil && !endsSentence(m[3]) {
		value, _, _ := numberAt(m[1])
		return head{unit: 3, number: value, title: strings.TrimSpace(m[3]), typed: body}, true
	}
	return head{}, false
}

// hanNumber reads a number in Chinese figures, or in wide or common ones.
func hanNumber(text string) int {
	total, digit := 0, 0
	for _, r := range text {
		switch {
		case r >= '0' && r <= '9':
			digit = digit*10 + int(r-'0')
		case r >= '０' && r <= '９':
			digit = digit*10 + int(r-'０')
		case r == '十':
			total, digit = total+max(digit, 1)*10, 0
		case r == '百':
			total, digit = total+max(digit, 1)*100, 0
		case r == '千':
			total, digit = total+max(digit, 1)*1000, 0
		default:
			digit = digit*boolInt(r == '〇' || r == '零')*10 + hanDigits[r]
		}
	}
	return total + digit
}

var hanDigits = map[rune]int{'一': 1, '二': 2, '两': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9, '壱': 1, '弐': 2, '参': 3}
