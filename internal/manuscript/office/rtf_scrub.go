package office

import (
	"encoding/hex"
	"strings"
)

// rtfPrivate are the groups that say who wrote, edited or commented, and as
// what they are told. They go before the original is kept.
var rtfPrivate = map[string]string{
	"info": "properties", "userprops": "properties", "revtbl": "editor-name", "rsidtbl": "revision-mark", "annotation": "comment", "atnid": "", "atnauthor": "",
	"atnparent": "", "atndate": "", "atntime": "", "atnref": "", "atnicn": "", "filetbl": "path", "template": "path", "hlinkbase": "path",
	"docvar": "custom-data", "mailmerge": "custom-data", "datastore": "custom-data", "passwordhash": "", "objdata": "embedded", "company": "", "xmlnstbl": "",
	"wgrffmtfilter": "", "nextfile": "path", "private": "custom-data", "nonshppict": "", "header": "page-header", "headerl": "page-header",
	"headerr": "page-header", "headerf": "page-header", "footer": "page-header", "footerl": "page-header", "footerr": "page-header", "footerf": "page-header",
}

// scrubRtf takes out of an RTF file what its writer never meant to give away,
// and makes its pictures anew. Everything else stays byte for byte.
func scrubRtf(data []byte, remake Remake) ([]byte, told) {
	s := rtfScrubber{scan: rtfScanner{data: data}, told: told{}, remake: remake}
	s.scan.at = len(data) - len(trimLead(data))
	for s.step() {
	}
	if s.cut == 0 {
		s.out = append(s.out, data[s.kept:]...)
	}
	return s.out, s.told
}

// rtfScrubber walks through a file and copies what stays.
type rtfScrubber struct {
	scan   rtfScanner
	remake Remake
	out    []byte
	kept   int // everything before was copied or left out
	depth  int
	opened int  // where the innermost group begins
	first  bool // nothing of the group was met but \*
	cut    int  // depth of the group being left out; 0 for none
	told   told

	picture *rtfPicture // the group being left out is a picture
	value   int         // where the value of a property begins
	name    string      // of the property
}

func (s *rtfScrubber) step() bool {
	t := s.scan.next()
	switch t.kind {
	case rtfEnd:
		return false
	case rtfOpen:
		s.depth++
		if s.cut == 0 {
			s.opened = s.scan.from
		}
		s.first = true
		return true
	case rtfClose:
		s.close()
		return s.depth > 0
	case rtfSymbol:
		s.first = s.first && t.name == "*"
		return true
	case rtfWord:
		s.word(t)
	case rtfText:
		s.text(t.text)
	case rtfBinary:
		if s.picture != nil {
			s.picture.add(t.text)
		}
	}
	s.first = false
	return true
}

func (s *rtfScrubber) word(t rtfToken) {
	switch {
	case s.picture != nil:
		s.pictureWord(t.name)
	case s.cut > 0 || !s.first || s.depth < 2:
	case t.name == "pict":
		s.begin("")
		s.picture = &rtfPicture{}
	default:
		if kind, ok := rtfPrivate[t.name]; ok {
			s.begin(kind)
		}
	}
}

// begin leaves out the group that was just opened.
func (s *rtfScrubber) begin(kind string) {
	s.out = append(s.out, s.scan.data[s.kept:s.opened]...)
	s.kept, s.cut = s.opened, s.depth
	if kind != "" {
		s.told[kind]++
	}
}

func (s *rtfScrubber) close() {
	if s.picture != nil && s.value > 0 {
		if s.name == "wzDescription" {
			s.picture.alt = string(s.scan.data[s.value:s.scan.from])
		}
		s.value = 0
	}
	if s.cut > 0 && s.depth == s.cut {
		if s.picture != nil {
			s.endPicture(*s.picture)
			s.picture = nil
		}
		s.cut, s.kept = 0, s.scan.at
	}
	s.depth--
	s.first = false
}

func (s *rtfScrubber) pictureWord(name string) {
	switch name {
	case "pngblip":
		s.picture.kind = "png"
	case "jpegblip":
		s.picture.kind = "jpg"
	case "sn":
		s.name = ""
	case "sv":
		s.value = s.scan.at
	}
}

func (s *rtfScrubber) text(text []byte) {
	switch {
	case s.picture == nil || s.value > 0:
	case s.depth == s.cut:
		s.picture.hex(text)
	default:
		s.name = string(text)
	}
}

// endPicture writes a picture that was made anew in the place of the old one,
// with its words.
func (s *rtfScrubber) endPicture(p rtfPicture) {
	if p.kind == "" || len(p.data) == 0 {
		return
	}
	made, mediaType, err := s.remake(p.data)
	if err != nil {
		s.told["picture"]++
		return
	}
	s.told["picture-data"]++
	blip := "\\pngblip\n"
	if strings.HasSuffix(mediaType, "jpeg") {
		blip = "\\jpegblip\n"
	}
	s.out = append(s.out, `{\pict`...)
	if p.alt != "" {
		s.out = append(s.out, `{\*\picprop{\sp{\sn wzDescription}{\sv `+p.alt+`}}}`...)
	}
	s.out = append(append(append(s.out, blip...), hex.EncodeToString(made)...), '}')
}
