package office

var errNotYet = &Error{"manuscript.kind", "The file is an OpenDocument text, which is not read yet; save the story as .docx and bring that."}

func readOdt(*pack) (Text, error) { return Text{}, errNotYet }

func (b *scrubber) odt() error { return errNotYet }
