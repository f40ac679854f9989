package finding

import "context"

// CountFrom counts common words from so many chapters on.
func (f *Finding) CountFrom(chapters int64) { f.worth = chapters }

// Overtaken reads a little, and keeps it only after something else has happened.
func (f *Finding) Overtaken(ctx context.Context, meanwhile func()) error {
	d, _, err := f.take(ctx)
	if err != nil {
		return err
	}
	g, err := f.gatherDue(ctx, d)
	if err != nil {
		return err
	}
	meanwhile()
	return f.finish(ctx, d, &g)
}
