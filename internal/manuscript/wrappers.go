package manuscript

import (
	"strings"
)

var (
	mailLine      = guard(`^(?:From|To|Date|Subject|Newsgroups|Message-ID|Reply-To|Organization|Sender|Path|Lines|References|X-[\w-]+|Source|MIME-Version|Content-[\w-]+|Received|Return-Path|Cc|List|Xref|Approved|Followup-To)[ \t]*:`)
	contentsTitle = guard(`(?i)^\W*(?:table of )?(?:contents|chapters|index)\W*$`)
	bookStart     = guard(`(?i)^\*\*\* ?START OF (?:THE|THIS) PROJECT GUTENBERG`)
	bookEnd       = guard(`(?i)^\*\*\* ?END OF (?:THE|THIS) PROJECT GUTENBERG|^End of (?:the |this )?Project Gutenberg`)
)

func contentsWord(text string) bool { return contentsTitle.MatchString(text) }

// unwrap leaves out what carried the story here: a mail's header and
// signature, a publisher's lines. It returns what is left between.
func (r *recogniser) unwrap() (lo, hi int) {
	lo, hi = 0, len(r.paras)
	switch r.src.kind {
	case "md":
		r.dropDefinitions()
	case "html":
		lo, hi = r.unwrapPage(lo, hi)
	}
	if r.src.kind == "txt" {
		lo, hi = r.unwrapBook()
	}
	if r.src.kind == "txt" || r.src.mailed || lo < hi && mailLine.MatchString(r.paras[lo].text) {
		lo, hi = r.unwrapMail(lo, hi)
	}
	return r.contacts(lo, hi)
}

// unwrapPage leaves out what a page has around its text.
func (r *recogniser) unwrapPage(lo, hi int) (int, int) {
	r.clearPage()
	for lo < hi && r.preset[lo] {
		lo++
	}
	for hi > lo && r.preset[hi-1] {
		hi--
	}
	return lo, hi
}

// unwrapMail leaves out a mail's header and signature, and its list's footer.
func (r *recogniser) unwrapMail(lo, hi int) (int, int) {
	lo = r.mailHeader(lo, hi)
	hi = r.listFooterAt(lo, hi)
	return lo, r.mailSignature(lo, hi)
}

// unwrapBook leaves out a publisher's lines.
func (r *recogniser) unwrapBook() (lo, hi int) {
	lo, hi = 0, len(r.paras)
	for i := range r.paras {
		text := r.paras[i].text
		if text == "" || text[0] != '*' && text[0] != 'E' {
			continue
		}
		switch text := r.paras[i].head(); {
		case bookStart.MatchString(text):
			lo = i + 1
		case bookEnd.MatchString(text) && i > lo:
			hi = i
		}
		if hi < len(r.paras) {
			break
		}
	}
	r.set(0, lo, guess{what: LeftOut, rule: "wrapper.gutenberg", confidence: 0.99})
	r.set(hi, len(r.paras), guess{what: LeftOut, rule: "wrapper.gutenberg", confidence: 0.99})
	return lo, hi
}

// dropDefinitions leaves out the addresses that Markdown's links name: they are
// kept in the links.
func (r *recogniser) dropDefinitions() {
	for i := range r.paras {
		p := &r.paras[i]
		all := p.form == plain
		for _, text := range strings.Split(p.raw, "\n") {
			all = all && definition.MatchString(strings.TrimSpace(text))
		}
		if all {
			r.set(i, i+1, guess{what: LeftOut, rule: "markdown.definitions", confidence: 0.97})
		}
	}
}

// mailHeader leaves out the header of a mail or a post. To, From and Subject
// alone head a letter of the story: it takes an address and either a
// newsgroup or a story header behind it.
func (r *recogniser) mailHeader(lo, hi int) int {
	end, seen := r.mailLines(lo, hi)
	posted := seen["newsgroups"] || seen["message-id"] || seen["path"] || seen["received"]
	if !r.src.mailed && (!seen["address"] || !seen["subject"] && !seen["date"] || !posted && !r.labelsAhead(end, hi)) {
		return lo
	}
	r.set(lo, end, guess{what: LeftOut, rule: "mail.header", confidence: 0.97})
	return end
}

// mailLines is where the lines of a mail's header end and which there are;
// "address" is among them when the sender has one.
func (r *recogniser) mailLines(lo, hi int) (end int, seen map[string]bool) {
	end, seen = lo, map[string]bool{}
	for end < hi && (end == lo || r.paras[end].gap == 0) {
		p := &r.paras[end]
		name := strings.ToLower(strings.TrimRight(mailLine.FindString(p.head()), ": \t"))
		if name == "" && (end == lo || p.indent == 0) {
			break
		}
		seen[name] = true
		if name == "from" && strings.Contains(p.text, "@") {
			seen["address"] = true
		}
		end++
	}
	return end, seen
}

// labelsAhead is true when two hard labels follow within a few lines.
func (r *recogniser) labelsAhead(i, hi int) bool {
	const reach = 6
	found := 0
	for k := i; k < hi && k < i+reach; k++ {
		if l, ok := r.labels[k]; ok && l.hard && !r.paras[k].quoted() {
			found++
		}
	}
	return found > 1
}

var mailAddressed = guard(`@|https?://|www\.`)

// mailSignature leaves out what follows the signature line of mails, two
// hyphens and a space: a few lines at the very end, in a mail or with an
// address in them. A break typed so has a story behind it.
func (r *recogniser) mailSignature(lo, hi int) int {
	const most = 8
	for i := hi - 1; i > lo && i >= hi-most; i-- {
		p := &r.paras[i]
		if p.raw == "--" && strings.HasPrefix(r.src.text[p.end:], " \n") {
			mailed := lo > 0 || mailAddressed.MatchString(r.joined(i, hi))
			if i+1 == hi || !mailed || r.words(i, hi) > 60 {
				return hi
			}
			r.set(i, hi, guess{what: LeftOut, rule: "mail.signature", confidence: 0.97})
			return i
		}
		if p.gap > 0 || narrates(p.text) && !mailAddressed.MatchString(r.joined(i, hi)) {
			return hi
		}
	}
	return hi
}

// workStarts finds where further stories begin: headers that open with a title
// as the first one does.
func (r *recogniser) workStarts(lo, hi int) []int {
	starts := []int{lo}
	for i := lo; i < hi; i++ {
		if r.opensHeader(i, hi) {
			starts = append(starts, i)
		}
	}
	switch {
	case len(starts) == 2:
		return starts[:1]
	case len(starts) > 2:
		if r.words(lo, starts[1]) == 0 || starts[1] == lo || !r.narratesBefore(lo, starts[1]) {
			starts = append(starts[:1], starts[2:]...)
		}
	}
	return starts
}

// narratesBefore is true when a story stands before the first header.
func (r *recogniser) narratesBefore(lo, hi int) bool {
	for i := lo; i < hi; i++ {
		if narrates(r.paras[i].text) {
			return true
		}
	}
	return false
}

// opensHeader is true for "Title:" with two other hard labels right behind.
func (r *recogniser) opensHeader(i, hi int) bool {
	p := &r.paras[i]
	l, ok := r.labels[i]
	if !ok || l.what != Title || p.quoted() || i > 0 && p.gap == 0 && !r.isBreak(i-1) {
		return false
	}
	return r.labelsAhead(i+1, hi)
}
