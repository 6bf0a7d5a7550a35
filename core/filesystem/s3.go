package filesystem

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"sort"
	"strings"
	"sync"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// S3Config names a bucket of an S3 compatible server.
type S3Config struct {
	Bucket string
	Region string
	// Endpoint is the address of the server, with https if it names no scheme.
	Endpoint  string
	AccessKey string
	Secret    string
	// ForcePathStyle addresses the bucket as ENDPOINT/BUCKET instead of as
	// BUCKET.ENDPOINT.
	ForcePathStyle bool
}

const (
	s3Retries = 3
	// s3PartSize is how much of a large upload is sent, and on an error sent
	// again, at a time.
	s3PartSize = 16 << 20
	// s3Removals is how many objects are removed at a time.
	s3Removals = 8
)

// s3Driver keeps every blob in an object with the same key.
type s3Driver struct {
	client *minio.Client
	bucket string
}

var _ driver = (*s3Driver)(nil)

// NewS3 returns a System that keeps its files in a bucket, with the same keys
// as in a local directory. It does not connect: a wrong configuration shows
// with the first use. Connections are kept for the next use, so a System should
// be kept as well; see [Share].
func NewS3(config S3Config, options ...Option) (*System, error) {
	endpoint, err := parseEndpoint(config.Endpoint)
	if err != nil {
		return nil, err
	}
	secure := endpoint.Scheme == "https"
	transport, err := minio.DefaultTransport(secure)
	if err != nil {
		return nil, fmt.Errorf("open S3 storage: %w", err)
	}
	client, err := minio.New(endpoint.Host, &minio.Options{
		Creds:        credentials.NewStaticV4(config.AccessKey, config.Secret, ""),
		Secure:       secure,
		Region:       config.Region,
		BucketLookup: bucketLookup(config, endpoint.Hostname()),
		Transport:    transport,
		MaxRetries:   s3Retries,
	})
	if err != nil {
		return nil, fmt.Errorf("open S3 storage: %w", err)
	}
	id := "s3 " + endpoint.String() + " " + config.Bucket
	return newSystem(id, &s3Driver{client: client, bucket: config.Bucket}, options), nil
}

func parseEndpoint(endpoint string) (*url.URL, error) {
	if !strings.Contains(endpoint, "://") {
		endpoint = "https://" + endpoint
	}
	parsed, err := url.Parse(endpoint)
	if err != nil {
		return nil, fmt.Errorf("open S3 storage: %w", err)
	}
	if parsed.Host == "" || parsed.Scheme != "http" && parsed.Scheme != "https" {
		return nil, fmt.Errorf("open S3 storage: %q is not the address of a server", endpoint)
	}
	return parsed, nil
}

// bucketLookup puts the bucket into the host name unless that cannot work.
func bucketLookup(config S3Config, host string) minio.BucketLookupType {
	if config.ForcePathStyle || net.ParseIP(host) != nil || host == "localhost" {
		return minio.BucketLookupPath
	}
	return minio.BucketLookupDNS
}

func (d *s3Driver) stat(ctx context.Context, key string) (*Attributes, error) {
	info, err := d.client.StatObject(ctx, d.bucket, s3Key(key), minio.StatObjectOptions{})
	if err != nil {
		return nil, s3Error("read attributes of", key, err)
	}
	return s3Attributes(info), nil
}

func (d *s3Driver) open(ctx context.Context, key string) (io.ReadSeekCloser, *Attributes, error) {
	attrs, err := d.stat(ctx, key)
	if err != nil {
		return nil, nil, err
	}
	return &s3Reader{ctx: ctx, driver: d, key: key, attrs: attrs}, attrs, nil
}

func (d *s3Driver) write(ctx context.Context, key string, content io.Reader, a writeAttributes) error {
	metadata := make(map[string]string, len(a.metadata))
	for name, value := range a.metadata {
		metadata[name] = url.PathEscape(value) // headers hold ASCII only
	}
	_, err := d.client.PutObject(ctx, d.bucket, s3Key(key), contextReader{ctx, content}, a.size, minio.PutObjectOptions{
		ContentType:  a.contentType,
		UserMetadata: metadata,
		PartSize:     s3PartSize,
		NumThreads:   1,
	})
	return s3Error("store", key, err)
}

func (d *s3Driver) remove(ctx context.Context, key string) error {
	if _, err := d.stat(ctx, key); err != nil {
		return err // the removal itself does not tell
	}
	return d.removeObject(ctx, key)
}

func (d *s3Driver) removeObject(ctx context.Context, key string) error {
	err := d.client.RemoveObject(ctx, d.bucket, s3Key(key), minio.RemoveObjectOptions{})
	return s3Error("delete", key, err)
}

