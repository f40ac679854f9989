package writing

import (
	"context"
	"errors"
	"fmt"
	"html"
	"io"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"ficus/internal/archive"
	"ficus/internal/media"
	"ficus/internal/pattern"
	"ficus/internal/prose"
	"ficus/internal/store"
)

// MostPictures bounds how many pictures one save brings here, and how many
// addresses it asks for them; more stay links.
const MostPictures = 50

// Asked counts the addresses that one save asked for pictures, however many
// chapters it holds.
type Asked struct{ addresses int }

// withPictures puts the sent pictures that a text does not name at its end,
// where the writer finds and can move them.
func withPictures(f archive.ChapterFields, uploads []Upload) archive.ChapterFields {
	if len(uploads) == 0 {
		return f
	}
	body, _ := Read(f.Text, f.Format)
	var named []string
	for _, src := range body.Images() {
		named = append(named, originOf(src))
	}
	for _, upload := range uploads {
		if slices.Contains(named, upload.Name) {
			continue
		}
		named = append(named, upload.Name)
		alt := strings.TrimSuffix(upload.Name, path.Ext(upload.Name))
		f.Text = strings.TrimRight(f.Text, "\n") + fmt.Sprintf("\n\n<img src=\"%s\" alt=\"%s\">", html.EscapeString(upload.Name), html.EscapeString(alt))
	}
	f.Text = strings.TrimLeft(f.Text, "\n")
	return f
}

// gatherPictures brings the pictures of a text here: those sent with it by
// their names, and those at an https address by fetching them, once. What
// cannot be had becomes a link.
func (w *Writing) gatherPictures(ctx context.Context, set *Set, work int64, uploads []Upload, asked *Asked) error {
	if len(uploads) > MostPictures {
		return archive.Problems{{Field: "pictures", Rule: "too_many", Args: map[string]any{"Limit": MostPictures, "Count": len(uploads)}}}
	}
	set.pictures = map[string]archive.Picture{}
	for _, upload := range uploads {
		picture, err := w.pictureOf(ctx, upload)
		if err != nil {
			return err
		}
		set.pictures[upload.Name] = picture
	}
	had, err := w.standing(ctx, work)
	if err != nil {
		return err
	}
	here := map[string]bool{}
	for _, src := range set.body.Images() {
		_, sent := set.pictures[src]
		if sent || here[src] || had[src] != "" || !strings.HasPrefix(src, "https://") || len(uploads)+asked.addresses >= MostPictures {
			continue
		}
		here[src] = true
		asked.addresses++
		if err := w.fetchPicture(ctx, set, src); err != nil {
			return err
		}
	}
	return nil
}

// fetchPicture brings the picture at an address. It stays a link when the
// address is down, private or no picture; only a full disk is worth stopping
// for.
func (w *Writing) fetchPicture(ctx context.Context, set *Set, src string) error {
	data, err := w.fetch(ctx, src)
	if err != nil {
		return nil
	}
	picture, err := w.keepPicture(ctx, data)
	switch {
	case errors.Is(err, archive.ErrFull):
		return err
	case err == nil:
		set.pictures[src] = picture
	}
	return nil
}

// standing gives the pictures a work has already.
func (w *Writing) standing(ctx context.Context, work int64) (addresses map[string]string, err error) {
	if work == 0 {
		return nil, nil
	}
	err = w.store.Read(ctx, func(tx *store.Tx) (err error) {
		addresses, err = standingPictures(ctx, tx, work, "")
		return err
	})
	return addresses, err
}

// KeepUpload puts a picture sent with a form in the bucket and gives it back
// under its mark, so that the form can carry it along until it is saved.
func (w *Writing) KeepUpload(ctx context.Context, upload Upload) (Upload, error) {
	picture, err := w.pictureOf(ctx, upload)
	return Upload{Name: upload.Name, Kept: picture.SHA256}, err
}

// mark is how a picture in the bucket is named: by its bytes, which nobody can
// guess who has not had them.
var mark = pattern.New(`^[0-9a-f]{64}$`)

// KeptPicture gives the bytes and the media type of a picture that waits for
// its form to be saved.
func (w *Writing) KeptPicture(ctx context.Context, kept string) ([]byte, string, error) {
	data, err := w.keptData(ctx, kept)
	if err != nil {
		return nil, "", err
	}
	made, err := media.Describe(data)
	return data, made.MediaType, err
}

func (w *Writing) keptData(ctx context.Context, kept string) ([]byte, error) {
	if !mark.MatchString(kept) {
		return nil, archive.ErrNotFound
	}
	file, err := w.bucket.Get(ctx, pictureKey(kept))
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(file)
}

