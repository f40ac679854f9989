package wrangling

// ReadSheet tells how many lines a sheet has.
func ReadSheet(sheet []byte) (int, error) {
	lines, err := readSheet(sheet)
	return len(lines), err
}
