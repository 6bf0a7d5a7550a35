package jsvm

import (
	"reflect"

	"github.com/pocketbase/dbx"
)

// dbxNamespace is the expressions of the query builder.
var dbxNamespace = namespace{
	Name:       "$dbx",
	Doc:        "Expressions for the conditions of database queries.",
	Migrations: true,
	Bind: func(*environment) members {
		return members{
			"and":        dbx.And,
			"between":    dbx.Between,
			"exists":     dbx.Exists,
			"exp":        dbx.NewExp,
			"hashExp":    hashExp,
			"in":         dbx.In,
			"like":       dbx.Like,
			"not":        dbx.Not,
			"notBetween": dbx.NotBetween,
			"notExists":  dbx.NotExists,
			"notIn":      dbx.NotIn,
			"notLike":    dbx.NotLike,
			"or":         dbx.Or,
			"orLike":     dbx.OrLike,
			"orNotLike":  dbx.OrNotLike,
		}
	},
}

// hashExp makes the columns equal their values. dbx reads only []any as a list
// of alternatives, while Go functions hand scripts typed slices, too.
func hashExp(pairs map[string]any) dbx.HashExp {
	expr := make(dbx.HashExp, len(pairs))
	for column, value := range pairs {
		expr[column] = alternatives(value)
	}
	return expr
}

// alternatives returns any kind of slice but bytes as []any, other values as they are.
func alternatives(value any) any {
	rv := reflect.ValueOf(value)
	for rv.Kind() == reflect.Pointer && rv.Elem().Kind() == reflect.Slice {
		rv = rv.Elem()
	}
	if rv.Kind() != reflect.Slice || rv.Type().Elem().Kind() == reflect.Uint8 {
		return value
	}
	list := make([]any, rv.Len())
	for i := range list {
		list[i] = rv.Index(i).Interface()
	}
	return list
}
