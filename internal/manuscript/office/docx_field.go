package office

import "strings"

// field is one that is open: a page number, a link, a table of contents.
type field struct {
	instruction string
	result      bool // what follows is what it shows
	drop        bool // and that is no story
	link        string
}

// visible is true where characters are story: in no field's instruction and
// in no result that is left out.
func (d *docx) visible() bool {
	for i := range d.fields {
		if !d.fields[i].result || d.fields[i].drop {
			return false
		}
	}
	return true
}

// inDropped is true inside the result of a field that is left out.
func (d *docx) inDropped() bool {
	for i := range d.fields {
		if d.fields[i].drop {
			return true
		}
	}
	return false
}

// address is that of the innermost link.
func (d *docx) address() string {
	for i := len(d.fields) - 1; i >= 0; i-- {
		if d.fields[i].link != "" {
			return d.fields[i].link
		}
	}
	return d.link
}

// mostFields bounds how many fields may be open.
const mostFields = 100

func (d *docx) fieldChar() {
	switch d.s.val("fldCharType") {
	case "begin":
		if len(d.fields) < mostFields {
			d.fields = append(d.fields, field{})
		}
	case "separate":
		if n := len(d.fields); n > 0 {
			d.fields[n-1].settle(d.told)
		}
	case "end":
		if n := len(d.fields); n > 0 {
			d.fields = d.fields[:n-1]
		}
	}
}

func (d *docx) instruction(text string) {
	if n := len(d.fields); n > 0 && len(d.fields[n-1].instruction)+len(text) < 4000 {
		d.fields[n-1].instruction += text
	}
}

// settle decides what is done with what a field shows.
func (f *field) settle(told told) {
	if f.result {
		return
	}
	f.result = true
	name, argument := instructionOf(f.instruction)
	switch {
	case name == "TOC":
		f.drop = true
		told["contents-table"]++
	case personal[name]:
		f.drop = true
		told["file-field"]++
	case name == "PAGE" || name == "NUMPAGES" || name == "PAGEREF" || name == "SECTIONPAGES":
		f.drop = true
	case name == "HYPERLINK" && !strings.HasPrefix(argument, `\`):
		f.link = argument
	}
}

// personal are the fields that show who and what was behind a file.
var personal = map[string]bool{
	"AUTHOR": true, "LASTSAVEDBY": true, "USERNAME": true, "USERINITIALS": true, "USERADDRESS": true, "FILENAME": true,
	"DOCPROPERTY": true, "DOCVARIABLE": true, "COMMENTS": true, "INFO": true, "TEMPLATE": true, "MERGEFIELD": true,
	"ADDRESSBLOCK": true, "GREETINGLINE": true, "DATABASE": true, "KEYWORDS": true, "SUBJECT": true,
	"CREATEDATE": true, "SAVEDATE": true, "PRINTDATE": true, "EDITTIME": true, "REVNUM": true,
}

// instructionOf parts the name of a field from the first thing it is about.
func instructionOf(text string) (name, argument string) {
	words := strings.Fields(text)
	if len(words) == 0 {
		return "", ""
	}
	name = strings.ToUpper(words[0])
	_, rest, _ := strings.Cut(strings.TrimSpace(text), words[0])
	rest = strings.TrimSpace(rest)
	if quoted, ok := strings.CutPrefix(rest, `"`); ok {
		argument, _, _ = strings.Cut(quoted, `"`)
		return name, argument
	}
	if len(words) > 1 {
		argument = words[1]
	}
	return name, argument
}

// simpleField reads a field whose instruction stands in its tag.
func (d *docx) simpleField() {
	d.fields = append(d.fields, field{instruction: d.s.val("instr")})
	d.fields[len(d.fields)-1].settle(d.told)
	depth := len(d.fields)
	d.s.each(d.inline)
	if len(d.fields) >= depth {
		d.fields = d.fields[:depth-1]
	}
}
