package manuscript

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"

	"ficus/internal/pattern"
)

// anyTag is a tag of HTML.
var anyTag = pattern.New(`<[^>]*>`)

// mailed is a mail that was opened: the lines of its head, and of its parts
// the one that holds the story.
type mailed struct {
	head    string
	body    []byte
	kind    string // "txt" or "html"
	flowed  bool
	letters int // how much of the text is letters, to choose between parts
	others  int // parts that are no text
}

const (
	mostParts  = 200
	partsDepth = 8
)

var (
	fieldName = pattern.New(`^([A-Za-z][A-Za-z0-9-]{1,40}):[ \t]?(.*)$`)
	mboxLine  = pattern.New(`^(?:>?From \S+ .*\d{4}\r?\n)`)
)

// openMail reads a mail as programs keep it: with a head that says how its body
// is packed. Any other text is none.
func openMail(data []byte) (mailed, bool) {
	data = data[len(mboxLine.Find(data)):]
	head, fields, body, ok := cutHead(data)
	packed := fields["content-type"] != "" || fields["content-transfer-encoding"] != ""
	if !ok || !packed || fields["from"] == "" && fields["mime-version"] == "" {
		return mailed{}, false
	}
	m, ok := openPart(fields, body, partsDepth)
	if !ok {
		return mailed{}, false
	}
	m.head, _ = tidy(repairUTF8([]byte(head)))
	return m, true
}

// cutHead takes the lines of a head off a mail or part. Words packed in them
// are unpacked.
func cutHead(data []byte) (head string, fields map[string]string, body []byte, ok bool) {
	fields = map[string]string{}
	var lines []string
	name := ""
	for len(data) > 0 && len(lines) < 300 {
		line, rest, _ := bytes.Cut(data, []byte("\n"))
		text := strings.TrimRight(string(line), "\r")
		m := fieldName.FindStringSubmatch(text)
		switch {
		case text == "":
			return strings.Join(lines, "\n"), fields, rest, len(fields) > 0
		case m != nil:
			name = strings.ToLower(m[1])
			if fields[name] == "" {
				fields[name] = m[2]
			}
		case name != "" && (text[0] == ' ' || text[0] == '\t'):
			fields[name] += " " + strings.TrimSpace(text)
		default:
			return "", nil, nil, false
		}
		lines, data = append(lines, unpackWords(text)), rest
	}
	return strings.Join(lines, "\n"), fields, nil, false
}

// unpackWords reads "=?utf-8?q?…?=".
func unpackWords(text string) string {
	if !strings.Contains(text, "=?") {
		return text
	}
	decoder := mime.WordDecoder{CharsetReader: func(charset string, input io.Reader) (io.Reader, error) {
		e, err := htmlindex.Get(charset)
		if err != nil {
			return nil, err
		}
		return e.NewDecoder().Reader(input), nil
	}}
	if out, err := decoder.DecodeHeader(text); err == nil {
		return out
	}
	return text
}

// openPart unpacks one part: of several inside it, the ones that are the text.
func openPart(fields map[string]string, body []byte, depth int) (mailed, bool) {
	kind, params, err := mime.ParseMediaType(fields["content-type"])
	if err != nil {
		kind, params = "text/plain", map[string]string{}
	}
	if strings.HasPrefix(kind, "multipart/") && depth > 0 {
		return openParts(kind, params["boundary"], body, depth)
	}
	if kind != "text/plain" && kind != "text/html" || strings.HasPrefix(strings.ToLower(fields["content-disposition"]), "attachment") && kind != "text/plain" {
		return mailed{others: 1}, false
	}
	body = unpack(strings.ToLower(strings.TrimSpace(fields["content-transfer-encoding"])), body)
	if charset := params["charset"]; charset != "" {
		body = inUTF8(charset, body)
	}
	m := mailed{body: body, kind: map[string]string{"text/plain": "txt", "text/html": "html"}[kind]}
	m.flowed = m.kind == "txt" && strings.EqualFold(params["format"], "flowed")
	text := string(body)
	if m.kind == "html" {
		text = anyTag.ReplaceAllString(styleElement.ReplaceAllString(text, ""), " ")
	}
	m.letters = len(letterText(text))
	return m, len(bytes.TrimSpace(body)) > 0
}

func unpack(how string, body []byte) []byte {
	switch how {
	case "quoted-printable":
		out, err := io.ReadAll(quotedprintable.NewReader(bytes.NewReader(body)))
		if err == nil || len(out) > len(body)/2 {
			return out
		}
	case "base64":
		packed := bytes.Map(func(r rune) rune {
			if r == '\n' || r == '\r' || r == ' ' || r == '\t' {
				return -1
			}
			return r
		}, body)
		if i := bytes.IndexByte(packed, '='); i >= 0 {
			packed = packed[:i]
		}
		out := make([]byte, base64.RawStdEncoding.DecodedLen(len(packed)))
		n, err := base64.RawStdEncoding.Decode(out, packed)
		if err == nil || n > 0 {
			return out[:n]
		}
	}
	return body
}

