package jsvm

import (
	"strings"
	"testing"
)

// TestListAnswers checks that what hooks do to the items of a list is what clients get.
func TestListAnswers(t *testing.T) {
	t.Parallel()
	s := newScriptServer(t, map[string]string{"a.pb.js": `
		onRecordsListRequest((e) => {
			const items = e.result.items;
			switch (e.httpContext.queryParam("do")) {
			case "splice": items.splice(0, 1); break;
			case "length": items.length = 1; break;
			case "push": items.push(new Record(e.collection, { title: "d" })); break;
			case "reverse": e.records.reverse(); break;
			case "filter": e.result.items = items.filter((r) => r.get("title") !== "b"); break;
			case "replace": e.result.items = [{ title: "x" }, null]; break;
			}
		}, "posts");`})
	for _, title := range []string{"a", "b", "c"} {
		s.request("POST", "/api/collections/posts/records", `{"title":"`+title+`"}`)
	}
	for do, want := range map[string]string{
		"splice": "b,c", "length": "a", "push": "a,b,c,d", "reverse": "c,b,a", "filter": "a,c", "replace": "x,null",
	} {
		body := s.get("/api/collections/posts/records?sort=title&fields=title&do=" + do)
		got := strings.NewReplacer(`{"title":"`, "", `"}`, "").Replace(body)
		if !strings.HasPrefix(got, `{"items":[`+want+`]`) {
			t.Errorf("%s: %s, want %s", do, body, want)
		}
	}
}
