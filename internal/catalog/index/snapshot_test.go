package index_test

import (
	"bufio"
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"ficus/internal/catalog/index"

	"pgregory.net/rapid"
)

// restart has an index go on from what a snapshot of it gives back.
func restart(t *rapid.T, x *index.Index) {
	var snapshot bytes.Buffer
	if err := x.Save(&snapshot); err != nil {
		t.Fatal(err)
	}
	back := index.New()
	if err := back.Restore(bytes.NewReader(snapshot.Bytes()), int64(snapshot.Len())); err != nil {
		t.Fatal(err)
	}
	var again bytes.Buffer
	if err := back.Save(&again); err != nil || !bytes.Equal(again.Bytes(), snapshot.Bytes()) {
		t.Fatalf("what a snapshot gives back is saved otherwise: %v", err)
	}
	if err := x.Restore(&snapshot, int64(snapshot.Len())); err != nil {
		t.Fatal(err)
	}
}

// Nothing that is cut off or is no snapshot is taken for one, and the index
// keeps what it had.
func TestWhatIsNoSnapshotIsRefused(t *testing.T) {
	x := index.New()
	x.Change(func(ch *index.Changes) {
		ch.PutWork(index.Work{ID: 7, Language: "en", Title: "lamp", Tags: []int64{1, 2}, Pseuds: []int64{3}, Muted: []int64{4}})
	})
	var snapshot bytes.Buffer
	if err := x.Save(&snapshot); err != nil {
		t.Fatal(err)
	}
	whole := snapshot.Bytes()
	for length := 0; length < len(whole); length += 1 + length/8 {
		if err := x.Restore(bytes.NewReader(whole[:length]), int64(length)); err == nil {
			t.Fatalf("%d bytes of %d are taken for a snapshot", length, len(whole))
		}
	}
	if err := x.Restore(bytes.NewReader(bytes.Repeat([]byte{0x7f}, 4096)), 4096); err == nil {
		t.Error("what is no snapshot is taken for one")
	}
	if found := x.Find(index.Query{Take: 10}); !slices.Equal(found.Works, []int64{7}) {
		t.Errorf("after all that it finds %v", found.Works)
	}
}

// BenchmarkSnapshot saves the index to a file, and restores it from there.
func BenchmarkSnapshot(b *testing.B) {
	_, x := built()
	file := filepath.Join(b.TempDir(), "index")
	for b.Loop() {
		began := time.Now()
		if err := kept(x, file); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(time.Since(began).Seconds(), "s/save")
		info, err := os.Stat(file)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(info.Size())/1e6, "MB")
		began = time.Now()
		if err := restored(index.New(), file); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(time.Since(began).Seconds(), "s/restore")
	}
}

// kept saves an index to a file.
func kept(x *index.Index, file string) error {
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	to := bufio.NewWriterSize(f, 1<<20)
	return errors.Join(x.Save(to), to.Flush(), f.Sync(), f.Close())
}

// restored reads an index from a file.
func restored(x *index.Index, file string) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	info, err := f.Stat()
	if err == nil {
		err = x.Restore(bufio.NewReaderSize(f, 1<<20), info.Size())
	}
	return errors.Join(err, f.Close())
}
