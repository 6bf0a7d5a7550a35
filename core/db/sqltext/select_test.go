package sqltext_test

import (
	"errors"
	"reflect"
	"testing"

	"github.com/tackleboxdev/tacklebox/core/db/sqltext"
)

func TestParseSelect(t *testing.T) {
	t.Parallel()

	type (
		col = sqltext.SelectColumn
		tab = sqltext.SelectTable
	)
	cases := map[string]struct {
		in   string
		cols []col
		tabs []tab
	}{
		"plain":         {"select id, a.title from demo", []col{{"id", ""}, {"a.title", ""}}, []tab{{"demo", "demo"}}},
		"aliases":       {"SELECT a.id AS id, (b.x) y, 'q, r' as `z`\nFROM `one` AS a\nLEFT JOIN [two] b ON a.id=b.x", []col{{"a.id", "id"}, {"(b.x)", "y"}, {"'q, r'", "z"}}, []tab{{"one", "a"}, {"two", "b"}}},
		"calls":         {"select count( * ) as total, cast(a + 1 as decimal(10,2)) b from t", []col{{"count( * )", "total"}, {"cast(a + 1 as decimal(10,2))", "b"}}, []tab{{"t", "t"}}},
		"no alias":      {"select a is null, a+ b, case when a then b end, x like y from t", []col{{"a is null", ""}, {"a+ b", ""}, {"case when a then b end", ""}, {"x like y", ""}}, []tab{{"t", "t"}}},
		"comments":      {"-- first\nselect /* x, */ id -- y, \nfrom t;", []col{{"id", ""}}, []tab{{"t", "t"}}},
		"many sources":  {"select distinct id from a, b as c inner join main.d using (id) where x in (select y from z)", []col{{"id", ""}}, []tab{{"a", "a"}, {"b", "c"}, {"d", "d"}}},
		"subquery":      {"select s.id from (select id from a) s", []col{{"s.id", ""}}, []tab{{"", "s"}}},
		"with":          {"with x as (select 1 as id) select id from x union select id from y", []col{{"id", ""}}, []tab{{"x", "x"}}},
		"without from":  {"select 1 as id, 2 as n where 1", []col{{"1", "id"}, {"2", "n"}}, nil},
		"quoted select": {"select 'from' as id from t", []col{{"'from'", "id"}}, []tab{{"t", "t"}}},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := sqltext.ParseSelect(tc.in)
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(got.Columns, tc.cols) || !reflect.DeepEqual(got.Tables, tc.tabs) {
				t.Fatalf("got %q %q", got.Columns, got.Tables)
			}
		})
	}
}

func TestParseSelectErrors(t *testing.T) {
	t.Parallel()

	for in, want := range map[string]error{
		"select id from a; select id from b": sqltext.ErrMultipleStatements,
		"select * from a":                    sqltext.ErrWildcard,
		"select id, a.* from a":              sqltext.ErrWildcard,
		"delete from a":                      sqltext.ErrNotSelect,
		"":                                   sqltext.ErrNotSelect,
	} {
		if _, err := sqltext.ParseSelect(in); !errors.Is(err, want) {
			t.Errorf("%q: got %v, want %v", in, err, want)
		}
	}
}

func TestSelectColumn(t *testing.T) {
	t.Parallel()

	cases := map[string]struct{ table, column, call, cast string }{
		"id":                       {"", "id", "", ""},
		"`a`.[b]":                  {"a", "b", "", ""},
		"12":                       {"", "", "", ""},
		"a+1":                      {"", "", "", ""},
		"COUNT(*)":                 {"", "", "count", ""},
		"count(*) + 1":             {"", "", "", ""},
		"cast(x as INTEGER)":       {"", "", "cast", "integer"},
		"cast(f(a, ')') as int)":   {"", "", "cast", "int"},
		"cast(x as decimal(10,2))": {"", "", "cast", "decimal"},
	}
	for expr, want := range cases {
		c := sqltext.SelectColumn{Expr: expr}
		table, column, _ := c.Reference()
		call, _, _ := c.Call()
		if table != want.table || column != want.column || call != want.call || c.CastType() != want.cast {
			t.Errorf("%q: got %q %q %q %q", expr, table, column, call, c.CastType())
		}
	}
}

func FuzzParseSelect(f *testing.F) {
	f.Add("with x as (select 1) select a.b c, count(*) as `d`, [e] from t as a left join (select 2) on 1 -- x\n where '1;'")
	f.Fuzz(func(_ *testing.T, text string) {
		q, err := sqltext.ParseSelect(text)
		if err != nil {
			return
		}
		for _, c := range q.Columns {
			c.Name()
			c.CastType()
		}
	})
}
