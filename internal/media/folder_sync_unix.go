//go:build unix

package media

import "os"

// syncFolder writes a folder's list of names to the disk.
func syncFolder(dir *os.File) error { return dir.Sync() }
