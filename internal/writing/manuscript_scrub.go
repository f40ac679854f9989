package writing

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"time"

	"ficus/internal/archive"
	"ficus/internal/manuscript"
	"ficus/internal/media"
	"ficus/internal/prose"
)

// scrub takes out of a manuscript what a word processor and a camera noted of
// its writer, and gives what was taken out as JSON. Its pictures, made anew,
// are put in the bucket, for the pages that show them before they are posted.
func (w *Writing) scrub(ctx context.Context, data []byte) ([]byte, string, error) {
	if int64(len(data)) > w.limits.ManuscriptBytes {
		return data, "[]", nil // the reader refuses it
	}
	var broken error
	remake := func(picture []byte) ([]byte, string, error) {
		if broken != nil {
			return nil, "", broken
		}
		made, err := w.anew(ctx, picture)
		if err != nil {
			return nil, "", err
		}
		_, broken = w.keepMade(ctx, made, time.Time{})
		return made.Data, made.MediaType, broken
	}
	clean, removed, err := manuscript.Scrub(data, remake)
	if broken != nil {
		return nil, "", broken
	}
	if err != nil {
		return nil, "", err
	}
	if removed == nil {
		removed = []manuscript.Dropped{}
	}
	told, err := json.Marshal(removed)
	return clean, string(told), err
}

// keepMade puts a picture that was made anew in the bucket, until an instant
// unless a work shows it; the zero time is for ever.
func (w *Writing) keepMade(ctx context.Context, made media.Picture, until time.Time) (archive.Picture, error) {
	sum := sha256.Sum256(made.Data)
	picture := pictureNamed(hex.EncodeToString(sum[:]), made)
	if err := w.holdPicture(ctx, picture.Key, until); err != nil {
		return archive.Picture{}, err
	}
	if err := w.bucket.Put(ctx, picture.Key, bytes.NewReader(made.Data), picture.Bytes, made.MediaType); err != nil {
		return archive.Picture{}, fmt.Errorf("keep a picture: %w", err)
	}
	return picture, nil
}

// RemovedOf lists what was taken out of a manuscript before it was kept.
func RemovedOf(ms archive.Manuscript) (removed []manuscript.Dropped, err error) {
	return removed, json.Unmarshal([]byte(ms.Removed), &removed)
}

// BroughtPictures gives the pictures of a manuscript that texts show, by their
// names, as if they had been sent with a form. The original holds them made
// anew.
func BroughtPictures(reading manuscript.Reading, texts ...prose.Document) ([]Upload, error) {
	var names []string
	for _, text := range texts {
		for _, src := range text.Images() {
			if !slices.Contains(names, originOf(src)) {
				names = append(names, originOf(src))
			}
		}
	}
	var uploads []Upload
	for _, picture := range reading.Pictures {
		if !slices.Contains(names, picture.Name) || path.Base(picture.Name) != picture.Name {
			continue
		}
		data, err := picture.Data()
		if err != nil {
			return nil, err
		}
		sum := sha256.Sum256(data)
		uploads = append(uploads, Upload{Name: picture.Name, Kept: hex.EncodeToString(sum[:])})
	}
	return uploads, nil
}

// UploadsOf gives the pictures that go with one of the chapters: all of them
// with the only one, else those that it shows.
func (n NewWork) UploadsOf(chapter int) []Upload {
	if len(n.Chapters) == 1 || len(n.Uploads) == 0 {
		return n.Uploads
	}
	body, _ := Read(n.Chapters[chapter].Text, n.Chapters[chapter].Format)
	var shown []Upload
	for _, src := range body.Images() {
		i := slices.IndexFunc(n.Uploads, func(u Upload) bool { return u.Name == originOf(src) })
		if i >= 0 && len(shown) < MostPictures && !slices.ContainsFunc(shown, func(u Upload) bool { return u.Name == n.Uploads[i].Name }) {
			shown = append(shown, n.Uploads[i])
		}
	}
	return shown
}
