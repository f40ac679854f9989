package main

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	rounds   = 5
	duration = "3s"
)

// measureSize tells what is not a speed: the binary, the memory at rest, the
// bytes of a page besides its text.
func measureSize(t *table, ficus *exec.Cmd, address, page string) error {
	info, err := os.Stat(binary)
	if err != nil {
		return err
	}
	t.add("binary", megabytes(info.Size()), "", "< 60 MB, no CGO")
	time.Sleep(2 * time.Second)
	memory, err := residentMemory(ficus.Process.Pid)
	if err != nil {
		return err
	}
	t.add("memory at rest", megabytes(memory), "", "< 80 MB")
	besides, err := besidesText(address, page)
	if err != nil {
		return err
	}
	t.add("a chapter page on the wire besides its text (page, style, scripts; gzip)", fmt.Sprintf("%.1f KB", float64(besides)/1000), "", "≤ 15 KB")
	return nil
}

func megabytes(n int64) string { return fmt.Sprintf("%.1f MB", float64(n)/1e6) }

var resident = regexp.MustCompile(`VmRSS:\s+(\d+) kB`)

func residentMemory(pid int) (int64, error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	found := resident.FindSubmatch(status)
	if found == nil {
		return 0, fmt.Errorf("no memory is told of process %d", pid)
	}
	kilobytes, err := strconv.ParseInt(string(found[1]), 10, 64)
	return kilobytes * 1024, err
}

var loaded = regexp.MustCompile(`(?:href|src)="(/assets/[^"]+\.(?:css|js))"`)

// besidesText is a first visit's bytes less those of the packed text alone.
func besidesText(address, page string) (int64, error) {
	body, wire, err := get(page)
	if err != nil {
		return 0, err
	}
	for _, found := range loaded.FindAllSubmatch(body, -1) {
		_, n, err := get(address + string(found[1]))
		if err != nil {
			return 0, err
		}
		wire += n
	}
	text, err := packedSize(story(3000))
	return wire - text, err
}

// get fetches packed and gives the body and the bytes on the wire.
func get(address string) (body []byte, wire int64, err error) {
	request, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		return nil, 0, err
	}
	request.Header.Set("Accept-Encoding", "gzip")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, 0, err
	}
	defer answer.Body.Close()
	packed, err := io.ReadAll(answer.Body)
	if err != nil || answer.Header.Get("Content-Encoding") != "gzip" {
		return packed, int64(len(packed)), err
	}
	z, err := gzip.NewReader(strings.NewReader(string(packed)))
	if err != nil {
		return nil, 0, err
	}
	body, err = io.ReadAll(z)
	return body, int64(len(packed)), err
}

func packedSize(text string) (int64, error) {
	var counted counter
	z := gzip.NewWriter(&counted)
	_, err := io.WriteString(z, text)
	return int64(counted), errorOr(err, z.Close())
}

type counter int64

// Write counts.
func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

// measurePage asks for a guest's chapter page, as wrk does: unpacked, so that
// all three sides write the same bytes.
func measurePage(t *table, s *sides, dir, page string) error {
	file := filepath.Join(dir, "page.html")
	body, err := keepAnswer(page, file)
	if err != nil {
		return err
	}
	bare, err := s.startBare(file)
	if err != nil {
		return err
	}
	nginx, err := s.startNginx(dir, file)
	if err != nil {
		return err
	}
	addresses := []string{page, bare + "/page.html", nginx + "/page.html"}
	rates := make([][]float64, len(addresses))
	for range rounds {
		for i, address := range addresses {
			rate, err := wrk(address)
			if err != nil {
				return err
			}
			rates[i] = append(rates[i], rate)
		}
	}
	ours, ceiling, disk := median(rates[0]), median(rates[1]), median(rates[2])
	t.add(fmt.Sprintf("a guest's chapter page (3,000 words, %d bytes)", len(body)), fmt.Sprintf("%.0f/s = %.2f×", ours, ours/ceiling), fmt.Sprintf("bare net/http %.0f/s", ceiling), "≥ 0.9×")
	t.add("the same", fmt.Sprintf("%.0f/s = %.2f×", ours, ours/disk), fmt.Sprintf("nginx %.0f/s", disk), "≥ 0.4×")
	return nil
}

// keepAnswer keeps the bytes of a page, unpacked, and its header lines.
func keepAnswer(page, file string) ([]byte, error) {
	request, err := http.NewRequest(http.MethodGet, page, nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Accept-Encoding", "identity")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		return nil, err
	}
	answer.Header.Del("Date") // the server writes its own
	lines, err := json.Marshal(answer.Header)
	if err != nil {
		return nil, err
	}
	return body, errorOr(os.WriteFile(file, body, 0o644), os.WriteFile(file+".headers", lines, 0o644))
}

var requests = regexp.MustCompile(`Requests/sec:\s+([\d.]+)`)

func wrk(address string) (float64, error) {
	out, err := exec.Command("wrk", "-t1", "-c8", "-d"+duration, address).Output()
	if err != nil {
		return 0, fmt.Errorf("wrk %s: %w", address, err)
	}
	if strings.Contains(string(out), "Non-2xx") {
		return 0, fmt.Errorf("wrk %s: not all answers were good: %s", address, out)
	}
	found := requests.FindSubmatch(out)
	if found == nil {
		return 0, fmt.Errorf("wrk said nothing of its rate: %s", out)
	}
	return strconv.ParseFloat(string(found[1]), 64)
}

func median(list []float64) float64 {
	sorted := slices.Sorted(slices.Values(list))
	return sorted[len(sorted)/2]
}