// pictureOf gives the picture of an upload, sent now or before.
func (w *Writing) pictureOf(ctx context.Context, upload Upload) (archive.Picture, error) {
	if upload.Kept == "" {
		return w.keepPicture(ctx, upload.Data)
	}
	if _, err := w.keptData(ctx, upload.Kept); err != nil { // a mark that nobody gave is not noted
		return archive.Picture{}, err
	}
	if err := w.holdPicture(ctx, pictureKey(upload.Kept), w.clock.Now().Add(keptFor)); err != nil {
		return archive.Picture{}, err
	}
	data, err := w.keptData(ctx, upload.Kept)
	if err != nil {
		return archive.Picture{}, err
	}
	made, err := media.Describe(data)
	return pictureNamed(upload.Kept, made), err
}

func pictureKey(sha256 string) string { return "pictures/" + sha256[:2] + "/" + sha256 }

// keepPicture makes a picture anew, without what its camera or program wrote
// into it, and puts it in the bucket.
func (w *Writing) keepPicture(ctx context.Context, data []byte) (archive.Picture, error) {
	made, err := w.anew(ctx, data)
	if err != nil {
		return archive.Picture{}, err
	}
	return w.keepMade(ctx, made, w.clock.Now().Add(keptFor))
}

// anew makes a picture anew; what is wrong with it is a problem of the field
// that forms have for pictures.
func (w *Writing) anew(ctx context.Context, data []byte) (media.Picture, error) {
	return w.inTurn(ctx, "pictures", func() (media.Picture, error) { return media.ReEncode(data) })
}

// inTurn makes a picture when its turn has come; what is wrong with it is a
// problem of a field.
func (w *Writing) inTurn(ctx context.Context, field string, anew func() (media.Picture, error)) (media.Picture, error) {
	if err := w.making.Acquire(ctx, 1); err != nil {
		return media.Picture{}, err // who sent it has gone
	}
	defer w.making.Release(1)
	made, err := anew()
	var wrong archive.Problems
	if errors.As(err, &wrong) {
		for i := range wrong {
			wrong[i].Field = field
		}
		return made, wrong
	}
	return made, err
}

func pictureNamed(sha256 string, made media.Picture) archive.Picture {
	return archive.Picture{
		SHA256: sha256, Key: pictureKey(sha256), MediaType: made.MediaType, Width: made.Width, Height: made.Height, Bytes: int64(len(made.Data)),
	}
}

// placePictures gives the pictures of a set their addresses under the work and
// writes these into the text, which replaces a standing one. A picture of
// another work, or one that could not be had, becomes a link.
func placePictures(ctx context.Context, tx *store.Tx, work int64, standing string, set *Set) error {
	addresses, err := standingPictures(ctx, tx, work, standing)
	if err != nil {
		return err
	}
	for origin, picture := range set.pictures {
		picture.Work, picture.Origin = work, origin
		id, err := tx.Pictures.Add(ctx, picture)
		if err != nil {
			return err
		}
		addresses[origin] = PictureAddress(work, id)
	}
	set.point(addresses)
	return nil
}

// standingPictures gives the addresses of the pictures of a work, by
// themselves and by what a text calls them: the names of their files or the
// addresses they were fetched from. Of two of one name a text means the one
// that it shows already, else the newest.
func standingPictures(ctx context.Context, tx *store.Tx, work int64, text string) (map[string]string, error) {
	addresses := map[string]string{}
	pictures, err := tx.Pictures.Of(ctx, work)
	if err != nil || len(pictures) == 0 {
		return addresses, err
	}
	origins := map[string]string{}
	for _, picture := range pictures {
		address := PictureAddress(work, picture.ID)
		addresses[address], addresses[picture.Origin], origins[address] = address, address, picture.Origin
	}
	for _, src := range prose.ReadStored(text).Images() {
		if origin, own := origins[src]; own {
			addresses[origin] = src
		}
	}
	return addresses, nil
}

// point has the pictures of a text stand at their addresses; one that has none
// becomes a link.
func (s *Set) point(addresses map[string]string) {
	s.body = s.body.MapImages(func(src string) (string, bool) {
		address, had := addresses[originOf(src)]
		if !had {
			address = src
		}
		return address, had
	})
	s.Words, s.Text.Body = s.body.Words(), s.body.HTML()
}

// shown gives the pictures of a work that stand in the text.
func (s *Set) shown(work int64) []int64 {
	var ids []int64
	for _, src := range s.body.Images() {
		number, own := strings.CutPrefix(src, pictureFolder(work))
		if id, err := strconv.ParseInt(number, 10, 64); own && err == nil {
			ids = append(ids, id)
		}
	}
	return ids
}

// originOf is what a text calls a picture: its address elsewhere, or the name
// of the file that was sent.
func originOf(src string) string {
	if strings.HasPrefix(src, "https://") {
		return src
	}
	if name, err := url.PathUnescape(src); err == nil {
		return name
	}
	return src
}

// KeptAddress is where a picture is shown to members while it waits for its
// form to be saved.
func KeptAddress(kept string) string { return "/pictures/" + kept }

// PictureAddress is where a work's picture is served: under the work, so that
// it is as closed as its page.
func PictureAddress(work, picture int64) string {
	return pictureFolder(work) + strconv.FormatInt(picture, 10)
}

func pictureFolder(work int64) string { return fmt.Sprintf("/works/%d/pictures/", work) }
