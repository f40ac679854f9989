package finding

import (
	"context"

	"ficus/internal/store"
)

// CountCommonNow counts them however few chapters there are.
func (f *Finding) CountCommonNow(ctx context.Context) error {
	var last int64
	err := f.store.Read(ctx, func(tx *store.Tx) (err error) {
		last, err = tx.Passages.Last(ctx)
		return err
	})
	if err != nil {
		return err
	}
	common, err := f.countCommon(ctx, last)
	if err != nil {
		return err
	}
	return f.store.Write(ctx, func(tx *store.Tx) error { return tx.Passages.SetCommon(ctx, common) })
}
