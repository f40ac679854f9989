package backup

// LeftOut are the tables whose rows are not taken along.
func LeftOut() map[string]string { return leftOut() }
