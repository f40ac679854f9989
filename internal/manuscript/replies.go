package manuscript

import (
	"strings"
	"sync/atomic"
)

// reply is true for a line "Name: thank you" among answers to reviewers: the
// writer has talked to readers just above, or several stand together and one
// of them does. In a play every line is of that form, and none is a reply.
func (r *recogniser) reply(from, i int) bool {
	if !r.replyShaped(i) || r.script {
		return false
	}
	for k := from; k < i; k++ {
		if talk := chatter(r.paras[k].text); talk > 1 || talk > 0 && addresses(r.paras[k].text) {
			return true
		}
	}
	return r.replyRun(i)
}

// replyRun is true for two or more such lines that talk to readers before a
// border or more talk.
func (r *recogniser) replyRun(i int) bool {
	const most = 200 // answers are looked at
	end, talk := i, 0
	for end < len(r.paras) && end < i+most && r.replyShaped(end) {
		talk += chatter(r.paras[end].text)
		end++
	}
	if end-i < 2 || talk == 0 || end == len(r.paras) {
		return false
	}
	return r.border(end) || chatter(r.paras[end].text) > 0
}

func (r *recogniser) replyShaped(i int) bool {
	p := &r.paras[i]
	head := p.text[:min(len(p.text), 80)]
	if p.form != plain || strings.IndexByte(head, ':') < 0 && strings.IndexByte(head, '-') < 0 && !strings.Contains(head, "–") {
		return false
	}
	return !p.quoted() && replyLine.MatchString(p.head())
}

// isScript is true when a third of the paragraphs begin with a name.
func (r *recogniser) isScript() bool {
	var lines atomic.Int64
	inParts(len(r.paras), func(i int) {
		if r.replyShaped(i) {
			lines.Add(1)
		}
	})
	return lines.Load() > 6 && int(lines.Load())*3 > len(r.paras)
}

// resumes looks past paragraphs that could be either: when the writer talks
// to readers again within a few, and nothing spoke or told the story, all
// belong. Behind a paragraph that may tell it, only a sure sign counts.
func (r *recogniser) resumes(i, hi int) int {
	const reach = 5
	doubt := false
	for k := i; k < min(hi, i+reach) && !r.stopsNote(k); k++ {
		text := r.paras[k].text
		doubt = doubt || narrates(text) || recounts(text)
		if talksAgain(text) && (!doubt || surelyTalks(text)) || !doubt && k > i && r.signsOff(k, hi) {
			return k - i + 1
		}
		if r.spoken(k) {
			return 0
		}
	}
	return 0
}

// spoken is true for a paragraph with speech in it.
func (r *recogniser) spoken(i int) bool {
	return r.paras[i].quoted() || speech.MatchString(clip(r.paras[i].text, 4000))
}

// surelyTalks is true for words no story has: of reviews, or that dedicate.
func surelyTalks(text string) bool {
	text = straight(clip(text, 4000))
	return talksShop(text) || dedicated.MatchString(text)
}

// talksAgain is true for a paragraph that can only be the writer's.
func talksAgain(text string) bool {
	talk := chatter(text)
	return talk >= 3 && addresses(text) || talk >= 2 && dedicated.MatchString(straight(clip(text, 4000)))
}

// closesNote is true for a last line such as "Enjoy!", or a pen name right
// before a break or the next chapter.
func (r *recogniser) closesNote(i, hi int) bool {
	p := &r.paras[i]
	if !p.short(60) || p.quoted() {
		return false
	}
	if r.signsOff(i, hi) || signOff.MatchString(p.text) && wordCount(p.text) <= 4 {
		return true
	}
	if _, slugged := r.slugs[i]; slugged || !penName.MatchString(p.text) {
		return false
	}
	if i+1 == hi || r.isBreak(i+1) {
		return true
	}
	_, headed := r.heads[i+1]
	return headed
}

// signsOff is true for "On with the story!" right before a border.
func (r *recogniser) signsOff(i, hi int) bool {
	p := &r.paras[i]
	return p.short(80) && signOff.MatchString(p.text) && wordCount(p.text) <= 10 && (i+1 == hi || r.border(i+1))
}
