package finding

import (
	"context"

	"ficus/internal/store"
)

// namesAtOnce are read in one transaction: others wait that long to write, some
// ten milliseconds.
const namesAtOnce = 200

// readNames reads what works, tags and creators are called, where that was
// there before its words were kept with it, or was brought without them: once,
// and before all texts. It reports whether there was something to read.
func (f *Finding) readNames(ctx context.Context) (more bool, err error) {
	var read store.CalledRead
	err = f.store.Read(ctx, func(tx *store.Tx) (err error) {
		read, err = tx.Called.Read(ctx)
		return err
	})
	if err != nil || read.IsWhole() {
		return false, err
	}
	mine := false
	err = f.store.Write(ctx, func(tx *store.Tx) (err error) {
		if mine, err = tx.Log.TakeLease(ctx, reader, f.holder, tx.Now.Add(leaseFor)); err != nil || !mine {
			return err
		}
		_, err = tx.Called.Fill(ctx, namesAtOnce)
		return err
	})
	return mine, err
}
