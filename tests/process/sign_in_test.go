package process_test

import (
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

const signInPath = "/api/collections/users/auth-with-password"

func signInBody(identity string) string {
	return fmt.Sprintf(`{"identity":%q,"password":"wrong"}`, identity)
}

// It does not run in parallel, so that no other test disturbs its clock.
func TestSignInTakesAsLongForUnknownAccounts(t *testing.T) {
	s := start(t, t.TempDir())
	status, body := request(t, http.MethodPost, s.url+"/api/collections/users/records",
		`{"username":"known","email":"known@example.com","password":"12345678","passwordConfirm":"12345678"}`)
	if status != http.StatusOK {
		t.Fatalf("create account: %d %s", status, body)
	}
	tries := []struct{ path, identity string }{
		{signInPath, "known@example.com"},
		{signInPath, "nobody@example.com"},
		{signInPath, "nobody"},
		{"/api/admins/auth-with-password", "nobody@example.com"},
	}
	// The least of several is what the work takes, whatever else the machine does.
	fastest := make([]time.Duration, len(tries))
	for range 3 {
		for i, try := range tries {
			started := time.Now()
			if status, body := request(t, http.MethodPost, s.url+try.path, signInBody(try.identity)); status != http.StatusBadRequest {
				t.Fatalf("sign in as %s: %d %s", try.identity, status, body)
			}
			if took := time.Since(started); fastest[i] == 0 || took < fastest[i] {
				fastest[i] = took
			}
		}
	}
	for i, try := range tries {
		if fastest[i] < fastest[0]/2 {
			t.Errorf("%s as %s is told after %s, a known address after %s", try.path, try.identity, fastest[i], fastest[0])
		}
	}
}

func TestSignInsLeaveRoomForOtherRequests(t *testing.T) {
	s := start(t, t.TempDir())
	var pending atomic.Int32
	var group sync.WaitGroup
	const burst = 8
	pending.Store(burst)
	for range burst {
		group.Go(func() {
			defer pending.Add(-1)
			request(t, http.MethodPost, s.url+signInPath, signInBody("nobody@example.com"))
		})
	}
	for range 50 {
		request(t, http.MethodGet, s.url+"/api/health", "")
	}
	if pending.Load() == 0 {
		t.Error("the sign-ins were done before the other requests")
	}
	group.Wait()
}
