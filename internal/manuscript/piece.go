package manuscript

import "ficus/internal/prose"

// piece is what one part is made of, before it has its place in a chapter.
type piece struct {
	from, end int           // its paragraphs
	block     prose.Block   // of a part of the story
	note      []prose.Block // of a note or a disclaimer
	to        string        // to whom a note dedicates
}

// piecesFrom makes the next pieces from the paragraph at i on, as many as there
// is room for, on as many processors as there are: each is made of its own
// paragraphs alone.
func (r *recogniser) piecesFrom(i int, room []piece) []piece {
	pieces := room[:0]
	for i < len(r.paras) && len(pieces) < cap(room) {
		end := i + 1
		for end < len(r.paras) && r.guess[end].joins {
			end++
		}
		pieces = append(pieces, piece{from: i, end: end})
		i = end
	}
	inParts(len(pieces), func(k int) { r.make(&pieces[k]) })
	return pieces
}

func (r *recogniser) make(p *piece) {
	switch what := r.guess[p.from].what; what {
	case InStory:
		p.block = r.storyBlock(p.from, p.end)
	case Disclaimer, OpeningNote, ClosingNote:
		p.note = r.noteBlocks(p.from, p.end)
		if what != Disclaimer {
			p.to = dedicationName(blocksText(p.note))
		}
	}
}
