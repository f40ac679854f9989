//go:build unix

package main

import "golang.org/x/sys/unix"

// diskOf is how much room there is where a folder lies, in bytes; zeros when
// the machine does not say.
func diskOf(folder string) (free, total int64) {
	var s unix.Statfs_t
	if err := unix.Statfs(folder, &s); err != nil {
		return 0, 0
	}
	size := int64(s.Bsize)
	return int64(s.Bavail) * size, int64(s.Blocks) * size
}
