package main

import (
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
)

func TestMemoryIsThatOfTheMachineOrOfItsControlGroup(t *testing.T) {
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	for name, c := range map[string]struct {
		files fstest.MapFS
		want  int64
	}{
		"nothing is said":  {fstest.MapFS{}, 0},
		"the machine's":    {fstest.MapFS{"proc/meminfo": file("MemFree: 1 kB\nMemTotal:         524288 kB\n")}, 512 << 20},
		"of a newer group": {fstest.MapFS{"proc/meminfo": file("MemTotal: 8388608 kB\n"), "proc/self/cgroup": file("0::/system.slice/ficus.service\n"), "sys/fs/cgroup/system.slice/ficus.service/memory.max": file("536870912\n")}, 512 << 20},
		"of the one above": {fstest.MapFS{"proc/self/cgroup": file("0::/system.slice/ficus.service\n"), "sys/fs/cgroup/system.slice/ficus.service/memory.max": file("max\n"), "sys/fs/cgroup/system.slice/memory.max": file("1073741824\n")}, 1 << 30},
		"of an older one":  {fstest.MapFS{"proc/self/cgroup": file("9:cpu:/x\n4:memory:/x\n"), "sys/fs/cgroup/memory/x/memory.limit_in_bytes": file("268435456"), "sys/fs/cgroup/memory/memory.limit_in_bytes": file("9223372036854771712")}, 256 << 20},
		"in a container":   {fstest.MapFS{"proc/self/cgroup": file("0::/\n"), "sys/fs/cgroup/memory.max": file("268435456")}, 256 << 20},
	} {
		if got := memoryOf(c.files); got != c.want {
			t.Errorf("%s: %d bytes, want %d", name, got, c.want)
		}
	}
}

func TestUploadsFindAPlaceWhereTheSystemHasNone(t *testing.T) {
	data := t.TempDir()
	left := filepath.Join(data, "scratch", "left behind")
	must(t, os.MkdirAll(filepath.Dir(left), 0o700))
	must(t, os.WriteFile(left, nil, 0o600))
	t.Setenv("TMPDIR", filepath.Join(data, "nowhere"))
	must(t, haveScratch(data))
	file, err := os.CreateTemp("", "upload-*")
	must(t, err)
	defer file.Close()
	if filepath.Dir(file.Name()) != filepath.Join(data, "scratch") {
		t.Errorf("an upload would go to %s", file.Name())
	}
	if _, err := os.Stat(left); err == nil {
		t.Error("what a killed program left behind is there")
	}
}
