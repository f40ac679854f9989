package demo

import (
	"context"
	"fmt"

	"ficus/internal/archive"
	"ficus/internal/feedback"
	"ficus/internal/store"
)

// remark is something said of a sample story, and what others answer.
type remark struct {
	story   int    // its place in Stories, from 1
	chapter int    // from 1
	by      string // an account; empty: a guest
	guest   string
	text    string
	stands  bool // a guest's, approved by the writer
	answers []remark
}

// remarks are what readers of the sample archive say, in the words of whoever
// built it.
func remarks() []remark {
	return []remark{
		{story: 1, chapter: 1, by: "pell", text: "I came for the lighthouse and stayed for the coat. Nobody moves that coat in my house either.", answers: []remark{
			{by: "mara_q", text: "Nobody moves that coat anywhere. It is load-bearing.", answers: []remark{
				{by: "tideglass", text: "I checked. If the coat goes, the whole rock goes."},
			}},
			{by: "oriane", text: "Read this on the night bus and missed my stop. <em>Twice.</em>"},
		}},
		{story: 1, chapter: 1, guest: "Kim", stands: true, text: "I have no account and I never comment. This one got me: the kettle, the log, the two of them not saying it."},
		{story: 1, chapter: 1, guest: "a passing ship", text: "Will there be more of Dunstan Pike? He deserves a chapter and possibly a hat."},
		{story: 1, chapter: 2, by: "wrenfield", text: "“Everybody on this rock knows” is the funniest tag and the truest.\n\nAlso I am not crying, it is spray."},
		{story: 2, chapter: 1, by: "mara_q", text: "A hundred words and I had to go and sit with the coats.", answers: []remark{{by: "pell", text: "Sorry. (Not very.)"}}},
		{story: 3, chapter: 1, by: "oriane", text: "Thank you for writing the last page the way you did."},
		{story: 9, chapter: 1, by: "tideglass", text: "More kettle, please."},
	}
}

// say says the remarks of the sample archive.
func (r Rooms) say(ctx context.Context, people map[string]archive.Viewer, stories []Story, works []int64) error {
	for _, m := range remarks() {
		if m.story > len(works) {
			continue
		}
		work := works[m.story-1]
		var chapters []archive.Chapter
		err := r.Store.Read(ctx, func(tx *store.Tx) (err error) {
			chapters, err = tx.Chapters.Of(ctx, work, false)
			return err
		})
		if err != nil {
			return err
		}
		if m.chapter > len(chapters) {
			continue
		}
		writer := people[stories[m.story-1].Creators[0].Account]
		if err := r.remark(ctx, people, writer, m, feedback.NewComment{Work: work, Chapter: chapters[m.chapter-1].ID}); err != nil {
			return fmt.Errorf("comment on %s: %w", stories[m.story-1].Slug, err)
		}
	}
	return nil
}

func (r Rooms) remark(ctx context.Context, people map[string]archive.Viewer, writer archive.Viewer, m remark, n feedback.NewComment) error {
	n.Text, n.Guest = m.text, m.guest
	id, err := r.Feedback.Comment(ctx, people[m.by], n)
	if err != nil {
		return err
	}
	if m.stands {
		if err := r.Feedback.Judge(ctx, writer, feedback.Approve, id); err != nil {
			return err
		}
	}
	n.Parent = id
	for _, answer := range m.answers {
		if err := r.remark(ctx, people, writer, answer, n); err != nil {
			return err
		}
	}
	return nil
}
