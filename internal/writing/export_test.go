package writing

// TakeTurn has every picture wait that is to be made anew, until the turn is
// given back.
func (w *Writing) TakeTurn() (giveBack func(), free bool) {
	return func() { w.making.Release(1) }, w.making.TryAcquire(1)
}
