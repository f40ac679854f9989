package asset

import (
	"errors"
	"io/fs"
)

// editorFile and editorLicences are what `make assets` leaves of the editor:
// its script and the licences of what is in it.
const (
	editorFile     = "editor.js"
	editorLicences = "editor-licences.txt"
)

// ReadEditor gives the script of the editor in a bundle, and the licences of
// its parts; nothing, and no error, when there is none.
func ReadEditor(bundle fs.FS) ([]File, error) {
	script, err := fs.ReadFile(bundle, editorFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	licences, err := fs.ReadFile(bundle, editorLicences)
	if err != nil {
		return nil, errors.New("the editor in internal/web/asset/bundle is without the licences of its parts, run make assets again")
	}
	return []File{
		hashed(editorFile, "text/javascript; charset=utf-8", script),
		hashed(editorLicences, "text/plain; charset=utf-8", licences),
	}, nil
}
