package sqltext_test

import (
	"testing"

	"github.com/tackleboxdev/tacklebox/core/db/sqltext"
)

func TestIndexInStoredForm(t *testing.T) {
	t.Parallel()

	cases := map[string]struct{ in, want string }{
		"one column":      {"create unique index idx on demo (title)", "CREATE UNIQUE INDEX `idx` ON `demo` (`title`)"},
		"double quotes":   {"CREATE INDEX \"a b\" ON \"demo\" (\n\"x\"\n);", "CREATE INDEX `a b` ON `demo` (`x`)"},
		"brackets":        {"create index [i] on [t]([c])", "CREATE INDEX `i` ON `t` (`c`)"},
		"if not exists":   {"create index if not exists main.i on t(c)", "CREATE INDEX IF NOT EXISTS `main`.`i` ON `t` (`c`)"},
		"several":         {"create index n on t (`a`, b collate nocase desc) where a != ''", "CREATE INDEX `n` ON `t` (\n  `a`,\n  `b` COLLATE nocase DESC\n) WHERE a != ''"},
		"expression":      {"create index n on t (lower(a), b asc)", "CREATE INDEX `n` ON `t` (\n  lower(a),\n  `b` ASC\n)"},
		"spaced":          {"create index n on t (a + 1)", "CREATE INDEX `n` ON `t` (a + 1)"},
		"comma in call":   {"create index n on t (json_extract(d, '$.a,b)'))", "CREATE INDEX `n` ON `t` (json_extract(d, '$.a,b)'))"},
		"where in parens": {"create index n on t (a) where (a > 1) and b = 'x)'", "CREATE INDEX `n` ON `t` (`a`) WHERE (a > 1) and b = 'x)'"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := sqltext.ParseIndex(tc.in)
			if err != nil || got.String() != tc.want {
				t.Fatalf("got %q, %v; want %q", got, err, tc.want)
			}
			again, err := sqltext.ParseIndex(got.String())
			if err != nil || again.String() != got.String() {
				t.Fatalf("not stable: %q, %v", again, err)
			}
		})
	}
}

func TestParseIndexInvalid(t *testing.T) {
	t.Parallel()

	for _, in := range []string{
		"", "select 1", "create index", "create index x", "create index x on", "create index x on t",
		"create index x on t ()", "create index x on t (a,)", "create index x on t (a", "create index x on t (a) where",
		"create index x on t (a) limit 1", "create index `x on t (a)", "createindex x on t (a)", "create index if x on t (a)",
	} {
		if idx, err := sqltext.ParseIndex(in); err == nil {
			t.Errorf("%q parsed as %+v", in, idx)
		}
	}
}

func TestHasSingleUniqueIndexIndex(t *testing.T) {
	t.Parallel()

	list := []string{"nonsense", "create index a on t(x)", "create unique index b on t(x,y)", "create unique index c on t(`Z`) where z != ''"}
	for column, want := range map[string]bool{"x": false, "y": false, "z": true} {
		if got := sqltext.HasSingleUniqueIndex(column, list); got != want {
			t.Errorf("%s: got %v", column, got)
		}
	}
}

func FuzzParseIndex(f *testing.F) {
	f.Add("create unique index `a` on \"b\" (c collate nocase desc, lower([d])) where e != ')'")
	f.Add("CreAte indeX`0`on\"0\"([ ])")
	f.Fuzz(func(t *testing.T, text string) {
		idx, err := sqltext.ParseIndex(text)
		if err != nil {
			return
		}
		again, err := sqltext.ParseIndex(idx.String())
		if err != nil {
			t.Fatalf("%q became %q: %v", text, idx.String(), err)
		}
		if again.String() != idx.String() {
			t.Fatalf("%q is not stable: %q", idx.String(), again.String())
		}
	})
}
