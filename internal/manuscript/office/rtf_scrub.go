package office

// rtfPrivate are the groups that say who wrote, edited or commented, and as
// what they are told. They go before the original is kept.
var rtfPrivate = map[string]string{
	"info": "", "userprops": "property", "revtbl": "editor", "rsidtbl": "", "annotation": "comment", "atnid": "", "atnauthor": "",
	"atnparent": "", "atndate": "", "atntime": "", "atnref": "", "atnicn": "", "filetbl": "path", "template": "path", "hlinkbase": "path",
	"docvar": "property", "mailmerge": "property", "datastore": "property", "passwordhash": "", "objdata": "object", "company": "", "xmlnstbl": "",
	"wgrffmtfilter": "", "nextfile": "path", "private": "property",
}

// scrubRtf takes out of an RTF file what its writer never meant to give away.
// Everything else stays byte for byte.
func scrubRtf(data []byte) ([]byte, told) {
	s := rtfScrubber{scan: rtfScanner{data: data}, told: told{}}
	s.scan.at = len(data) - len(trimLead(data))
	for s.step() {
	}
	s.out = append(s.out, data[s.kept:]...)
	return s.out, s.told
}

// rtfScrubber walks through a file and copies what stays.
type rtfScrubber struct {
	scan   rtfScanner
	out    []byte
	kept   int // everything before was copied or left out
	depth  int
	opened int // where the innermost group begins
	first  bool
	cut    int // depth of the group being left out; 0 for none
	told   told
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
		if s.cut > 0 && s.depth == s.cut {
			s.cut, s.kept = 0, s.scan.at
		}
		s.depth--
		s.first = false
		return s.depth > 0
	case rtfSymbol:
		s.first = s.first && t.name == "*"
		return true
	case rtfWord:
		if s.cut > 0 {
			if rtfNames[t.name] && s.first {
				s.told["author"]++
			}
		} else if kind, ok := rtfPrivate[t.name]; ok && s.first && s.depth > 1 {
			s.begin(kind)
		}
	}
	s.first = false
	return true
}

// begin leaves out the group that was just opened.
func (s *rtfScrubber) begin(kind string) {
	s.out = append(s.out, s.scan.data[s.kept:s.opened]...)
	s.kept, s.cut = s.opened, s.depth
	if kind != "" {
		s.told[kind]++
	}
}
