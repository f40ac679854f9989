package office

// Pack is a zip whose names and sizes were looked at before anything of it is
// unpacked.
type Pack struct{ pack *pack }

// OpenPack reads the list of contents of a zip. It refuses one that is long,
// doubled, locked, leads out of itself, or claims too much.
func OpenPack(data []byte) (Pack, error) {
	p, err := openPack(data)
	return Pack{p}, err
}

// Names lists the files of the pack as it lists them.
func (p Pack) Names() []string { return p.pack.order }

// Has tells whether the pack holds a file of that name, in whatever case.
func (p Pack) Has(name string) bool { return p.pack.has(name) }

// Read unpacks one file. Of all that is read in this way the pack gives only
// so much.
func (p Pack) Read(name string) ([]byte, error) {
	data, err := p.pack.read(name, min(mostText, p.pack.left))
	if err == nil {
		p.pack.left -= int64(len(data))
	}
	return data, err
}

// Picture is a picture in the pack, by the name a text calls it.
func (p Pack) Picture(name, part string) Picture {
	return Picture{Name: name, pack: p.pack, part: part}
}
