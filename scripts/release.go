//go:build ignore

// Command release builds what people download: for each machine one archive with the program, a unit
// for systemd, a Containerfile, and the licences of everything compiled in, and beside them the sums.
// The same commit gives the same bytes, wherever and however often it is built.
//
//	go run scripts/release.go [-version 0.1.0] [-only linux/amd64,…] [-to dist]
package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// targets are the machines a release is for. Linux must build; the others are given when they do.
const targets = "linux/amd64,linux/arm64,linux/arm,darwin/amd64,darwin/arm64,windows/amd64"

func main() {
	version := flag.String("version", "", "the version; otherwise that of the code and its commit")
	only := flag.String("only", targets, "the machines to build for")
	to := flag.String("to", "dist", "the folder to build into")
	flag.Parse()
	if err := release(*version, strings.Split(*only, ","), *to); err != nil {
		fmt.Fprintln(os.Stderr, "release:", err)
		os.Exit(1)
	}
}

func release(version string, machines []string, to string) error {
	if err := os.MkdirAll(to, 0o755); err != nil {
		return err
	}
	version, built, err := stamp(version)
	if err != nil {
		return err
	}
	var sums strings.Builder
	for _, machine := range machines {
		file, err := pack(version, built, machine, to)
		if err != nil && !strings.HasPrefix(machine, "linux/") {
			fmt.Fprintf(os.Stderr, "release: %s is left out: %v\n", machine, err)
			continue
		}
		if err != nil {
			return fmt.Errorf("%s: %w", machine, err)
		}
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		fmt.Fprintf(&sums, "%x  %s\n", sha256.Sum256(data), filepath.Base(file))
		fmt.Printf("%s, %.1f MB\n", file, float64(len(data))/1e6)
	}
	return os.WriteFile(filepath.Join(to, "SHA256SUMS"), []byte(sums.String()), 0o644)
}

// stamp is the version, and the time that files bear: that of the commit.
func stamp(version string) (string, time.Time, error) {
	built := time.Unix(0, 0).UTC()
	if out, err := exec.Command("git", "log", "-1", "--format=%ct").Output(); err == nil {
		seconds, err := strconv.ParseInt(strings.TrimSpace(string(out)), 10, 64)
		if err != nil {
			return "", built, err
		}
		built = time.Unix(seconds, 0).UTC()
	}
	if version != "" {
		return version, built, nil
	}
	source, err := os.ReadFile("cmd/ficus/version.go")
	if err != nil {
		return "", built, err
	}
	_, rest, _ := strings.Cut(string(source), `var version = "`)
	version, _, _ = strings.Cut(rest, `"`)
	if commit, err := exec.Command("git", "rev-parse", "--short=10", "HEAD").Output(); err == nil {
		version += "+" + strings.TrimSpace(string(commit))
	}
	if changed, err := exec.Command("git", "status", "--porcelain", "--untracked-files=no").Output(); err == nil && len(changed) > 0 {
		version += ".changed"
	}
	return version, built, nil
}

// entry is a file of an archive.
type entry struct {
	name string
	mode int64
	data []byte
}

// pack builds for one machine and packs what belongs together.
func pack(version string, built time.Time, machine, to string) (string, error) {
	system, processor, _ := strings.Cut(machine, "/")
	env := append(slices.DeleteFunc(os.Environ(), buildVariable), "CGO_ENABLED=0", "GOOS="+system, "GOARCH="+processor, "GOARM=7", "GOFLAGS=-mod=readonly")
	if processor == "arm" {
		processor = "armv7"
	}
	short, _, _ := strings.Cut(version, "+")
	name := fmt.Sprintf("ficus-%s-%s-%s", short, system, processor)
	program := "ficus"
	if system == "windows" {
		program += ".exe"
	}
	dir, err := os.MkdirTemp("", "ficus-release.")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(dir)
	build := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-ldflags", "-s -w -buildid= -X main.version="+version, "-o", filepath.Join(dir, program), "./cmd/ficus")
	build.Env, build.Stderr = env, os.Stderr
	if err := build.Run(); err != nil {
		return "", err
	}
	entries := []entry{{program, 0o755, nil}}
	if entries[0].data, err = os.ReadFile(filepath.Join(dir, program)); err != nil {
		return "", err
	}
	licences, err := thirdParties(env)
	if err != nil {
		return "", err
	}
	entries = append(entries, entry{"THIRD-PARTY.txt", 0o644, licences})
	files := []string{"LICENSE", "packaging/README.txt", "docs/owners-guide.md"}
	if system == "linux" {
		files = append(files, "packaging/ficus.service", "packaging/Containerfile")
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return "", err
		}
		entries = append(entries, entry{filepath.Base(file), 0o644, data})
	}
	if system == "windows" {
		return write(filepath.Join(to, name+".zip"), entries, func(w io.Writer) error { return zipped(w, name, entries, built) })
	}
	return write(filepath.Join(to, name+".tar.gz"), entries, func(w io.Writer) error { return tarred(w, name, entries, built) })
}

