package prose

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// Tokens are the tags and texts of a page, one after the other, as the
// Tokenizer of x/net/html tells them. Most of a page is plain tags, such as
// <p> or <p class="first">, and the text between them: these are read here, as
// stretches of the page, in a tenth of the time. Whatever is odd about a page
// the Tokenizer tells, up to where it may be plain again; a test holds the two
// together.
type Tokens struct {
	page  string
	from  int // where the token begins
	at    int // where the next does
	kind  html.TokenType
	name  string
	attrs []Attribute
	odd   *html.Tokenizer // tells what is odd, while something is
	odds  int             // how many were made
}

// Attribute is one of a tag: its name in small letters, its value without
// references. Both may be stretches of the page.
type Attribute struct{ Name, Value string }

const (
	mostOdds  = 32 // Tokenizers that are made for one page: the last tells the rest
	mostPlain = 12 // attributes of a plain tag
)

// TokensOf are those of a page.
func TokensOf(page string) *Tokens { return &Tokens{page: page} }

// Next goes to the next token and tells its kind.
func (t *Tokens) Next() html.TokenType {
	if t.odd != nil && t.odds < mostOdds && (t.kind == html.EndTagToken || t.kind == html.CommentToken) {
		t.odd = nil // the text behind these is never raw
	}
	t.from, t.name, t.attrs = t.at, "", t.attrs[:0]
	switch {
	case t.odd != nil:
		t.kind = t.nextOdd()
	case t.at == len(t.page):
		t.kind = html.ErrorToken
	case t.takeText():
		t.kind = html.TextToken
	case t.takeTag():
	default:
		t.name, t.attrs = "", t.attrs[:0]
		t.odd = html.NewTokenizer(strings.NewReader(t.page[t.at:]))
		t.odds++
		t.kind = t.nextOdd()
	}
	return t.kind
}

// nextOdd asks the Tokenizer.
func (t *Tokens) nextOdd() html.TokenType {
	kind := t.odd.Next()
	t.at += len(t.odd.Raw())
	switch kind {
	case html.StartTagToken, html.SelfClosingTagToken, html.EndTagToken:
		name, more := t.odd.TagName()
		t.name = string(name)
		for more {
			var key, value []byte
			key, value, more = t.odd.TagAttr()
			t.attrs = append(t.attrs, Attribute{string(key), string(value)})
		}
	}
	return kind
}

// At is where the token begins in the page.
func (t *Tokens) At() int { return t.from }

// Raw is the token as it stands in the page.
func (t *Tokens) Raw() string { return t.page[t.from:t.at] }

// Name is that of a tag, in small letters.
func (t *Tokens) Name() string { return t.name }

// Attrs are those of a tag, until the next token: of two of one name the first.
func (t *Tokens) Attrs() []Attribute { return t.attrs }

// Text is what a text or a comment says, its references as characters.
func (t *Tokens) Text() string {
	if t.odd != nil {
		return string(t.odd.Text())
	}
	text := t.Raw()
	if strings.IndexByte(text, '\r') >= 0 {
		text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	}
	return html.UnescapeString(text)
}

// takeText takes the text up to the next sign that a tag or comment may begin
// with, if there is any.
func (t *Tokens) takeText() bool {
	for t.at < len(t.page) {
		next := strings.IndexByte(t.page[t.at:], '<')
		if next < 0 {
			t.at = len(t.page)
			break
		}
		if t.at += next; beginsToken(t.page[t.at+1:]) {
			break
		}
		t.at++
	}
	return t.at > t.from
}

// beginsToken is true for what makes more of the sign before it than text.
func beginsToken(rest string) bool {
	return rest != "" && (isLetter(rest[0]) || rest[0] == '/' || rest[0] == '!' || rest[0] == '?')
}

// takeTag takes a tag, if it is a plain one.
func (t *Tokens) takeTag() bool {
	if rest, ends := strings.CutPrefix(t.page[t.at:], "</"); ends {
		t.kind = html.EndTagToken
		t.name, rest = cutName(rest)
		return t.name != "" && t.endTag(rest)
	}
	name, rest := cutName(t.page[t.at+1:])
	if name == "" || slices.Contains(rawElements, name) {
		return false
	}
	t.kind, t.name = html.StartTagToken, name
	if rest = t.takeAttributes(rest); rest != "" && rest[0] == '/' {
		t.kind, rest = html.SelfClosingTagToken, rest[1:]
	}
	return t.endTag(rest)
}

// endTag is true where the tag is over but for spaces.
func (t *Tokens) endTag(rest string) bool {
	if t.kind == html.EndTagToken {
		rest, _ = skipSpace(rest)
	}
	if rest == "" || rest[0] != '>' {
		return false
	}
	t.at = len(t.page) - len(rest) + 1
	return true
}

// rawElements are those whose text is not read as that of a page.
var rawElements = []string{"iframe", "noembed", "noframes", "noscript", "plaintext", "script", "style", "textarea", "title", "xmp"}

// cutName cuts a plain name off: letters, figures and hyphens. It is empty
// where there is none.
func cutName(text string) (name, rest string) {
	end, large := 0, false
	for end < len(text) && (isLetter(text[end]) || end > 0 && (text[end] >= '0' && text[end] <= '9' || text[end] == '-' || text[end] == ':')) {
		large = large || text[end] < 'a' && text[end] >= 'A'
		end++
	}
	if name = text[:end]; large {
		name = strings.ToLower(name)
	}
	return name, text[end:]
}

func skipSpace(text string) (rest string, spaced bool) {
	end := 0
	for end < len(text) && (text[end] == ' ' || text[end] == '\n' || text[end] == '\t') {
		end++
	}
	return text[end:], end > 0
}

// takeAttributes takes plain attributes with spaces before and between them.
// There is no rest where one is odd.
func (t *Tokens) takeAttributes(text string) (rest string) {
	rest, spaced := skipSpace(text)
	for spaced && rest != "" && isLetter(rest[0]) {
		rest, spaced = t.takeAttribute(rest)
	}
	return rest
}

// takeAttribute takes a plain attribute and the space behind it. There is no
// rest where it is odd.
func (t *Tokens) takeAttribute(text string) (rest string, spaced bool) {
	name, text := cutName(text)
	value, text, ok := cutValue(text)
	if !ok || len(t.attrs) == mostPlain || slices.ContainsFunc(t.attrs, func(a Attribute) bool { return a.Name == name }) {
		return "", false
	}
	t.attrs = append(t.attrs, Attribute{name, value})
	return skipSpace(text)
}

// cutValue cuts a plain value off, with the sign before it: one in quotation
// marks, or a word.
func cutValue(text string) (value, rest string, ok bool) {
	if len(text) < 2 || text[0] != '=' {
		return "", "", false
	}
	quote, text := text[1], text[1:]
	end, ends := 0, "> \n\t"
	if quote == '"' || quote == '\'' {
		text, ends = text[1:], `"'`
	}
	for end < len(text) && !oddInValue[text[end]] && strings.IndexByte(ends, text[end]) < 0 {
		end++
	}
	switch {
	case end == len(text) || oddInValue[text[end]]:
		return "", "", false
	case ends != `"'`:
		return text[:end], text[end:], end > 0 && !strings.ContainsAny(text[:end], "\"'/<=")
	}
	return text[:end], text[end+1:], text[end] == quote
}

// oddInValue are the signs by which a value may be another than it stands.
var oddInValue = [256]bool{0: true, '\r': true, '\f': true, '&': true}
