package sqldb

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// LockName is the file in an archive's folder that the program serving it holds.
const LockName = "ficus.lock"

// errHeld is a lock that another program, or another part of this one, has.
var errHeld = errors.New("held by another")

// LockFolder makes sure that one program at a time serves the archive in dir. The lock ends with
// release, or with the process, however it ends; the file stays behind and means nothing by itself.
func LockFolder(dir string) (release func(), err error) {
	path := filepath.Join(dir, LockName)
	release, err = lockFile(path)
	if errors.Is(err, errHeld) {
		by := ""
		if holder, err := os.ReadFile(path); err == nil && len(holder) > 0 {
			by = " by process " + string(holder)
		}
		return nil, fmt.Errorf("the folder %s is already being served%s: stop that one first, or choose another folder with --data", dir, by)
	}
	if err != nil {
		return nil, fmt.Errorf("lock the folder %s: %w", dir, err)
	}
	return release, nil
}

// lockFile locks the file at path, made when missing, and notes this process in it.
func lockFile(path string) (release func(), err error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	if err := lockHandle(file); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	if err := file.Truncate(0); err == nil {
		fmt.Fprintf(file, "%d", os.Getpid())
	}
	return func() { file.Close() }, nil
}
