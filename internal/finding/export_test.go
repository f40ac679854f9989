package finding

// CountFrom counts common words from so many chapters on.
func (f *Finding) CountFrom(chapters int64) { f.worth = chapters }
