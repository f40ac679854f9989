package moderation

import (
	"context"
	"strconv"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// SettleKudos counts the parked kudos of a work, or throws them away: staff
// looked at the burst. archive.ErrNotFound when nothing is parked.
func (m *Moderation) SettleKudos(ctx context.Context, v archive.Viewer, work int64, count bool, reason string) error {
	return m.acts(ctx, v, func(tx *store.Tx) (deed, error) {
		n, err := tx.Kudos.Settle(ctx, work, count)
		if err == nil && n == 0 {
			err = archive.ErrNotFound
		}
		done := deed{act: archive.Act{Kind: archive.ActKudosDropped, Work: work, About: strconv.FormatInt(n, 10), Reason: reason}}
		if count {
			done.act.Kind, done.event = archive.ActKudosCounted, archive.Event{Kind: archive.KudosGiven, Work: work}
		}
		return done, err
	})
}
