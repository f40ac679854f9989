package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"ficus/internal/archive"
)

// What downloads are measured with: a long novel on one page, taken by so many
// readers at once, each again and again.
const (
	readersAtOnce = 200
	downloadFor   = 10 * time.Second
	novelWords    = 1_000_000
)

// downloads measures what many readers take at once of a book that was bound
// before, beside the same file sent by http.ServeContent and nothing else, in
// turns.
func downloads(dir string) error {
	var sides sides
	defer sides.stop()
	address, err := sides.startFicus(dir)
	if err != nil {
		return err
	}
	work, err := postChapters(dir, address, chaptersOf(novelWords))
	if err != nil {
		return err
	}
	book := filepath.Join(dir, "novel.html")
	if err := fetchTo(work+".html", book); err != nil {
		return err
	}
	beside, err := sides.startServing(book)
	if err != nil {
		return err
	}
	clock := archive.SystemClock{}
	var ours, bare []float64
	for range 3 {
		for url, rates := range map[string]*[]float64{work + ".html": &ours, beside: &bare} {
			rate, err := taken(clock, url)
			if err != nil {
				return err
			}
			*rates = append(*rates, rate)
		}
	}
	size, err := os.Stat(book)
	if err != nil {
		return err
	}
	t := &table{}
	t.add(fmt.Sprintf("%d readers at once take a bound book of %.1f MB", readersAtOnce, float64(size.Size())/1e6),
		fmt.Sprintf("%.2f GB/s", median(ours)/1e9), fmt.Sprintf("http.ServeContent %.2f GB/s, ratio %.2f", median(bare)/1e9, median(ours)/median(bare)), "saturate loopback")
	fmt.Print(t)
	return nil
}

// taken is how many bytes a second all readers get together.
func taken(clock archive.Clock, url string) (float64, error) {
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: readersAtOnce}}
	ctx, end := context.WithTimeout(context.Background(), downloadFor)
	defer end()
	var bytes atomic.Int64
	var all sync.WaitGroup
	var failed atomic.Value
	began := clock.Now()
	for range readersAtOnce {
		all.Go(func() {
			for ctx.Err() == nil {
				if err := takeOnce(ctx, client, url, &bytes); err != nil && ctx.Err() == nil {
					failed.Store(err)
					return
				}
			}
		})
	}
	all.Wait()
	if err, is := failed.Load().(error); is {
		return 0, err
	}
	return float64(bytes.Load()) / clock.Now().Sub(began).Seconds(), nil
}

func takeOnce(ctx context.Context, client *http.Client, url string, bytes *atomic.Int64) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	answer, err := client.Do(r)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	n, err := io.Copy(io.Discard, answer.Body)
	bytes.Add(n)
	if err == nil && answer.StatusCode != http.StatusOK {
		err = errors.New(answer.Status)
	}
	return err
}

func fetchTo(url, path string) error {
	answer, err := http.Get(url)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	_, err = io.Copy(file, answer.Body)
	return errors.Join(err, file.Close())
}

// startServing serves a file by http.ServeContent in a process of its own.
func (s *sides) startServing(file string) (string, error) {
	address, err := freeAddress()
	if err != nil {
		return "", err
	}
	self, err := os.Executable()
	if err != nil {
		return "", err
	}
	return "http://" + address, errorOr(s.start(exec.Command(self, "sends", file, address)), waitFor(address))
}

func sendFile(path, address string) error {
	return http.ListenAndServe(address, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		file, err := os.Open(path)
		if err != nil {
			w.WriteHeader(http.StatusInternalServerError)
			return
		}
		defer file.Close()
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		http.ServeContent(w, r, "", time.Time{}, file)
	}))
}

// chaptersOf is a text of so many words in chapters of a size that may be sent.
func chaptersOf(words int) (chapters []map[string]any) {
	const each = 60_000
	for n := 1; words > 0; n, words = n+1, words-each {
		chapters = append(chapters, map[string]any{"title": fmt.Sprintf("Part %d", n), "text": storyFrom(uint32(n), min(words, each)), "read": "text"})
	}
	return chapters
}
