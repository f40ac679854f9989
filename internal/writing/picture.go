package writing

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"path"
	"regexp"
	"strings"

	"ficus/internal/archive"
	"ficus/internal/media"
	"ficus/internal/prose"
	"ficus/internal/store"
)

// mostPictures bounds how many pictures one save brings here; more stay links.
const mostPictures = 50

// gatherPictures brings the pictures of a text here: those sent with it by
// their names, and those at an https address by fetching them once. What
// cannot be had becomes a link, and a sent picture the text does not name
// stands at its end.
func (w *Writing) gatherPictures(ctx context.Context, set *Set, uploads []Upload) error {
	set.pictures = map[string]archive.Picture{}
	for i, upload := range uploads {
		data, err := w.dataOf(ctx, upload)
		if err != nil {
			return err
		}
		picture, err := w.keepPicture(ctx, data)
		if err != nil {
			return err
		}
		set.pictures[upload.Name] = picture
		if !namesPicture(set.body, upload.Name) {
			set.body.Blocks = append(set.body.Blocks, prose.Block{
				Kind: prose.Image, Src: uploads[i].Name, Alt: strings.TrimSuffix(upload.Name, path.Ext(upload.Name)),
			})
		}
	}
	for _, src := range set.body.Images() {
		if _, had := set.pictures[src]; had || !strings.HasPrefix(src, "https://") || len(set.pictures) >= mostPictures {
			continue
		}
		data, err := w.fetch(ctx, src)
		if err != nil {
			continue // it stays a link: the address may be down, private or no picture
		}
		if picture, err := w.keepPicture(ctx, data); err == nil {
			set.pictures[src] = picture
		}
	}
	return nil
}

// KeepUploads puts pictures sent with a preview in the bucket and gives them
// back under their marks, so that the preview can carry them along.
func (w *Writing) KeepUploads(ctx context.Context, uploads []Upload) ([]Upload, error) {
	kept := make([]Upload, len(uploads))
	for i, upload := range uploads {
		data, err := w.dataOf(ctx, upload)
		if err != nil {
			return nil, err
		}
		picture, err := w.keepPicture(ctx, data)
		if err != nil {
			return nil, err
		}
		kept[i] = Upload{Name: upload.Name, Kept: picture.SHA256}
	}
	return kept, nil
}

// mark is how a picture in the bucket is named: by its bytes, which nobody can
// guess who has not had them.
var mark = regexp.MustCompile(`^[0-9a-f]{64}$`)

// dataOf gives the bytes of a picture, sent now or before.
func (w *Writing) dataOf(ctx context.Context, upload Upload) ([]byte, error) {
	if upload.Kept == "" {
		return upload.Data, nil
	}
	if !mark.MatchString(upload.Kept) {
		return nil, archive.ErrNotFound
	}
	file, err := w.bucket.Get(ctx, pictureKey(upload.Kept))
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(file)
}

func pictureKey(sha256 string) string { return "pictures/" + sha256[:2] + "/" + sha256 }

// keepPicture makes a picture anew, without what its camera or program wrote
// into it, and puts it in the bucket.
func (w *Writing) keepPicture(ctx context.Context, data []byte) (archive.Picture, error) {
	made, err := media.ReEncode(data)
	if err != nil {
		return archive.Picture{}, err
	}
	sum := sha256.Sum256(made.Data)
	name := hex.EncodeToString(sum[:])
	key := pictureKey(name)
	if err := w.bucket.Put(ctx, key, bytes.NewReader(made.Data), int64(len(made.Data)), made.MediaType); err != nil {
		return archive.Picture{}, fmt.Errorf("keep a picture: %w", err)
	}
	return archive.Picture{SHA256: name, Key: key, MediaType: made.MediaType, Width: made.Width, Height: made.Height, Bytes: int64(len(made.Data))}, nil
}

func namesPicture(d prose.Document, name string) bool {
	for _, src := range d.Images() {
		if src == name {
			return true
		}
	}
	return false
}

// placePictures gives the pictures of a set their addresses under the work and
// writes these into the text. A picture of another work, or one that could not
// be had, becomes a link.
func placePictures(ctx context.Context, tx *store.Tx, work int64, set *Set) error {
	addresses := map[string]string{}
	for src, picture := range set.pictures {
		picture.Work = work
		id, err := tx.Pictures.Add(ctx, picture, originOf(src))
		if err != nil {
			return err
		}
		addresses[src] = PictureAddress(work, id)
	}
	own := fmt.Sprintf("/works/%d/pictures/", work)
	set.body = set.body.MapImages(func(src string) (string, bool) {
		if address, had := addresses[src]; had {
			return address, true
		}
		return src, strings.HasPrefix(src, own)
	})
	set.Text.Body = set.body.HTML()
	return nil
}

func originOf(src string) string {
	if strings.HasPrefix(src, "https://") {
		return src
	}
	return ""
}

// PictureAddress is where a work's picture is served: under the work, so that
// it is as closed as its page.
func PictureAddress(work, picture int64) string {
	return fmt.Sprintf("/works/%d/pictures/%d", work, picture)
}
