package office

func readOdt(p *pack) (Text, error) { return Text{}, errOther }

func (b *scrubber) odt() error { return errOther }
