package search_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/tackleboxdev/tacklebox/core/search"
)

// render writes a tree in a normal form.
func render(n *search.Node) string {
	if !n.IsGroup() {
		return fmt.Sprintf("%s %d %s", renderOperand(n.Left), n.Op, renderOperand(n.Right))
	}
	parts := make([]string, len(n.Group))
	for i, item := range n.Group {
		if i > 0 {
			parts[i] = string(item.Connector) + " "
		}
		parts[i] += render(item)
	}
	return "(" + strings.Join(parts, " ") + ")"
}

func renderOperand(o search.Operand) string {
	switch o.Kind {
	case search.OperandText:
		return fmt.Sprintf("%q", o.Text)
	case search.OperandNumber:
		return fmt.Sprint(o.Number)
	case search.OperandPlaceholder:
		return "{" + o.Text + "}"
	case search.OperandFunction:
		return o.Text + "()"
	}
	return o.Text
}

func TestParse(t *testing.T) {
	t.Parallel()
	tests := []struct{ filter, want string }{
		{"a=1", "(a 1 1)"},
		{"  a\t=\n1  ", "(a 1 1)"},
		{"a=1&&b!=-2.5||c>'x'", `(a 1 1 AND b 2 -2.5 OR c 3 "x")`},
		{"a>=1 && b<=1 && c<1 && d~1 && e!~1", "(a 4 1 AND b 6 1 AND c 5 1 AND d 7 1 AND e 8 1)"},
		{"a?=1&&a?!=1&&a?>1&&a?>=1&&a?<1&&a?<=1&&a?~1&&a?!~1", "(a 9 1 AND a 10 1 AND a 11 1 AND a 12 1 AND a 13 1 AND a 14 1 AND a 15 1 AND a 16 1)"},
		{"1=1", "(1 1 1)"},
		{"'a'='b'", `("a" 1 "b")`},
		{"@request.data.a:each = #x", "(@request.data.a:each 1 #x)"},
		{"_a.b.0 = null", "(_a.b.0 1 null)"},
		{"a = {:name}", "(a 1 {name})"},
		// groups
		{"(a=1)", "((a 1 1))"},
		{"((((a=1))))", "((a 1 1))"},
		{"a=1 && (b=2 || c=3)", "(a 1 1 AND (b 1 2 OR c 1 3))"},
		{"(a=1)(b=1)", "((a 1 1) AND (b 1 1))"},
		{"a=1 || (b=1)(c=1)", "(a 1 1 OR (b 1 1) OR (c 1 1))"},
		{"(a=1)b=1", "((a 1 1) AND b 1 1)"},
		{"a=1||(b=1)&&c=1", "(a 1 1 OR (b 1 1) AND c 1 1)"},
		// texts
		{`a='it\'s'`, `(a 1 "it's")`},
		{`a="say \"x\""`, `(a 1 "say \"x\"")`},
		{`a='\n\t\r\\'`, `(a 1 "\n\t\r\\")`},
		{`a='50\%\x'`, `(a 1 "50\\%\\x")`},
		{`a="'"&&b='"'`, `(a 1 "'" AND b 1 "\"")`},
		{"a=''", `(a 1 "")`},
		{"a='(b=1) && // no'", `(a 1 "(b=1) && // no")`},
		// comments
		{"a=1 // one", "(a 1 1)"},
		{"// first\na=1 && // second\nb=1", "(a 1 1 AND b 1 1)"},
		{"a // x\n = // y\n 1", "(a 1 1)"},
		// a call is read to its end
		{"f(1, 'a)', (x)) = 1", "(f() 1 1)"},
	}
	for _, test := range tests {
		for range 2 { // the second time from the cache
			node, err := search.Parse(test.filter)
			if err != nil {
				t.Errorf("%s: %v", test.filter, err)
				break
			}
			if got := render(node); got != test.want {
				t.Errorf("%s: got %s, want %s", test.filter, got, test.want)
			}
		}
	}
}

