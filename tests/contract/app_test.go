package contract

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tackleboxdev/tacklebox/internal/apptest"
)

// TestRecordedAppGoesOn moves an app of v0.22 here: its users sign in with
// their passwords, tokens that v0.22 issued stay valid, files download and
// realtime works.
func TestRecordedAppGoesOn(t *testing.T) {
	t.Parallel()
	recorded := os.Getenv("TACKLEBOX_CONTRACT")
	if recorded == "" {
		return // there is no app to move
	}
	folder := apptest.NewFolder(t)
	copyTree(t, filepath.Join(recorded, "pb_data"), folder.Path("pb_data"))
	server := folder.Serve(t)

	var signedIn struct {
		Token  string
		Record struct{ ID, Email string }
	}
	server.Must(http.MethodPost, "/api/collections/users/auth-with-password", "", map[string]any{
		"identity": "test@example.com", "password": "1234567890",
	}).JSON(t, &signedIn)
	if signedIn.Record.Email != "test@example.com" {
		t.Errorf("signed in as %+v", signedIn.Record)
	}
	issued := recordedToken(t, filepath.Join(recorded, "cases", "records.jsonl"), "records-003")
	if answer := server.Must(http.MethodPost, "/api/collections/users/auth-refresh", issued, map[string]any{}); !strings.Contains(answer.Body, signedIn.Record.ID) {
		t.Errorf("refreshed as %s", answer.Body)
	}

	const file = "storage/_pb_users_auth_/4q1xlclmfloku33/300_1SEi6Q6U72.png"
	want, err := os.ReadFile(filepath.Join(recorded, "pb_data", filepath.FromSlash(file)))
	if err != nil {
		t.Fatal(err)
	}
	if got := server.Must(http.MethodGet, "/api/files/users/4q1xlclmfloku33/300_1SEi6Q6U72.png", "", nil); got.Body != string(want) {
		t.Errorf("the file has %d bytes, want %d", len(got.Body), len(want))
	}

	events := subscribe(t, server, "demo2/*", signedIn.Token)
	server.Must(http.MethodPatch, "/api/collections/demo2/records/0yxhwia2amd8gec", adminOf(t, server), map[string]any{"title": "heard"})
	if event := <-events; !strings.Contains(event, `"title":"heard"`) || !strings.Contains(event, `"action":"update"`) {
		t.Errorf("heard %q", event)
	}
}

func adminOf(t *testing.T, server *apptest.Server) string {
	t.Helper()
	var signedIn struct{ Token string }
	server.Must(http.MethodPost, "/api/admins/auth-with-password", "", map[string]any{
		"identity": "test@example.com", "password": "1234567890",
	}).JSON(t, &signedIn)
	return signedIn.Token
}

// recordedToken returns the token that a recorded request was sent with.
func recordedToken(t *testing.T, path, id string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(content)) {
		var c struct {
			ID      string
			Headers map[string]string
		}
		if err := json.Unmarshal([]byte(line), &c); err != nil {
			t.Fatal(err)
		}
		if c.ID == id {
			return c.Headers["Authorization"]
		}
	}
	t.Fatalf("no case %s in %s", id, path)
	return ""
}

// subscribe opens an event stream and returns the data of its messages.
func subscribe(t *testing.T, server *apptest.Server, topic, token string) <-chan string {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, server.URL+"/api/realtime", nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	events := make(chan string, 16)
	go readEvents(res.Body, events)
	var connected struct{ ClientID string }
	if err := json.Unmarshal([]byte(<-events), &connected); err != nil {
		t.Fatal(err)
	}
	server.Must(http.MethodPost, "/api/realtime", token, map[string]any{"clientId": connected.ClientID, "subscriptions": []string{topic}})
	return events
}

// readEvents ends when the stream does.
func readEvents(body io.ReadCloser, events chan<- string) {
	defer func() { _ = body.Close() }()
	defer close(events)
	lines := bufio.NewScanner(body)
	for lines.Scan() {
		if data, ok := strings.CutPrefix(lines.Text(), "data:"); ok {
			events <- data
		}
	}
}
