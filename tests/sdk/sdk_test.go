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
	runSuite(t, "client.test.js", `
		const slug = (text) => text.toLowerCase().replaceAll(" ", "-")
		onRecordBeforeCreateRequest((e) => e.record.set("slug", slug(e.record.getString("title"))), "posts")
	`)
}

func TestRealtime(t *testing.T) {
	t.Parallel()
	runSuite(t, "realtime.test.js", `
		const by = "first"
		onRealtimeBeforeMessageSend((e) => {
			const data = JSON.parse(String.fromCharCode(...e.message.data))
			if (data.record?.text !== "before" && data.record?.text !== "after") return
			data.record.by = by
			e.message.data = JSON.stringify(data)
		})
		routerAdd("POST", "/rewrite", (c) => {
			const file = __hooks + "/suite.pb.js"
			$os.writeFile(file, toString($os.readFile(file)).replace('"first"', '"second"'), 0o644)
			return c.json(200, {})
		})
		routerAdd("POST", "/push", (c) => {
			const message = new SubscriptionMessage({ name: "news", data: JSON.stringify($apis.requestInfo(c).data) })
			let sent = 0
			for (const client of Object.values($app.subscriptionsBroker().clients())) {
				if (client.hasSubscription("news")) { client.send(message); sent++ }
			}
			return c.json(200, { sent })
		})
	`)
}

func TestEveryMethod(t *testing.T) {
	t.Parallel()
	runSuite(t, "methods.test.js", `
		const keep = (name) => (e) => {
			$app.store().set("mailed." + name, e.meta.token)
			return false
		}
		onMailerBeforeAdminResetPasswordSend(keep("admin"))
		onMailerBeforeRecordVerificationSend(keep("verification"))
		onMailerBeforeRecordResetPasswordSend(keep("reset"))
		onMailerBeforeRecordChangeEmailSend(keep("email"))
		routerAdd("GET", "/mailed/:kind", (c) => c.json(200, { token: $app.store().get("mailed." + c.pathParam("kind")) }))
	`)
}

// runSuite runs a file of node tests against a process with a script.
func runSuite(t *testing.T, suite, script string) {
	t.Helper()
	if _, err := os.Stat("node_modules"); errors.Is(err, fs.ErrNotExist) {
		t.Skip("the client is not installed: run `make deps`")
	}
	folder := apptest.NewFolder(t)
	folder.Write(t, "pb_hooks/suite.pb.js", script)
	server := folder.Serve(t, "--dev=false")
	server.Admin()

	cmd := exec.CommandContext(t.Context(), "node", "--test", "--test-reporter=spec", suite)
	cmd.Env = append(os.Environ(),
		"APP_URL="+server.URL, "ADMIN_EMAIL="+apptest.AdminEmail, "ADMIN_PASSWORD="+apptest.AdminPassword)
	out, err := cmd.CombinedOutput()
	t.Logf("%s", out)
	if err != nil {
		t.Fatalf("node --test: %v\n%s", err, server.Output())
	}
}