func TestParseErrors(t *testing.T) {
	t.Parallel()
	filters := []string{
		"", " ", "// comment", "\t\n",
		"()", "(  )", "a=1 && ()", "(())", "a=1()", "()a=1",
		"a", "a=", "=1", "a 1", "a = = 1", "a=1 b=1", "a=1(b=1)", "a=1 'x'", "'x'", "1",
		"a==1", "a=>1", "a<>1", "a!1", "a!!=1", "a?1", "a=!1", "a=~1", "a<<1",
		"a=1 &&", "&& a=1", "a=1 && && b=1", "a=1 & b=1", "a=1 | b=1", "a=1 &&& b=1", "a=1 || && b=1", "(&& a=1)", "(a=1 &&)",
		"a=1 AND b=1", "a=1 OR b=1", "NOT a=1",
		"(a=1", "a=1)", "((a=1)", ")", "(",
		"a='x", `a="x`, `a='x\'`, "a=`x`",
		"a=+5", "a=.5", "a=5.", "a=1e5", "a=-", "a=--1", "a=1.2.3", "a=0x1", "a=1a",
		"a.=1", "a:=1", "a-b=1", "a$=1", "a[0]=1", ".a=1", ":a=1", "a\r=1", "a;=1", "a=1;", "*=1", "a,b=1",
		"f(=1", "f('x)=1", "f((=1",
		"a={:}", "a={:x", "a={x}", "a={:a b}", "{", "a={:é}",
		"a=\x00", "a=\xff", "\u202e=1",
	}
	for _, filter := range filters {
		if node, err := search.Parse(filter); err == nil {
			t.Errorf("%q: got %s, want an error", filter, render(node))
		}
	}
}

func TestParseBounds(t *testing.T) {
	t.Parallel()
	nested := func(depth int) string {
		return strings.Repeat("(a=1 && ", depth) + "b=2" + strings.Repeat(")", depth)
	}
	if _, err := search.Parse(nested(search.MaxFilterDepth)); err != nil {
		t.Errorf("the deepest nesting: %v", err)
	}
	for _, filter := range []string{
		nested(search.MaxFilterDepth + 1),
		strings.Repeat("(", 100_000),
		strings.Repeat("(", 100_000) + "a=1" + strings.Repeat(")", 100_000),
		"a='" + strings.Repeat("x", search.MaxFilterLength) + "'",
		strings.Repeat("f(", 100_000),
	} {
		if _, err := search.Parse(filter); err == nil {
			t.Errorf("%.20q… of %d bytes is accepted", filter, len(filter))
		}
	}
	if _, err := search.Parse(strings.Repeat("a=1||", 40_000) + "a=1"); err != nil {
		t.Errorf("a long chain: %v", err)
	}
}

func TestParseConcurrently(t *testing.T) {
	t.Parallel()
	var wg sync.WaitGroup
	for worker := range 4 {
		wg.Go(func() {
			for i := range 2000 {
				filter := fmt.Sprintf("a%d = %d", i%700, worker%2)
				node, err := search.Parse(filter)
				want := fmt.Sprintf("(a%d 1 %d)", i%700, worker%2)
				if err != nil || render(node) != want {
					t.Errorf("%s: got %v, %v", filter, node, err)
					return
				}
			}
		})
	}
	wg.Wait()
}

func FuzzParseFilter(f *testing.F) {
	for _, seed := range []string{
		"a=1", "a='x' && (b~\"y\" || c?!=-1.5) // end", "((((a=1))))(b=2)", "a:each?=@request.data.b:isset", "f('(', g(1)) = {:x}",
		`a='\'\\\x' && b="\"`, "()", "a=1 && ", "\x00", "日本 = 'é'", "@collection.a:b.c > @now",
	} {
		f.Add(seed)
	}
	resolver := anyResolver{}
	f.Fuzz(func(t *testing.T, filter string) {
		node, err := search.Parse(filter)
		if err != nil {
			return
		}
		again, err := search.Parse("(" + filter + "\n)")
		if err == nil && strings.Trim(render(again), "()") != strings.Trim(render(node), "()") {
			t.Errorf("a group changes %q from %s to %s", filter, render(node), render(again))
		}
		condition, err := search.FilterData(filter).Build(resolver)
		if err != nil {
			return
		}
		if marks := strings.Count(condition.SQL, "?"); marks != len(condition.Args) {
			t.Errorf("%q: %d placeholders for %d arguments", filter, marks, len(condition.Args))
		}
		if strings.ContainsAny(strings.ReplaceAll(condition.SQL, `ESCAPE '\'`, ""), "\x00\n\"`\\;{}") {
			t.Errorf("%q reaches the SQL: %q", filter, condition.SQL)
		}
		if _, err := search.Evaluate(node, func(string) (any, bool) { return "a", true }); err != nil && !strings.Contains(err.Error(), "operand") &&
			!strings.Contains(err.Error(), "too long") {
			t.Errorf("%q: %v", filter, err)
		}
	})
}
