package feedback

import (
	"context"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// suspects asks the spam score of what guests and new members say; creators on
// their own work are never asked.
func (f *Feedback) suspects(ctx context.Context, tx *store.Tx, v archive.Viewer, o store.Opened, m archive.Comment) (bool, error) {
	if o.Tie.Creator || !v.IsNew(tx.Now, f.site().NewFor) {
		return false, nil
	}
	s := archive.Signals{Text: plain(m)}
	repeats, err := tx.Comments.Elsewhere(ctx, m.Sum, m.Work, tx.Now.Add(-24*time.Hour))
	if err != nil {
		return false, err
	}
	s.Repeats = int(repeats)
	if v.IsMember() {
		lately, err := tx.Comments.Lately(ctx, v.Account, tx.Now.Add(-10*time.Minute))
		if err != nil {
			return false, err
		}
		s.Lately = int(lately)
	}
	if s.Known, err = tx.Threads.SpamWords(ctx, archive.Words(s.Text)); err != nil {
		return false, err
	}
	all := s.Known[""]
	s.Spam, s.Ok = all.Spam, all.Ok
	return s.Suspect(), nil
}
