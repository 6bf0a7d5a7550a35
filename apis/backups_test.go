package apis_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/internal/s3test"
)

// emptyZip is an archive without files.
var emptyZip = "PK\x05\x06" + strings.Repeat("\x00", 18)

func backupUpload(t *testing.T, token, field, name, content string) call {
	t.Helper()
	body, contentType := multipartBody(t, part{name: field, filename: name, value: content})
	return call{method: http.MethodPost, path: "/api/backups/upload", token: token, body: body, contentType: contentType}
}

func TestBackupUpload(t *testing.T) {
	t.Parallel()
	s := serve(t)
	token := s.admin("a@example.com")
	upload := func(field, name, content string) call { return backupUpload(t, token, field, name, content) }
	s.expect([]expectation{
		{name: "nothing", call: call{method: http.MethodPost, path: "/api/backups/upload", token: token}, status: 400, contains: []string{"Missing or invalid uploaded file."}},
		{name: "other field", call: upload("other", "a.zip", emptyZip), status: 400, contains: []string{"Missing or invalid uploaded file."}},
		{name: "no archive", call: upload("file", "a.zip", "text"), status: 400, contains: []string{`"file":{"code":"validation_invalid_mime_type"`}},
		{name: "any name", call: upload("file", "My Backup!.zip", emptyZip), status: 204},
		{
			name: "taken name", call: upload("file", "My Backup!.zip", emptyZip), status: 400,
			contains: []string{`"file":{"code":"validation_backup_name_exists","message":"Backup file with the specified name already exists."}`},
		},
		{name: "list", call: call{path: "/api/backups", token: token}, status: 200, contains: []string{`[{"key":"My Backup!.zip","size":22,"modified":"`}},
	})
}

func TestBackupsInS3(t *testing.T) {
	t.Parallel()
	bucket := s3test.Start(t)
	config := bucket.Bucket(t, "backups")
	s := serve(t, func(app *core.App) { app.Settings().Backups.S3 = s3Settings(config) })
	token := s.admin("a@example.com")
	send := func(method, path, body string) call {
		return call{method: method, path: "/api/backups" + path, token: token, body: body}
	}
	download := "?token=" + s.fileToken(token)
	s.expect([]expectation{
		{name: "nothing yet", call: send("GET", "", ""), status: 200, contains: []string{"[]"}},
		{name: "create", call: send("POST", "", `{"name":"made.zip"}`), status: 204},
		{name: "taken name", call: send("POST", "", `{"name":"made.zip"}`), status: 400, contains: []string{"validation_backup_name_exists"}},
		{name: "upload", call: backupUpload(t, token, "file", "sent.zip", emptyZip), status: 204},
		{name: "upload again", call: backupUpload(t, token, "file", "sent.zip", emptyZip), status: 400, contains: []string{"validation_backup_name_exists"}},
		{name: "list", call: send("GET", "", ""), status: 200, contains: []string{`{"key":"made.zip","size":`, `{"key":"sent.zip","size":22,`}},
		{name: "download without a token", call: send("GET", "/sent.zip", ""), status: 403},
		{name: "download", call: send("GET", "/sent.zip"+download, ""), status: 200, contains: []string{emptyZip}},
		{name: "download of nothing", call: send("GET", "/none.zip"+download, ""), status: 400, contains: []string{"Failed to retrieve backup item."}},
		{name: "restore of nothing", call: send("POST", "/none.zip/restore", ""), status: 400, contains: []string{"Missing or invalid backup file."}},
		{name: "delete nothing", call: send("DELETE", "/none.zip", ""), status: 400, contains: []string{"Invalid or already deleted backup file."}},
		{name: "delete", call: send("DELETE", "/sent.zip", ""), status: 204},
	})
	got := s.do(call{method: "GET", path: "/api/backups/made.zip" + download, header: map[string]string{"Range": "bytes=0-3"}})
	if got.status != 206 || got.body != "PK\x03\x04" || got.header.Get("Content-Type") != "application/zip" {
		t.Errorf("part of the archive: %d %q %v", got.status, got.body, got.header)
	}
	if objects := bucket.Objects(t, "backups"); len(objects) != 1 || objects["made.zip"] != "application/zip" {
		t.Errorf("objects: %v", objects)
	}
	if local, err := os.ReadDir(filepath.Join(s.app.DataDir(), "backups")); err == nil {
		t.Errorf("there is a folder as well: %v", local)
	}
}

// TestBackupsWithoutABucket says what is wrong to admins, and keeps the secret.
func TestBackupsWithoutABucket(t *testing.T) {
	t.Parallel()
	config := s3test.Start(t).Bucket(t, "backups")
	secret := config.Secret
	config.Bucket = "missing"
	s := serve(t, func(app *core.App) { app.Settings().Backups.S3 = s3Settings(config) })
	token := s.admin("a@example.com")
	send := func(method, path string) call { return call{method: method, path: "/api/backups" + path, token: token} }
	s.expect([]expectation{
		{name: "list", call: send("GET", ""), status: 400, contains: []string{"Failed to retrieve backup items. Raw error: \\n", "bucket"}, lacks: []string{secret}},
		{name: "create", call: send("POST", ""), status: 400, contains: []string{"Failed to create backup."}, lacks: []string{secret}},
		{name: "upload", call: backupUpload(t, token, "file", "a.zip", emptyZip), status: 400, contains: []string{"Failed to upload backup."}, lacks: []string{secret}},
		{name: "download", call: send("GET", "/a.zip?token="+s.fileToken(token)), status: 400, contains: []string{"Failed to retrieve backup item."}, lacks: []string{secret}},
		{name: "delete", call: send("DELETE", "/a.zip"), status: 400, contains: []string{"Invalid or already deleted backup file."}, lacks: []string{secret}},
		{name: "restore", call: send("POST", "/a.zip/restore"), status: 400, contains: []string{"Missing or invalid backup file."}, lacks: []string{secret}},
		{name: "the app goes on", call: call{path: "/api/health", token: token}, status: 200, contains: []string{`"canBackup":true`}},
	})
	if left, err := os.ReadDir(filepath.Join(s.app.DataDir(), ".pb_temp_to_delete")); err != nil || len(left) > 1 { // the lock
		t.Errorf("left %v, %v", left, err)
	}
}
