package jsvm

import (
	"context"
	"reflect"

	"github.com/dop251/goja"
	"github.com/pocketbase/dbx"
)

// queryRuns are the methods of queries that ask the database.
var queryRuns = []string{"all", "column", "execute", "one", "row", "rows"}

// endWithCall makes the queries that a script writes itself end with its call.
func (info *typeInfo) endWithCall() {
	for _, name := range queryRuns {
		m, ok := info.members[name]
		if !ok {
			continue
		}
		bound := *m
		bound.call = func(env *environment, recv any, call goja.FunctionCall) goja.Value {
			bindQuery(env.context(), recv)
			fn := reflect.ValueOf(recv).Method(bound.method)
			return env.callGo(fn, fn.Type(), call.Arguments)
		}
		info.replace(&bound)
	}
}

// bindQuery gives a query a context. One that has its own keeps it.
func bindQuery(ctx context.Context, query any) {
	switch q := query.(type) {
	case *dbx.Query:
		if q.Context() == nil || q.Context() == context.Background() {
			q.WithContext(ctx)
		}
	case *dbx.SelectQuery:
		if q.Context() == nil || q.Context() == context.Background() {
			q.WithContext(ctx)
		}
	}
}