// sweep removes objects one by one: not every server knows the request that
// removes many.
func (d *s3Driver) sweep(ctx context.Context, _ string, objects []*ListObject) []error {
	var (
		wg     sync.WaitGroup
		mu     sync.Mutex
		failed []error
	)
	queue := make(chan string)
	for range min(s3Removals, len(objects)) {
		wg.Go(func() {
			for key := range queue {
				if err := d.removeObject(ctx, key); err != nil && !errors.Is(err, ErrNotFound) {
					mu.Lock()
					failed = append(failed, err)
					mu.Unlock()
				}
			}
		})
	}
	for _, object := range objects {
		queue <- object.Key
	}
	close(queue)
	wg.Wait()
	return failed
}

func (d *s3Driver) list(ctx context.Context, prefix string) ([]*ListObject, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel() // ends the listing when one page fails
	objects := []*ListObject{}
	for info := range d.client.ListObjects(ctx, d.bucket, minio.ListObjectsOptions{Prefix: prefix, Recursive: true}) {
		if info.Err != nil {
			return nil, s3Error("list", prefix, info.Err)
		}
		objects = append(objects, &ListObject{Key: unescapeKey(info.Key), ModTime: info.LastModified, Size: info.Size})
	}
	sort.Slice(objects, func(i, j int) bool { return objects[i].Key < objects[j].Key })
	return objects, nil
}

func s3Key(key string) string { return escapeKey(key, "") }

// s3Error says what failed, and tells missing objects from other failures.
func s3Error(what, key string, err error) error {
	if err == nil {
		return nil
	}
	if response := minio.ToErrorResponse(err); response.Code == minio.NoSuchKey {
		return ErrNotFound
	}
	return fmt.Errorf("%s %s: %w", what, key, err)
}

func s3Attributes(info minio.ObjectInfo) *Attributes {
	attrs := &Attributes{
		CacheControl:       info.Metadata.Get("Cache-Control"),
		ContentDisposition: info.Metadata.Get("Content-Disposition"),
		ContentEncoding:    info.Metadata.Get("Content-Encoding"),
		ContentLanguage:    info.Metadata.Get("Content-Language"),
		ContentType:        info.ContentType,
		CreateTime:         info.LastModified,
		ModTime:            info.LastModified,
		Size:               info.Size,
		ETag:               `"` + info.ETag + `"`,
	}
	for name, value := range info.UserMetadata {
		if plain, err := url.PathUnescape(value); err == nil {
			value = plain
		}
		if attrs.Metadata == nil {
			attrs.Metadata = map[string]string{}
		}
		attrs.Metadata[strings.ToLower(name)] = value
	}
	return attrs
}

// s3Reader reads an object from any position. It asks for the content with the
// first read, so that headers can be answered without it.
type s3Reader struct {
	ctx    context.Context //nolint:containedctx // reads belong to the call that opened the object
	driver *s3Driver
	key    string
	attrs  *Attributes
	offset int64
	body   io.ReadCloser
}

func (r *s3Reader) Read(p []byte) (int, error) {
	if r.offset >= r.attrs.Size {
		return 0, io.EOF
	}
	if r.body == nil {
		if err := r.request(); err != nil {
			return 0, err
		}
	}
	n, err := r.body.Read(p)
	r.offset += int64(n)
	if errors.Is(err, io.EOF) && r.offset < r.attrs.Size {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}

// request asks for the content from the current position on, as long as the
// object is still the one that was opened.
func (r *s3Reader) request() error {
	var options minio.GetObjectOptions
	if err := options.SetMatchETag(strings.Trim(r.attrs.ETag, `"`)); err != nil {
		return err
	}
	if r.offset > 0 {
		if err := options.SetRange(r.offset, 0); err != nil {
			return err
		}
	}
	core := minio.Core{Client: r.driver.client}
	body, _, _, err := core.GetObject(r.ctx, r.driver.bucket, s3Key(r.key), options)
	if err != nil {
		return s3Error("read", r.key, err)
	}
	r.body = body
	return nil
}

func (r *s3Reader) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += r.offset
	case io.SeekEnd:
		offset += r.attrs.Size
	}
	if offset < 0 {
		return r.offset, errors.New("seek before the start of the object")
	}
	if offset != r.offset {
		r.offset = offset
		return offset, r.Close()
	}
	return offset, nil
}

// Close ends the request that is under way. The reader starts another one when
// it is read again.
func (r *s3Reader) Close() error {
	body := r.body
	r.body = nil
	if body == nil {
		return nil
	}
	return body.Close()
}
