package manuscript

import (
	"strconv"
	"strings"
	"unicode"
)

// lastNumber stands for "the last" and "final", whatever came before.
const lastNumber = 1 << 20

var numberWords = withForeignNumbers(map[string]int{
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
	"eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60,
	"seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100, "zero": 0,
	"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
	"tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
	"seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20,
	"last": lastNumber, "final": lastNumber,
})

// foreignNumbers are numbers from one on in other languages, words of one
// number joined by a stroke; "-" stands for none.
var foreignNumbers = []string{
	"eins|ein|eine|erste|erster|erstes zwei|zweite|zweiter|zweites drei|dritte|dritter|drittes vier|vierte|vierter|viertes fünf|fünfte|fünfter|fünftes sechs|sechste|sechster|sechstes " +
		"sieben|siebte|siebter|siebtes acht|achte|achter|achtes neun|neunte|neunter|neuntes zehn|zehnte|zehnter|zehntes elf|elftes zwölf|zwölftes dreizehn|dreizehntes vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn zwanzig " +
		"einundzwanzig zweiundzwanzig dreiundzwanzig vierundzwanzig fünfundzwanzig sechsundzwanzig siebenundzwanzig achtundzwanzig neunundzwanzig dreißig",
	"un|une|premier|première deux|deuxième|second|seconde trois|troisième quatre|quatrième cinq|cinquième six|sixième sept|septième huit|huitième neuf|neuvième dix|dixième onze|onzième douze|douzième treize quatorze quinze seize dix-sept dix-huit dix-neuf vingt|vingtième",
	"uno|una|primero|primera|primer dos|segundo|segunda tres|tercero|tercera|tercer cuatro|cuarto|cuarta cinco|quinto|quinta seis|sexto|sexta siete|séptimo|séptima ocho|octavo|octava nueve|noveno|novena diez|décimo|décima once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte " +
		"veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve treinta",
	"um|uma|primeiro|primeira dois|duas três|terceiro|terceira quatro|quarto|quarta - - sete|sétimo|sétima oito|oitavo|oitava nove|nono|nona dez onze doze treze catorze quinze dezesseis|dezasseis dezessete dezoito dezenove vinte",
	"primo|prima due|secondo|seconda tre|terzo|terza quattro cinque sei|sesto|sesta sette|settimo|settima otto|ottavo|ottava - dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove venti",
	"один|первая|первый|первое два|вторая|второй|второе три|третья|третий|третье четыре|четвёртая|четвертая|четвёртый пять|пятая|пятый шесть|шестая|шестой семь|седьмая|седьмой восемь|восьмая|восьмой девять|девятая|девятый " +
		"десять|десятая|десятый одиннадцать|одиннадцатая двенадцать|двенадцатая тринадцать|тринадцатая четырнадцать|четырнадцатая пятнадцать|пятнадцатая шестнадцать|шестнадцатая семнадцать|семнадцатая восемнадцать|восемнадцатая девятнадцать|девятнадцатая двадцать|двадцатая",
}

func withForeignNumbers(words map[string]int) map[string]int {
	for _, language := range foreignNumbers {
		for i, all := range strings.Fields(language) {
			for word := range strings.SplitSeq(all, "|") {
				if _, known := words[word]; !known && word != "-" {
					words[word] = i + 1
				}
			}
		}
	}
	for word := range strings.FieldsSeq("letzte letztes letzter dernier dernière último última ultimo ultima последняя") {
		words[word] = lastNumber
	}
	return words
}

// numberAt reads the number a text begins with: figures, a Roman number in
// capitals, or words ("Twenty-One", "the last"). n is how many bytes it took.
func numberAt(text string) (value, n int, ok bool) {
	word := leadingWord(text)
	if word == "" {
		return 0, 0, false
	}
	if v, err := strconv.Atoi(word); err == nil {
		return v, len(word), len(word) <= 5
	}
	if v, ok := roman(word); ok {
		return v, len(word), true
	}
	return wordNumber(text, word)
}

func wordNumber(text, word string) (value, n int, ok bool) {
	if v, n, ok := hyphened(text, word); ok {
		return v, n, true
	}
	value, ok = numberWords[strings.ToLower(word)]
	if !ok {
		return 0, 0, false
	}
	n = len(word)
	if value < 20 || value > 90 || n >= len(text) || text[n] != '-' && text[n] != ' ' {
		return value, n, true
	}
	unit := leadingWord(text[n+1:])
	if v, ok := numberWords[strings.ToLower(unit)]; ok && v > 0 && v < 10 {
		return value + v, n + 1 + len(unit), true
	}
	return value, n, true
}

// hyphened reads a number that is written with a hyphen: "dix-sept".
func hyphened(text, word string) (value, n int, ok bool) {
	if len(word) == len(text) || text[len(word)] != '-' {
		return 0, 0, false
	}
	whole := word + "-" + leadingWord(text[len(word)+1:])
	value, ok = numberWords[strings.ToLower(whole)]
	return value, len(whole), ok
}

func leadingWord(text string) string {
	for i, r := range text {
		if !unicode.IsLetter(r) && (r < '0' || r > '9') {
			return text[:i]
		}
	}
	return text
}

// roman reads a Roman number written in one case throughout.
func roman(word string) (int, bool) {
	if word != strings.ToUpper(word) && word != strings.ToLower(word) {
		return 0, false
	}
	digits := map[byte]int{'I': 1, 'V': 5, 'X': 10, 'L': 50, 'C': 100}
	up := strings.ToUpper(word)
	value := 0
	for i := 0; i < len(up); i++ {
		d, ok := digits[up[i]]
		if !ok {
			return 0, false
		}
		if i+1 < len(up) && d < digits[up[i+1]] {
			value -= d
		} else {
			value += d
		}
	}
	return value, len(up) > 0 && romanOf(value) == up
}

func romanOf(n int) string {
	var s strings.Builder
	for _, step := range []struct {
		value int
		sign  string
	}{{100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for n >= step.value {
			s.WriteString(step.sign)
			n -= step.value
		}
	}
	return s.String()
}
