package main

import "golang.org/x/sys/windows"

// diskOf is how much room there is where a folder lies, in bytes; zeros when
// the machine does not say.
func diskOf(folder string) (free, total int64) {
	name, err := windows.UTF16PtrFromString(folder)
	if err != nil {
		return 0, 0
	}
	var available, all uint64
	if err := windows.GetDiskFreeSpaceEx(name, &available, &all, nil); err != nil {
		return 0, 0
	}
	return int64(available), int64(all)
}
