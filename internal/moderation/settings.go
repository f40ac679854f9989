package moderation

import (
	"context"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// Decide stores what the owner decided about the site, over the revision of it
// that their form was opened on: archive.ErrConflict when it was changed since,
// archive.Problems when something is wrong. Each setting that changed is an act
// of its own, with what it was and is.
func (m *Moderation) Decide(ctx context.Context, v archive.Viewer, base int64, was, site archive.Site) error {
	if !v.Staff {
		return archive.ErrNotFound
	}
	site.Clean()
	var problems archive.Problems
	site.Check(m.limits, &problems)
	if err := problems.Err(); err != nil {
		return err
	}
	return m.store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.Log.HoldSite(ctx); err != nil {
			return err
		}
		stands, err := tx.Settings.Site(ctx, was)
		if err != nil {
			return err
		}
		if stands.Rev != base {
			return archive.ErrConflict
		}
		changes := was.Changes(site)
		if len(changes) == 0 {
			return nil
		}
		for _, change := range changes {
			if _, err := tx.Acts.Add(ctx, archive.Act{Staff: v.Account, Kind: archive.ActSettings, About: change.String()}); err != nil {
				return err
			}
		}
		site.SetUp, site.Rev = true, base+1
		tx.Log.Record(archive.Event{Kind: archive.SiteChanged, Actor: v.Account})
		return tx.Settings.SetSite(ctx, site)
	})
}
