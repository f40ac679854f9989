package page

import (
	"context"
	"io"
	"strconv"

	"ficus/internal/archive"
)

// CoverPage shows the cover of a work's books to its writer, and takes another.
// Its form is sent as multipart/form-data with form_id, base, cover (a file),
// cover_alt, kept_picture and do: "save" or "remove".
type CoverPage struct {
	Shell
	Errors Errors
	Work   Link
	Lang   string // of the work
	Action string
	FormID string
	Base   int64
	Limits archive.Limits

	Own           bool   // the cover that stands is the writer's picture
	Shown         string // where that cover is
	Says          string // what it shows, as its writer said
	Width, Height int    // of the writer's picture

	Alt     string // as typed
	Kept    string // the mark of a picture that was sent and is not saved yet
	Waiting string // where that is
}

// Cover is a picture on the front of books.
type Cover struct {
	URL           string // empty: one is drawn
	Alt           string
	Width, Height int
}

// Render writes the page.
func (p CoverPage) Render(ctx context.Context, w io.Writer) error {
	return coverPage(p).Render(ctx, w)
}

// now is the cover that stands. One is drawn at the size all drawn ones have.
func (p CoverPage) now() Cover {
	c := Cover{URL: p.Shown, Alt: p.Says, Width: p.Width, Height: p.Height}
	if !p.Own {
		c.Width, c.Height = 1600, 2400
	}
	if c.Alt == "" {
		c.Alt = p.T("cover.of", "Title", p.Work.Text)
	}
	return c
}

func (c Cover) width() string  { return strconv.Itoa(c.Width) }
func (c Cover) height() string { return strconv.Itoa(c.Height) }

// pictureField takes the file.
func (p CoverPage) pictureField() field {
	return field{name: "cover", label: p.T("cover.picture"), help: p.T("cover.picture_help"), errors: p.Errors}
}

// altField takes what the picture shows, in the language of the work.
func (p CoverPage) altField() field {
	return field{name: "cover_alt", label: p.T("cover.alt"), help: p.T("cover.alt_help"), value: p.Alt, errors: p.Errors, limit: p.Limits.CoverAlt}
}

func (p CoverPage) base() string { return strconv.FormatInt(p.Base, 10) }
