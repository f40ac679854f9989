package media

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// S3Config says where a bucket is and how it is entered.
type S3Config struct {
	Endpoint string // host or host:port
	Bucket   string
	Prefix   string // put before every key, such as "ficus/"; may be empty
	Key      string
	Secret   string
	Region   string // empty: the bucket is asked
	Plain    bool   // http instead of https, for a bucket on the same machine
}

// ParseS3 reads the address of a bucket:
// "s3://KEY:SECRET@HOST/BUCKET/PREFIX?region=REGION&plain=yes". The prefix and
// what follows "?" may be left out.
func ParseS3(address string) (S3Config, error) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "s3" {
		// The address holds a secret, so the error does not repeat it.
		return S3Config{}, errors.New("the address of the bucket is not of the form s3://KEY:SECRET@HOST/BUCKET")
	}
	bucket, prefix, _ := strings.Cut(strings.Trim(u.Path, "/"), "/")
	if prefix != "" {
		prefix += "/"
	}
	secret, _ := u.User.Password()
	c := S3Config{
		Endpoint: u.Host, Bucket: bucket, Prefix: prefix, Key: u.User.Username(), Secret: secret,
		Region: u.Query().Get("region"), Plain: u.Query().Get("plain") == "yes",
	}
	if c.Endpoint == "" || c.Bucket == "" || c.Key == "" || c.Secret == "" {
		return S3Config{}, errors.New("the address of the bucket lacks a key, a secret, a host or a name; it has the form s3://KEY:SECRET@HOST/BUCKET")
	}
	return c, nil
}

// S3 is a Bucket at any provider that speaks Amazon's protocol. Its address is
// the owner's word, so it may be on a private network.
type S3 struct {
	client *minio.Client
	bucket string
	prefix string
}

// What S3 answers in the place of HTTP: no such file, and no room.
const (
	statusMissing = 404
	statusFull    = 507
)

// A page waits for a file, so a bucket that fails is not asked ten times, as
// the library would.
const s3Tries = 3

// NewS3 makes a bucket; nothing is asked of the provider yet.
func NewS3(c S3Config) (*S3, error) {
	client, err := minio.New(c.Endpoint, &minio.Options{
		Creds:      credentials.NewStaticV4(c.Key, c.Secret, ""),
		Secure:     !c.Plain,
		Region:     c.Region,
		MaxRetries: s3Tries,
	})
	if err != nil {
		return nil, fmt.Errorf("open bucket %s: %w", c.Bucket, err)
	}
	return &S3{client: client, bucket: c.Bucket, prefix: c.Prefix}, nil
}

// Put keeps a file. S3 shows a file only when all of it has come.
func (s *S3) Put(ctx context.Context, key string, r io.Reader, size int64, mediaType string) error {
	if err := checkPut(key, size); err != nil {
		return err
	}
	// Our files are small enough to go in one request.
	options := minio.PutObjectOptions{ContentType: mediaType, DisableMultipart: true}
	_, err := s.client.PutObject(ctx, s.bucket, s.prefix+key, whole(r, size), size, options)
	if err != nil {
		return fmt.Errorf("keep file %s: %w", key, s3Error(err))
	}
	return nil
}

// Get opens a file.
func (s *S3) Get(ctx context.Context, key string) (io.ReadSeekCloser, error) {
	if err := checkKey(key); err != nil {
		return nil, err
	}
	object, err := s.client.GetObject(ctx, s.bucket, s.prefix+key, minio.GetObjectOptions{})
	if err != nil {
		return nil, fmt.Errorf("open file %s: %w", key, err)
	}
	// The library asks for the file when it is first read; whether it is
	// there is to be known now.
	if _, err := object.Stat(); err != nil {
		object.Close()
		if minio.ToErrorResponse(err).StatusCode == statusMissing {
			return nil, missing(key)
		}
		return nil, fmt.Errorf("open file %s: %w", key, err)
	}
	return object, nil
}

// Delete forgets a file.
func (s *S3) Delete(ctx context.Context, key string) error {
	if err := checkKey(key); err != nil {
		return err
	}
	if err := s.client.RemoveObject(ctx, s.bucket, s.prefix+key, minio.RemoveObjectOptions{}); err != nil {
		return fmt.Errorf("delete file %s: %w", key, err)
	}
	return nil
}

// Each lists the bucket below the prefix. What bears no name we would give is
// not ours.
func (s *S3) Each(ctx context.Context, fn func(key string, size int64) error) error {
	ctx, cancel := context.WithCancel(ctx) // the library lists on until then
	defer cancel()
	for object := range s.client.ListObjects(ctx, s.bucket, minio.ListObjectsOptions{Prefix: s.prefix, Recursive: true}) {
		if object.Err != nil {
			return fmt.Errorf("list the files: %w", object.Err)
		}
		key := strings.TrimPrefix(object.Key, s.prefix)
		if checkKey(key) != nil {
			continue
		}
		if err := fn(key, object.Size); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// Check asks whether the bucket is there and lets us in.
func (s *S3) Check(ctx context.Context) error {
	there, err := s.client.BucketExists(ctx, s.bucket)
	if err != nil {
		return fmt.Errorf("reach bucket %s: %w", s.bucket, err)
	}
	if !there {
		return fmt.Errorf("there is no bucket named %s; make it first, or correct its address", s.bucket)
	}
	return nil
}

// s3Error says of an error that there is no room left, in the words of the
// providers: Amazon has no limit, the others say 507 or one of these codes.
func s3Error(err error) error {
	response := minio.ToErrorResponse(err)
	switch response.Code {
	case "QuotaExceeded", "XMinioStorageFull", "XMinioAdminBucketQuotaExceeded", "InsufficientCapacity":
		return fmt.Errorf("%w (%w)", ErrFull, err)
	}
	if response.StatusCode == statusFull {
		return fmt.Errorf("%w (%w)", ErrFull, err)
	}
	return err
}
