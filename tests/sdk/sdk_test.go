// Package sdk runs the tests of the npm client against a real process.
package sdk

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"testing"

	"github.com/tackleboxdev/tacklebox/internal/apptest"
)

func TestClient(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat("node_modules"); errors.Is(err, fs.ErrNotExist) {
		t.Skip("the client is not installed: run `make deps`")
	}
	folder := apptest.NewFolder(t)
	folder.Write(t, "pb_hooks/slug.pb.js", `
		const slug = (text) => text.toLowerCase().replaceAll(" ", "-")
		onRecordBeforeCreateRequest((e) => e.record.set("slug", slug(e.record.getString("title"))), "posts")
	`)
	server := folder.Serve(t, "--dev=false")
	server.Admin()

	cmd := exec.CommandContext(t.Context(), "node", "--test", "--test-reporter=spec", "client.test.js")
	cmd.Env = append(os.Environ(),
		"APP_URL="+server.URL, "ADMIN_EMAIL="+apptest.AdminEmail, "ADMIN_PASSWORD="+apptest.AdminPassword)
	out, err := cmd.CombinedOutput()
	t.Logf("%s", out)
	if err != nil {
		t.Fatalf("node --test: %v\n%s", err, server.Output())
	}
}
