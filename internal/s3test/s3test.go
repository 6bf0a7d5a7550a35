// Package s3test gives tests a real S3 server, versitygw, on a folder of the
// test. `make deps` installs it.
package s3test

import (
	"bytes"
	"context"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"github.com/tackleboxdev/tacklebox/core/filesystem"
)

// ProgramEnv names the variable with the path of the server program. Without it
// the program is looked for where `make deps` puts it.
const ProgramEnv = "TACKLEBOX_S3_SERVER"

const (
	accessKey = "s3test"
	secret    = "s3test-secret"
	region    = "us-east-1"

	startLimit = 20 * time.Second
)

// Server is a running S3 server.
type Server struct {
	endpoint string
	client   *minio.Client
}

// Start starts a server that ends with the test. Where the program is not
// installed the test is skipped.
func Start(tb testing.TB) *Server {
	tb.Helper()
	program := findProgram()
	if program == "" {
		tb.Skip("no S3 server: run `make deps`")
	}
	addr := freeAddr(tb)
	// The attributes get a folder of their own: not every file system has a
	// place for them.
	objects, attributes := filepath.Join(tb.TempDir(), "objects"), filepath.Join(tb.TempDir(), "attributes")
	for _, dir := range []string{objects, attributes} {
		if err := os.Mkdir(dir, 0o755); err != nil {
			tb.Fatal(err)
		}
	}
	var output bytes.Buffer
	server := exec.CommandContext(context.Background(), program, "--quiet",
		"--port", addr, "--access", accessKey, "--secret", secret, "--region", region,
		"posix", "--sidecar", attributes, objects)
	server.Stdout, server.Stderr = &output, &output
	if err := server.Start(); err != nil {
		tb.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		_ = server.Wait() // it is killed
		close(ended)
	}()
	tb.Cleanup(func() {
		_ = server.Process.Kill()
		<-ended
		if tb.Failed() && output.Len() > 0 {
			tb.Logf("S3 server:\n%s", output.String())
		}
	})
	waitFor(tb, addr, ended)
	client, err := minio.New(addr, &minio.Options{Creds: credentials.NewStaticV4(accessKey, secret, ""), Region: region})
	if err != nil {
		tb.Fatal(err)
	}
	return &Server{endpoint: "http://" + addr, client: client}
}

// Bucket creates a bucket and returns how to reach it.
func (s *Server) Bucket(tb testing.TB, name string) filesystem.S3Config {
	tb.Helper()
	if err := s.client.MakeBucket(context.Background(), name, minio.MakeBucketOptions{Region: region}); err != nil {
		tb.Fatalf("create bucket: %v", err)
	}
	return filesystem.S3Config{
		Bucket: name, Region: region, Endpoint: s.endpoint,
		AccessKey: accessKey, Secret: secret, ForcePathStyle: true,
	}
}

// Objects returns the content types of all objects in a bucket by key.
func (s *Server) Objects(tb testing.TB, bucket string) map[string]string {
	tb.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	found := map[string]string{}
	for object := range s.client.ListObjects(ctx, bucket, minio.ListObjectsOptions{Recursive: true}) {
		if object.Err != nil {
			tb.Fatalf("list bucket: %v", object.Err)
		}
		info, err := s.client.StatObject(ctx, bucket, object.Key, minio.StatObjectOptions{})
		if err != nil {
			tb.Fatalf("read object: %v", err)
		}
		found[object.Key] = info.ContentType
	}
	return found
}

func findProgram() string {
	if program := os.Getenv(ProgramEnv); program != "" {
		return program
	}
	dir, err := os.Getwd()
	if err != nil {
		return ""
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return ""
		}
		dir = parent
	}
	if found, _ := filepath.Glob(filepath.Join(dir, ".bin", "versitygw-*")); len(found) > 0 {
		return found[len(found)-1]
	}
	return ""
}

// freeAddr returns an address that nobody listens on.
func freeAddr(tb testing.TB) string {
	tb.Helper()
	listener, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	return listener.Addr().String()
}

// waitFor returns when the server accepts connections.
func waitFor(tb testing.TB, addr string, ended <-chan struct{}) {
	tb.Helper()
	limit := time.After(startLimit)
	retry := time.NewTicker(10 * time.Millisecond)
	defer retry.Stop()
	for {
		if conn, err := net.DialTimeout("tcp", addr, time.Second); err == nil {
			_ = conn.Close()
			return
		}
		select {
		case <-retry.C:
		case <-ended:
			tb.Fatal("the S3 server ended at once")
		case <-limit:
			tb.Fatal("the S3 server did not start")
		}
	}
}
