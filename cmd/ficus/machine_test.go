package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
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

func TestASmallMachineKeepsLessOfTheDatabaseInMemory(t *testing.T) {
	for memory, want := range map[int64]int{0: 0, 64 << 20: 2_000, 512 << 20: 8_192, 8 << 30: 16_000} {
		if got := cacheKiB(memory); got != want {
			t.Errorf("with %d bytes a connection keeps %d KiB, want %d", memory, got, want)
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

func TestAFolderThatCannotBeWrittenToIsOneSentence(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "a file")
	must(t, os.WriteFile(file, nil, 0o600))
	for _, data := range []string{file, filepath.Join(file, "below")} {
		if sentence := refuses(t, "serve", "--data", data, "--listen", "127.0.0.1:0"); !strings.Contains(sentence, "the data folder "+data+" cannot be written to: not a directory") {
			t.Errorf("one whose folder is a file is told %q", sentence)
		}
	}
	full := command("serve", "--data", filepath.Join(dir, "full"), "--listen", "127.0.0.1:0")
	shell, err := exec.LookPath("sh")
	must(t, err)
	full.Args = append([]string{"sh", "-c", `ulimit -f 200; exec "$0" "$@"`, full.Path}, full.Args[1:]...)
	full.Path = shell
	said, err := full.CombinedOutput()
	if want := "there is no room left on the disk of the data folder"; full.ProcessState.ExitCode() != exitUsage || strings.Count(string(said), "\n") != 1 || !strings.Contains(string(said), want) {
		t.Errorf("one whose disk is full is told %q (%v)", said, err)
	}
}

func TestTheDatabaseIsItsOwnersAlone(t *testing.T) {
	data := t.TempDir() // others may look into it
	must(t, os.Chmod(data, 0o755))
	s := begin(t, "serve", "--data", data, "--listen", "127.0.0.1:0")
	for _, name := range []string{"ficus.db", "ficus.db-wal", "ficus.db-shm"} {
		info, err := os.Stat(filepath.Join(data, name))
		must(t, err)
		if info.Mode().Perm() != 0o600 {
			t.Errorf("%s is %v", name, info.Mode())
		}
	}
	s.stop()
}
