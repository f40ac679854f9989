package manuscript

import (
	"errors"

	"ficus/internal/manuscript/epub"
	"ficus/internal/manuscript/office"
)

// Picture is a picture that a manuscript holds, by the name its stories call
// it.
type Picture struct {
	Name string
	file office.Picture
}

// Data gives the picture as it lies in the manuscript, with all that its
// camera wrote into it.
func (p Picture) Data() ([]byte, error) { return p.file.Data() }

// readOffice reads the file of a word processor, if it is one.
func readOffice(data []byte, taken office.Taken) (src source, ok bool, err error) {
	kind, err := office.KindOf(data)
	if err != nil || kind == "" {
		return src, false, officeError(err)
	}
	t, err := office.ReadTaken(data, kind, taken)
	if err != nil {
		return src, false, officeError(err)
	}
	if src, err = readPlainHTML(t.HTML); err != nil {
		return src, false, err
	}
	src.kind, src.encoding = kind, "utf-8"
	for _, told := range t.Told {
		src.dropped = append(src.dropped, Dropped(told))
	}
	for _, picture := range t.Pictures {
		src.pictures = append(src.pictures, Picture{picture.Name, picture})
	}
	return src, true, nil
}

func officeError(err error) error {
	var wrong *office.Error
	if errors.As(err, &wrong) {
		return &Error{wrong.Rule, wrong.Sentence}
	}
	return err
}

// Scrub gives a manuscript as it may be kept: what a word processor noted of
// its writer is taken out, and told by kind. remake makes the pictures in it
// anew. What is no such file, or cannot be read, comes back as it is.
func Scrub(data []byte, remake func(picture []byte) (made []byte, mediaType string, err error)) ([]byte, []Dropped, error) {
	var clean []byte
	var removed []office.Count
	kind, err := office.KindOf(data)
	switch {
	case epub.IsBook(data):
		clean, removed, err = epub.Scrub(data, remake)
	case err == nil && kind == "" && isPage(data):
		page, told := scrubPage(data, remake)
		return page, told, nil
	case err != nil || kind == "":
		return data, nil, officeError(err)
	default:
		clean, removed, err = office.Scrub(data, kind, remake)
	}
	if err != nil {
		return nil, nil, officeError(err)
	}
	told := make([]Dropped, 0, len(removed))
	for _, r := range removed {
		told = append(told, Dropped(r))
	}
	return clean, told, nil
}
