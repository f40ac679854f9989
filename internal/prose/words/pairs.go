package words

// joint stands between the two words of a pair: a letter of nobody's, as Between
// is.
const joint = "\ue001"

// Pair is two words that follow each other, as one.
func Pair(first, second string) string { return first + joint + second }

// Paired adds to the words of a passage the pairs that frequent words make where
// they follow each other: a phrase of such words is looked up by its pairs, which
// are rarer by far. The pairs of a run follow each other as its words do, and
// runs are parted, so that pairs that follow each other are a phrase.
func Paired(passage []string, isFrequent func(word string) bool) []string {
	var pairs []string
	before := ""
	for _, word := range passage {
		frequent := isFrequent(word)
		switch {
		case frequent && before != "":
			pairs = append(pairs, Pair(before, word))
		case !frequent && len(pairs) > 0 && pairs[len(pairs)-1] != Between:
			pairs = append(pairs, Between)
		}
		if before = word; !frequent {
			before = ""
		}
	}
	if len(pairs) == 0 {
		return passage
	}
	return append(append(passage[:len(passage):len(passage)], Between), pairs...)
}

// Pairs are the pairs by which a phrase is found that is of frequent words alone;
// none of any other.
func (p Phrase) Pairs(isFrequent func(word string) bool) []string {
	if len(p.Words) < 2 || p.Begins {
		return nil
	}
	var pairs []string
	for i, word := range p.Words {
		if !isFrequent(word) {
			return nil
		}
		if i > 0 {
			pairs = append(pairs, Pair(p.Words[i-1], word))
		}
	}
	return pairs
}
