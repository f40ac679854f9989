package sqldb

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

// lockHandle locks an open file for as long as it stays open. The locked byte lies far behind the
// content, so that others can still read who holds it.
func lockHandle(file *os.File) error {
	place := &windows.Overlapped{OffsetHigh: 1}
	const how = windows.LOCKFILE_EXCLUSIVE_LOCK | windows.LOCKFILE_FAIL_IMMEDIATELY
	err := windows.LockFileEx(windows.Handle(file.Fd()), how, 0, 1, 0, place)
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) {
		return errHeld
	}
	return err
}
