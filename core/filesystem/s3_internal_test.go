package filesystem

import (
	"testing"

	"github.com/minio/minio-go/v7"
)

func TestS3Addresses(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		endpoint, want string
		force          bool
		lookup         minio.BucketLookupType
	}{
		{"s3.eu-west-1.amazonaws.com", "https://s3.eu-west-1.amazonaws.com", false, minio.BucketLookupDNS},
		{"https://s3.eu-west-1.amazonaws.com", "https://s3.eu-west-1.amazonaws.com", true, minio.BucketLookupPath},
		{"http://storage.example.com:9000", "http://storage.example.com:9000", false, minio.BucketLookupDNS},
		{"http://127.0.0.1:9000", "http://127.0.0.1:9000", false, minio.BucketLookupPath},
		{"http://[::1]:9000", "http://[::1]:9000", false, minio.BucketLookupPath},
		{"http://localhost:9000", "http://localhost:9000", false, minio.BucketLookupPath},
	} {
		endpoint, err := parseEndpoint(tc.endpoint)
		if err != nil {
			t.Errorf("%s: %v", tc.endpoint, err)
			continue
		}
		lookup := bucketLookup(S3Config{ForcePathStyle: tc.force}, endpoint.Hostname())
		if endpoint.String() != tc.want || lookup != tc.lookup {
			t.Errorf("%s: %s, lookup %v", tc.endpoint, endpoint, lookup)
		}
	}
}