// inUTF8 reads a part in the encoding it names; one that names none we know is
// left for the evidence.
func inUTF8(charset string, body []byte) []byte {
	e, err := htmlindex.Get(charset)
	if err != nil {
		return body
	}
	if name, _ := htmlindex.Name(e); name == "utf-8" {
		return body
	}
	out, err := e.NewDecoder().Bytes(body)
	if err != nil || bytes.Count(out, []byte("\ufffd"))*50 > len(out) {
		return body
	}
	return out
}

// openParts chooses among parts: of alternatives the page, when it holds as
// much as the plain text, else all that is plain text, in order.
func openParts(kind, boundary string, body []byte, depth int) (mailed, bool) {
	if boundary == "" || len(boundary) > 200 {
		return mailed{}, false
	}
	var texts []mailed
	others := 0
	reader := multipart.NewReader(bytes.NewReader(body), boundary)
	for range mostParts {
		part, err := reader.NextRawPart()
		if err != nil {
			break
		}
		inside, err := io.ReadAll(part)
		if err != nil && len(inside) == 0 {
			break
		}
		fields := map[string]string{}
		for name := range part.Header {
			fields[strings.ToLower(name)] = part.Header.Get(name)
		}
		m, ok := openPart(fields, inside, depth-1)
		others += m.others
		if ok {
			texts = append(texts, m)
		}
	}
	best, ok := chooseParts(kind, texts)
	best.others = others
	return best, ok
}

func chooseParts(kind string, texts []mailed) (mailed, bool) {
	if len(texts) == 0 {
		return mailed{}, false
	}
	best := texts[0]
	for _, m := range texts[1:] {
		switch {
		case kind != "multipart/alternative" && m.kind == best.kind && m.kind == "txt":
			best.body = append(append(append([]byte(nil), best.body...), "\n\n"...), m.body...)
			best.letters += m.letters
		case m.kind == "html" && best.kind == "txt" && m.letters*10 >= best.letters*8,
			m.kind == "txt" && best.kind == "html" && m.letters*8 > best.letters*10,
			m.letters > 3*best.letters:
			best = m
		}
	}
	return best, true
}

// unflow joins the lines of a mail whose program broke them: those that end in
// a space go on (RFC 3676).
func unflow(text string) string {
	var out strings.Builder
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimSuffix(line, "\r")
		if strings.HasPrefix(line, " ") {
			line = line[1:]
		}
		out.WriteString(line)
		if !strings.HasSuffix(line, " ") || line == "-- " {
			out.WriteByte('\n')
		}
	}
	return out.String()
}

// unquotePrintable unpacks a text pasted from the inside of a mail: every "="
// in it is a sign's number or joins two lines.
func unquotePrintable(data []byte) ([]byte, int) {
	signs := bytes.Count(data, []byte("="))
	if signs < 3 {
		return data, 0
	}
	soft, hex := packingSigns(data)
	if soft+hex < signs || soft < 2 && hex < 8 || soft == 0 {
		return data, 0
	}
	return unpack("quoted-printable", data), signs
}

// packingSigns counts the "=" that join two lines of a mail, and those that are
// a sign's number.
func packingSigns(data []byte) (soft, hex int) {
	for line := range bytes.Lines(data) {
		if bytes.IndexByte(line, '=') < 0 {
			continue
		}
		line = bytes.TrimSuffix(line, []byte("\n"))
		body := bytes.TrimSuffix(line, []byte("\r"))
		if letters := utf8.RuneCount(body); letters > 60 && letters < 78 && body[len(body)-1] == '=' {
			soft++
		}
		for at := bytes.IndexByte(line, '='); at >= 0; at = bytes.IndexByte(line, '=') {
			if line = line[at+1:]; len(line) > 1 && isHex(line[0]) && isHex(line[1]) {
				hex++
				line = line[2:]
			}
		}
	}
	return soft, hex
}

func isHex(c byte) bool { return c >= '0' && c <= '9' || c >= 'A' && c <= 'F' }

// withHead puts the lines of a mail's head before the paragraphs of its page.
func withHead(head string, src source) source {
	if head == "" {
		return src
	}
	shift := len(head) + 2
	var paras []para
	for _, l := range splitLines(head) {
		paras = append(paras, para{start: l.start, end: l.end, text: l.text, raw: l.text, gap: l.gap, indent: l.indent})
	}
	for i, p := range src.paras {
		p.start, p.end = p.start+shift, p.end+shift
		p.gap = max(p.gap, boolInt(i == 0))
		paras = append(paras, p)
	}
	src.text, src.paras, src.mailed = head+"\n\n"+src.text, paras, true
	return src
}
