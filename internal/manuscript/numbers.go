package manuscript

import (
	"strconv"
	"strings"
)

// lastNumber stands for "the last" and "final", whatever came before.
const lastNumber = 1 << 20

var numberWords = map[string]int{
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
	"eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60,
	"seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100, "zero": 0,
	"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
	"tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
	"seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20,
	"last": lastNumber, "final": lastNumber,
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

func leadingWord(text string) string {
	i := 0
	for i < len(text) && (text[i] >= '0' && text[i] <= '9' || text[i]|0x20 >= 'a' && text[i]|0x20 <= 'z') {
		i++
	}
	return text[:i]
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
