package jsvm

import (
	"net/http"
	"path/filepath"
	"strings"
	"testing"
)

// TestErrorsArePrintedOnce checks that the console shows each error with its place
// after a save, and not once per request.
func TestErrorsArePrintedOnce(t *testing.T) {
	t.Parallel()
	const source = `const nothing: any = undefined;
		routerAdd("GET", "/bad", (c) => {
			nothing.boom();
		});
		routerAdd("GET", "/told", (c) => { throw new BadRequestError("for the client"); });`
	s := newScriptServer(t, map[string]string{"a.pb.ts": source})
	want := "Script error: TypeError: Cannot read property 'boom' of undefined or null\n    at <anonymous> (" +
		filepath.Join(s.dir, "a.pb.ts") + ":3:4)\n"
	for round := 1; round <= 2; round++ {
		for range 3 {
			s.request(http.MethodGet, "/bad", "")
			s.request(http.MethodGet, "/told", "")
		}
		if got := s.output.String(); got != strings.Repeat(want, round) {
			t.Fatalf("printed %q, want %q", got, strings.Repeat(want, round))
		}
		if err := s.host.reload(); err != nil {
			t.Fatal(err)
		}
	}
}
