package media

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
	"syscall"
)

// Folder is a Bucket on this machine's disk.
type Folder struct{ root *os.Root }

// partsFolder holds files that are being written. No key begins with a dot.
// What a crash leaves there is not of use to anyone.
const partsFolder = ".parts"

// OpenFolder opens a folder of files, making it when it is missing.
func OpenFolder(dir string) (*Folder, error) {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, fmt.Errorf("open the folder of files: %w", Full(err))
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("open the folder of files: %w", err)
	}
	return &Folder{root: root}, nil
}

// Put writes a file beside its place, makes sure it is on the disk, and only
// then gives it its name.
func (f *Folder) Put(_ context.Context, key string, r io.Reader, size int64, _ string) error {
	if err := checkPut(key, size); err != nil {
		return err
	}
	if err := f.put(key, r, size); err != nil {
		return fmt.Errorf("keep file %s: %w", key, Full(err))
	}
	return nil
}

func (f *Folder) put(key string, r io.Reader, size int64) error {
	if err := f.root.MkdirAll(partsFolder, 0o750); err != nil {
		return err
	}
	if err := f.makeFolders(path.Dir(key)); err != nil {
		return err
	}
	part := path.Join(partsFolder, rand.Text())
	file, err := f.root.OpenFile(part, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o640)
	if err != nil {
		return err
	}
	if err := fill(file, r, size); err != nil {
		return errors.Join(err, f.root.Remove(part))
	}
	if err := f.root.Rename(part, key); err != nil {
		return errors.Join(err, f.root.Remove(part))
	}
	return f.sync(path.Dir(key))
}

// fill writes size bytes of r to a file, down to the disk, and closes it.
func fill(file *os.File, r io.Reader, size int64) error {
	_, err := io.Copy(file, whole(r, size))
	if err == nil {
		err = file.Sync()
	}
	return errors.Join(err, file.Close())
}

// makeFolders makes a folder and those above it, each entered on the disk in
// the one that holds it.
func (f *Folder) makeFolders(dir string) error {
	if dir == "." {
		return nil
	}
	if _, err := f.root.Stat(dir); err == nil {
		return nil
	}
	if err := f.makeFolders(path.Dir(dir)); err != nil {
		return err
	}
	if err := f.root.Mkdir(dir, 0o750); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return f.sync(path.Dir(dir))
}

// sync enters what changed in a folder on the disk.
func (f *Folder) sync(dir string) error {
	opened, err := f.root.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(syncFolder(opened), opened.Close())
}

// Get opens a file.
func (f *Folder) Get(_ context.Context, key string) (io.ReadSeekCloser, error) {
	if err := checkKey(key); err != nil {
		return nil, err
	}
	file, err := f.root.Open(key)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, missing(key)
	}
	if err != nil {
		return nil, fmt.Errorf("open file %s: %w", key, err)
	}
	return file, nil
}

// Delete forgets a file.
func (f *Folder) Delete(_ context.Context, key string) error {
	if err := checkKey(key); err != nil {
		return err
	}
	if err := f.root.Remove(key); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("delete file %s: %w", key, err)
	}
	return nil
}

// Each walks through the folder. What bears no name we would give is not ours.
func (f *Folder) Each(ctx context.Context, fn func(key string, size int64) error) error {
	return fs.WalkDir(f.root.FS(), ".", func(key string, entry fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist): // deleted since its folder was read
			return nil
		case err != nil:
			return fmt.Errorf("list the files: %w", err)
		case ctx.Err() != nil:
			return ctx.Err()
		case key == partsFolder:
			return fs.SkipDir
		case !entry.Type().IsRegular() || key == probe || checkKey(key) != nil:
			return nil
		}
		info, err := entry.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("list the files: %w", err)
		}
		return fn(key, info.Size())
	})
}

// probe is the file that Check writes.
const probe = "probe"

// Check writes a file and takes it away again.
func (f *Folder) Check(ctx context.Context) error {
	if err := f.Put(ctx, probe, strings.NewReader("x"), 1, ""); err != nil {
		return err
	}
	return f.Delete(ctx, probe)
}

// Close lets the folder go.
func (f *Folder) Close() error { return f.root.Close() }

// Full says of an error of the disk that there is no room left, if that is what it means.
func Full(err error) error {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) || errors.Is(err, syscall.EFBIG) {
		return fmt.Errorf("%w (%w)", ErrFull, err)
	}
	return err
}

// SyncFolder enters what changed in a folder of this machine on the disk.
func SyncFolder(dir string) error {
	opened, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(syncFolder(opened), opened.Close())
}
