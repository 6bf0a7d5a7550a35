package excerpt_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/tackleboxdev/tacklebox/apis/excerpt"
)

func TestFromHTML(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		source string
		max    int
		dots   bool
		want   string
	}{
		{"", 10, true, ""},
		{"plain text", 100, true, "plain text"},
		{"plain text", 5, false, "plain"},
		{"plain text", 5, true, "plain..."},
		{"plain text", 6, true, "plain..."},
		{"  a \n\t b  ", 10, false, "a b"},
		{"<h1>A</h1><p>b<i>c</i></p>d", 10, false, "A bc d"},
		{"a<br>b", 10, false, "a b"},
		{"<script>x()</script><style>y{}</style><button>z</button>t", 10, false, "t"},
		{"a &amp; b", 10, false, "a & b"},
		{"äöü", 3, false, "ä"},
		{"<p>unclosed", 10, false, "unclosed"},
	} {
		got := excerpt.FromHTML(tc.source, excerpt.Options{Max: tc.max, WithEllipsis: tc.dots})
		if got != tc.want {
			t.Errorf("%q cut to %d: %q, want %q", tc.source, tc.max, got, tc.want)
		}
	}
}

func FuzzFromHTML(f *testing.F) {
	f.Add("<p>a<b>c</p>", 2)
	f.Add("<svg><a>ä", 1)
	f.Fuzz(func(t *testing.T, source string, limit int) {
		if limit < 1 || limit > 1000 {
			t.Skip()
		}
		got := excerpt.FromHTML(source, excerpt.Options{Max: limit})
		if len(got) > limit || strings.TrimSpace(got) != got || (utf8.ValidString(source) && !utf8.ValidString(got)) {
			t.Fatalf("%q cut to %d gave %q", source, limit, got)
		}
	})
}