// buildVariable reports whether a variable would change what is built.
func buildVariable(variable string) bool {
	name, _, _ := strings.Cut(variable, "=")
	return slices.Contains([]string{"CGO_ENABLED", "GOOS", "GOARCH", "GOARM", "GOAMD64", "GOARM64", "GOFLAGS", "GOEXPERIMENT", "GOFIPS140"}, name)
}

func write(file string, entries []entry, fill func(io.Writer) error) (string, error) {
	var b bytes.Buffer
	if err := fill(&b); err != nil {
		return "", err
	}
	return file, os.WriteFile(file, b.Bytes(), 0o644)
}

func tarred(to io.Writer, folder string, entries []entry, built time.Time) error {
	packed, err := gzip.NewWriterLevel(to, gzip.BestCompression)
	if err != nil {
		return err
	}
	t := tar.NewWriter(packed)
	for _, e := range entries {
		if err := t.WriteHeader(&tar.Header{Name: folder + "/" + e.name, Mode: e.mode, Size: int64(len(e.data)), ModTime: built, Format: tar.FormatUSTAR}); err != nil {
			return err
		}
		if _, err := t.Write(e.data); err != nil {
			return err
		}
	}
	if err := t.Close(); err != nil {
		return err
	}
	return packed.Close()
}

func zipped(to io.Writer, folder string, entries []entry, built time.Time) error {
	z := zip.NewWriter(to)
	for _, e := range entries {
		w, err := z.CreateHeader(&zip.FileHeader{Name: folder + "/" + e.name, Method: zip.Deflate, Modified: built})
		if err != nil {
			return err
		}
		if _, err := w.Write(e.data); err != nil {
			return err
		}
	}
	return z.Close()
}

// thirdParties is the licences of everything compiled in: of each module those beside the packages
// that are used and above them, Go's own, and that of the typeface when there is one.
func thirdParties(env []string) ([]byte, error) {
	list := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}}\t{{.Dir}}\t{{$.Dir}}{{end}}{{end}}", "./cmd/ficus")
	list.Env, list.Stderr = env, os.Stderr
	out, err := list.Output()
	if err != nil {
		return nil, err
	}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return nil, err
	}
	found := map[string]map[string]bool{"Go": {filepath.Join(strings.TrimSpace(string(root)), "LICENSE"): true}}
	if typeface := "internal/web/asset/bundle/OFL.txt"; exists(typeface) {
		found["Atkinson Hyperlegible Next"] = map[string]bool{typeface: true}
	}
	for line := range strings.Lines(string(out)) {
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(fields) != 3 {
			continue
		}
		module, top, dir := fields[0], fields[1], fields[2]
		if found[module] == nil {
			found[module] = map[string]bool{}
		}
		for ; strings.HasPrefix(dir, top); dir = filepath.Dir(dir) {
			for _, pattern := range []string{"LICEN[CS]E*", "COPYING*", "NOTICE*", "OFL*", "PATENTS*"} {
				files, err := filepath.Glob(filepath.Join(dir, pattern))
				if err != nil {
					return nil, err
				}
				for _, file := range files {
					found[module][file] = true
				}
			}
		}
	}
	return together(found)
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// together is one text; a licence that several modules share to the byte stands once.
func together(found map[string]map[string]bool) ([]byte, error) {
	modules := map[string][]string{}
	var texts []string
	for _, module := range sorted(found) {
		if len(found[module]) == 0 {
			return nil, fmt.Errorf("%s has no licence", module)
		}
		for _, file := range sorted(found[module]) {
			if info, err := os.Stat(file); err != nil || info.IsDir() || strings.HasSuffix(file, ".go") {
				continue
			}
			data, err := os.ReadFile(file)
			if err != nil {
				return nil, err
			}
			text := strings.TrimSpace(strings.ReplaceAll(string(data), "\r\n", "\n"))
			if len(modules[text]) == 0 {
				texts = append(texts, text)
			}
			if !slices.Contains(modules[text], module) {
				modules[text] = append(modules[text], module)
			}
		}
	}
	var b bytes.Buffer
	b.WriteString("Ficus is made with the works of these people, under these licences.\n")
	for _, text := range texts {
		fmt.Fprintf(&b, "\n%s\n%s\n\n%s\n", strings.Repeat("=", 80), strings.Join(modules[text], "\n"), text)
	}
	return b.Bytes(), nil
}

func sorted[V any](m map[string]V) []string {
	var keys []string
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
