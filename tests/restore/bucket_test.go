package restore

import (
	"fmt"
	"maps"
	"net/http"
	"os"
	"slices"
	"testing"

	"github.com/tackleboxdev/tacklebox/core/filesystem"
	"github.com/tackleboxdev/tacklebox/internal/apptest"
	"github.com/tackleboxdev/tacklebox/internal/s3test"
)

// bucketSettings is what admins send to keep something in a bucket.
func bucketSettings(config filesystem.S3Config) map[string]any {
	return map[string]any{
		"enabled": true, "bucket": config.Bucket, "region": config.Region, "endpoint": config.Endpoint,
		"accessKey": config.AccessKey, "secret": config.Secret, "forcePathStyle": config.ForcePathStyle,
	}
}

// TestRestoreFromABucket restores a backup from a bucket on the running app.
// Files have a bucket of their own and are not part of it.
func TestRestoreFromABucket(t *testing.T) {
	t.Parallel()
	bucket := s3test.Start(t)
	backups, files := bucket.Bucket(t, "backups"), bucket.Bucket(t, "files")
	folder := apptest.NewFolder(t)
	addr := freeAddr(t)
	server := folder.Serve(t, "--http="+addr)
	server.URL = "http://" + addr
	token := server.Admin()
	server.Must(http.MethodPatch, "/api/settings", token, map[string]any{
		"backups": map[string]any{"s3": bucketSettings(backups)}, "s3": bucketSettings(files),
	})
	createThings(t, server, token)
	saveThing(t, server, http.MethodPost, collection, "thingbefore0001", "old")
	server.Must(http.MethodPost, "/api/backups", token, map[string]any{"name": "by_hand.zip"})
	saveThing(t, server, http.MethodPost, collection, "thingafter00001", "new")
	server.Must(http.MethodPost, "/api/backups/by_hand.zip/restore", token, nil)

	apptest.Eventually(t, func() error {
		answer, err := server.Do(http.MethodGet, collection+"/thingafter00001", "", nil)
		if err == nil && answer.Status != http.StatusNotFound {
			err = fmt.Errorf("not restored yet: %d", answer.Status)
		}
		return err
	})
	var thing struct{ Doc string }
	server.Must(http.MethodGet, collection+"/thingbefore0001", "", nil).JSON(t, &thing)
	if doc := server.Must(http.MethodGet, "/api/files/things/thingbefore0001/"+thing.Doc, "", nil); doc.Body != "old" {
		t.Errorf("the file is %q", doc.Body)
	}
	var list []struct{ Key string }
	server.Must(http.MethodGet, "/api/backups", token, nil).JSON(t, &list)
	if !slices.ContainsFunc(list, func(item struct{ Key string }) bool { return item.Key == "by_hand.zip" }) {
		t.Errorf("backups %v", list)
	}
	if objects := slices.Collect(maps.Keys(bucket.Objects(t, "files"))); len(objects) != 2 {
		t.Errorf("files %v", objects)
	}
	if code := server.Stop(); code != 0 {
		t.Errorf("exit code %d\n%s", code, server.Output())
	}
	checkIntegrity(t, folder.Path("pb_data", "data.db"))
	for _, name := range []string{"backups", "storage", ".pb_restore"} {
		if left, err := os.ReadDir(folder.Path("pb_data", name)); err == nil && len(left) > 0 {
			t.Errorf("%s holds %v", name, left)
		}
	}
}
