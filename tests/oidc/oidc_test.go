// Package oidc signs users in through a real OpenID provider with the npm client.
package oidc

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"testing"

	"github.com/tackleboxdev/tacklebox/internal/apptest"
)

func TestOIDC(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat("node_modules"); errors.Is(err, fs.ErrNotExist) {
		t.Skip("the provider is not installed: run `make deps`")
	}
	server := apptest.NewFolder(t).Serve(t, "--dev=false")
	server.Admin()

	cmd := exec.CommandContext(t.Context(), "node", "--test", "--test-reporter=spec", "oidc.test.js")
	cmd.Env = append(os.Environ(),
		"APP_URL="+server.URL, "ADMIN_EMAIL="+apptest.AdminEmail, "ADMIN_PASSWORD="+apptest.AdminPassword)
	out, err := cmd.CombinedOutput()
	t.Logf("%s", out)
	if err != nil {
		t.Fatalf("node --test: %v\n%s", err, server.Output())
	}
}
