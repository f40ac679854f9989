package manuscript

import (
	"runtime/debug"
	"strings"
	"sync"
)

// What one text may be made of, whatever file it comes in, so that no file
// takes more than 256 MB or a second to read (docs/decisions/0206, 0231). A
// novel of a million words has 6 MB in 40,000 paragraphs.
const (
	mostText  = 16 << 20 // bytes of UTF-8; of a page, without the pictures written into it
	mostRaw   = 600_000  // tags of a page as it comes
	mostTags  = 200_000  // and as it is once only elements say how letters look
	mostLines = 400_000
	mostParas = 80_000
	mostSigns = 200_000 // signs that may mark something in typed text
)

var errTooLong = &Error{"manuscript.too_long",
	"The file is longer than what is read in one piece, 16 MB of text in 80,000 paragraphs; bring the story in smaller pieces."}

// typedSigns counts the signs that may mark something: of plain text rows of
// them, of Markdown every one, and the items of lists for several.
func typedSigns(text, kind string) (count int) {
	markdown := kind == "md"
	signs := "*_/~"
	if markdown {
		signs = markdownSign
	}
	var is [256]bool
	for i := range len(signs) {
		is[signs[i]] = true
	}
	before := byte(0)
	for i := 0; i < len(text); i++ {
		if c := text[i]; is[c] && (markdown || c != before) {
			count++
		}
		before = text[i]
	}
	if !markdown {
		return count
	}
	for line := range strings.Lines(text) {
		item := strings.TrimLeft(line, " \t>")
		if item != "" && item[0] <= '9' && listItem.MatchString(item) {
			count += 4
		}
	}
	return count
}

// withinPage refuses a page that is longer, or of more tags, than is read.
func withinPage(page string, tags int) error {
	if len(page) > mostText || strings.Count(page, "<") > tags {
		return errTooLong
	}
	return nil
}

// sparingFrom is how large a file is that is read sparingly: of one that is
// packed a little may unpack to a hundred times as much.
const (
	sparingFrom   = 4 << 20
	sparingPacked = 64 << 10
	sparingly     = 75 // percent of growth at which the collector comes
)

// sparing has the garbage collector come early while a large file is read,
// which takes a little longer and two thirds of the memory. It gives what ends
// it.
func sparing(data []byte) (end func()) {
	packed := len(data) > 2 && data[0] == 'P' && data[1] == 'K'
	if len(data) < sparingFrom && !(packed && len(data) >= sparingPacked) {
		return func() {}
	}
	frugal.begin()
	return frugal.end
}

// frugal counts those who read sparingly: the first changes how the collector
// works, the last changes it back.
var frugal thrift

type thrift struct {
	mutex   sync.Mutex
	readers int
	before  int
}

func (t *thrift) begin() {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	if t.readers++; t.readers == 1 {
		t.before = debug.SetGCPercent(sparingly)
	}
}

func (t *thrift) end() {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	if t.readers--; t.readers == 0 {
		debug.SetGCPercent(t.before)
	}
}
