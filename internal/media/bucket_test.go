package media

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"
	"github.com/minio/minio-go/v7"

	"ficus/internal/archive"
)

// eachBucket runs a test on a folder and on an S3 server in this process.
func eachBucket(t *testing.T, test func(t *testing.T, b Bucket)) {
	t.Run("folder", func(t *testing.T) { test(t, newFolder(t)) })
	t.Run("s3", func(t *testing.T) { test(t, newS3(t, gofakes3.New(s3mem.New()).Server())) })
}

func newFolder(t *testing.T) *Folder {
	t.Helper()
	folder, err := OpenFolder(filepath.Join(t.TempDir(), "files"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { folder.Close() })
	return folder
}

// newS3 gives a bucket named "archive" of the server.
func newS3(t *testing.T, handler http.Handler) *S3 {
	t.Helper()
	bucket := s3At(t, handler)
	if err := bucket.client.MakeBucket(context.Background(), "archive", minio.MakeBucketOptions{}); err != nil {
		t.Fatal(err)
	}
	return bucket
}

func s3At(t *testing.T, handler http.Handler) *S3 {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	host := strings.TrimPrefix(server.URL, "http://")
	opened, err := open("s3://key:secret-of-eight@" + host + "/archive/ficus?region=us-east-1&plain=yes")
	if err != nil {
		t.Fatal(err)
	}
	return opened.(*S3)
}

func put(b Bucket, key, content string, size int) error {
	return b.Put(context.Background(), key, strings.NewReader(content), int64(size), "text/plain")
}

func read(t *testing.T, b Bucket, key string) string {
	t.Helper()
	file, err := b.Get(context.Background(), key)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	content, err := io.ReadAll(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func TestBucketGivesBackWhatItWasGiven(t *testing.T) {
	eachBucket(t, func(t *testing.T, b Bucket) {
		if err := b.Check(context.Background()); err != nil {
			t.Fatal(err)
		}
		for _, content := range []string{"Nine words in a file, and not one more.", "a later version"} {
			if err := put(b, "manuscripts/7/ab-c.txt", content, len(content)); err != nil {
				t.Fatal(err)
			}
			if got := read(t, b, "manuscripts/7/ab-c.txt"); got != content {
				t.Errorf("gave back %q for %q", got, content)
			}
		}
	})
}

func TestBucketReadsFromAnyPlaceInAFile(t *testing.T) {
	eachBucket(t, func(t *testing.T, b Bucket) {
		if err := put(b, "a", "0123456789", 10); err != nil {
			t.Fatal(err)
		}
		file, err := b.Get(context.Background(), "a")
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		if size, err := file.Seek(0, io.SeekEnd); err != nil || size != 10 {
			t.Fatalf("the file has %d bytes, %v", size, err)
		}
		if _, err := file.Seek(7, io.SeekStart); err != nil {
			t.Fatal(err)
		}
		if rest, err := io.ReadAll(file); err != nil || string(rest) != "789" {
			t.Errorf("read %q, %v", rest, err)
		}
	})
}

func TestBucketKeepsAFileOfFiftyMegabytes(t *testing.T) {
	content := make([]byte, 50<<20)
	rand.Read(content[:1<<20])
	eachBucket(t, func(t *testing.T, b Bucket) {
		if err := b.Put(context.Background(), "large", bytes.NewReader(content), int64(len(content)), "text/plain"); err != nil {
			t.Fatal(err)
		}
		if got := read(t, b, "large"); got != string(content) {
			t.Errorf("the file changed: %d bytes", len(got))
		}
	})
}

func TestBucketMissesWhatIsNotThere(t *testing.T) {
	eachBucket(t, func(t *testing.T, b Bucket) {
		if _, err := b.Get(context.Background(), "no/such.file"); !errors.Is(err, archive.ErrNotFound) {
			t.Errorf("a missing file gave %v", err)
		}
		if err := b.Delete(context.Background(), "no/such.file"); err != nil {
			t.Errorf("deleting a missing file gave %v", err)
		}
		if err := put(b, "here", "x", 1); err != nil {
			t.Fatal(err)
		}
		if err := b.Delete(context.Background(), "here"); err != nil {
			t.Fatal(err)
		}
		if _, err := b.Get(context.Background(), "here"); !errors.Is(err, archive.ErrNotFound) {
			t.Errorf("a deleted file gave %v", err)
		}
	})
}

func TestBucketKeepsAWholeFileOrNothing(t *testing.T) {
	eachBucket(t, func(t *testing.T, b Bucket) {
		if err := put(b, "kept", "first", 5); err != nil {
			t.Fatal(err)
		}
		if err := put(b, "kept", "short", 9); err == nil {
			t.Error("a file with an end missing was kept")
		}
		if err := put(b, "kept", "too long", 5); err == nil {
			t.Error("a file longer than was said was kept")
		}
		if err := put(b, "kept", "", 0); err == nil {
			t.Error("an empty file was kept")
		}
		if got := read(t, b, "kept"); got != "first" {
			t.Errorf("a failed write left %q", got)
		}
	})
	folder := newFolder(t)
	if err := put(folder, "kept", "short", 9); err == nil {
		t.Error("a file with an end missing was kept")
	}
	if parts, err := os.ReadDir(filepath.Join(folder.root.Name(), partsFolder)); err != nil || len(parts) != 0 {
		t.Errorf("a failed write left %v, %v", parts, err)
	}
}

func TestBucketRefusesKeysThatLeadElsewhere(t *testing.T) {
	eachBucket(t, func(t *testing.T, b Bucket) {
		for _, key := range []string{
			"", "/", "/etc/passwd", "..", "../x", "a/../../x", "a//b", "a/", ".parts/x", "a/.b", `a\b`, "a b", "A", "a\x00", "ü", strings.Repeat("a", maxKey+1),
		} {
			if err := put(b, key, "x", 1); err == nil {
				t.Errorf("kept a file under %q", key)
			}
			if _, err := b.Get(context.Background(), key); err == nil || errors.Is(err, archive.ErrNotFound) {
				t.Errorf("looked for a file under %q: %v", key, err)
			}
			if err := b.Delete(context.Background(), key); err == nil {
				t.Errorf("deleted under %q", key)
			}
		}
	})
}

func TestFolderDoesNotFollowLinksOutOfItself(t *testing.T) {
	folder := newFolder(t)
	outside := t.TempDir()
	if err := os.WriteFile(filepath.Join(outside, "secret"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, filepath.Join(folder.root.Name(), "way")); err != nil {
		t.Fatal(err)
	}
	if _, err := folder.Get(context.Background(), "way/secret"); err == nil {
		t.Error("read a file outside the folder")
	}
	if err := put(folder, "way/new", "x", 1); err == nil {
		t.Error("wrote a file outside the folder")
	}
}

func TestAFullBucketSaysSoInOneSentence(t *testing.T) {
	answer := func(status int, code string) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(status)
			io.WriteString(w, `<?xml version="1.0"?><Error><Code>`+code+`</Code><Message>no</Message></Error>`)
		})
	}
	for _, c := range []struct {
		status int
		code   string
	}{{507, "XMinioStorageFull"}, {507, "Unheard"}, {403, "QuotaExceeded"}} {
		if err := put(s3At(t, answer(c.status, c.code)), "a", "x", 1); !errors.Is(err, ErrFull) {
			t.Errorf("%d %s gave %v", c.status, c.code, err)
		}
	}
	if err := put(s3At(t, answer(403, "AccessDenied")), "a", "x", 1); err == nil || errors.Is(err, ErrFull) {
		t.Errorf("a bucket that refuses gave %v", err)
	}
}

func TestABucketThatFailsFailsSoon(t *testing.T) {
	asked := 0
	bucket := s3At(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked++
		w.WriteHeader(http.StatusServiceUnavailable)
	}))
	if err := put(bucket, "a", "x", 1); err == nil {
		t.Fatal("a bucket that fails kept a file")
	}
	if asked != s3Tries {
		t.Errorf("asked %d times", asked)
	}
}

func TestAnAddressOfABucketNeedsEveryPart(t *testing.T) {
	whole, err := ParseS3("s3://k:s%2Fx@s3.example.org:9000/stories/ficus/files?region=eu-1")
	if err != nil {
		t.Fatal(err)
	}
	if want := (S3Config{Endpoint: "s3.example.org:9000", Bucket: "stories", Prefix: "ficus/files/", Key: "k", Secret: "s/x", Region: "eu-1"}); whole != want {
		t.Errorf("read %+v", whole)
	}
	for _, address := range []string{"s3://host/bucket", "s3://k:hush@host", "s3://k:hush@/bucket", "s3://:hush@host/bucket", "s3://k:hush@ho st/b"} {
		if _, err := ParseS3(address); err == nil {
			t.Errorf("%s was taken for a bucket", address)
		} else if strings.Contains(err.Error(), "hush") {
			t.Errorf("the error tells the secret: %v", err)
		}
	}
	if _, err := Open(context.Background(), filepath.Join(t.TempDir(), "files")); err != nil {
		t.Errorf("a folder: %v", err)
	}
}
