package apis_test

import (
	"net/http"
	"strings"
	"testing"
)

// emptyZip is an archive without files.
var emptyZip = "PK\x05\x06" + strings.Repeat("\x00", 18)

func TestBackupUpload(t *testing.T) {
	t.Parallel()
	s := serve(t)
	token := s.admin("a@example.com")
	upload := func(field, name, content string) call {
		body, contentType := multipartBody(t, part{name: field, filename: name, value: content})
		return call{method: http.MethodPost, path: "/api/backups/upload", token: token, body: body, contentType: contentType}
	}
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
