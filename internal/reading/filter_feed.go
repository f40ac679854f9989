package reading

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// FeedFilter gives a filter of the viewer a feed as they find its list, and the
// secret that opens it, which is told this once. The secret it had opens
// nothing any more.
func (m *Memory) FeedFilter(ctx context.Context, v archive.Viewer, id int64) (secret string, err error) {
	secret = rand.Text()
	err = m.onFilter(ctx, v, id, func(tx *store.Tx, _ archive.SavedFilter) error {
		return tx.Filters.Feed(ctx, v.Account, id, feedPrint(secret))
	})
	return secret, err
}

// EndFeed ends that. Its address leads nowhere for good.
func (m *Memory) EndFeed(ctx context.Context, v archive.Viewer, id int64) error {
	return m.onFilter(ctx, v, id, func(tx *store.Tx, _ archive.SavedFilter) error { return tx.Filters.EndFeed(ctx, v.Account, id) })
}

// OpenFeed gives the filter whose feed a secret opens; archive.ErrNotFound when
// it opens none, or while its member may not write here.
func (m *Memory) OpenFeed(ctx context.Context, secret string) (f archive.SavedFilter, err error) {
	err = m.store.Read(ctx, func(tx *store.Tx) error {
		f, err = tx.Filters.Fed(ctx, feedPrint(secret))
		return err
	})
	return f, err
}

// feedPrint is what is kept of a secret.
func feedPrint(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}
