package resolver

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/tackleboxdev/tacklebox/core/db/sqltext"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/schema"
	"github.com/tackleboxdev/tacklebox/core/search"
)

// maxRelations is how many relations a path may cross.
const maxRelations = 6

// backRelation separates the collection and the field of a back-relation.
const backRelation = "_via_"

// step is a join of a path. It is built once for the query and, where the path
// has several values for one row, once more for the subquery that selects them.
type step struct {
	build func(parent, alias string) (table, on search.Fragment)
}

// walk follows a path from a collection to a value.
type walk struct {
	r          *Resolver
	collection *models.Collection // where the path is
	alias      string             // of its row, quoted
	fromRoot   bool               // whether the path starts at the row of the query
	hidden     bool               // whether hidden fields may be compared
	lenient    bool               // whether unknown fields are NULL
	multi      bool               // whether there may be several values for one row
	relations  int
	steps      []step
}

func (r *Resolver) walk(from *models.Collection, alias string, fromRoot bool) *walk {
	return &walk{r: r, collection: from, alias: alias, fromRoot: fromRoot, hidden: r.allowHidden}
}

// follow resolves a path with an optional modifier at its end.
func (w *walk) follow(path string) (*search.ResolverResult, error) {
	result, err := w.segments(path)
	if err != nil && w.lenient && errors.As(err, new(unknownFieldError)) {
		return search.Null(), nil
	}
	return result, err
}

func (w *walk) segments(path string) (*search.ResolverResult, error) {
	path, modifier, err := cutModifier(path)
	if err != nil {
		return nil, err
	}
	segments := strings.Split(path, ".")
	last := len(segments) - 1
	for i, name := range segments[:last] {
		field := w.collection.Schema.GetFieldByName(name)
		switch {
		case field != nil && field.Type == schema.FieldTypeRelation:
			err = w.relation(field)
		case field != nil && field.Type == schema.FieldTypeJson:
			return w.json(field, segments[i+1:])
		case field == nil && strings.Contains(name, backRelation):
			err = w.back(name)
		case field != nil:
			err = fmt.Errorf("field %q is not a relation", name)
		default:
			err = unknown(name)
		}
		if err != nil {
			return nil, err
		}
	}
	return w.field(segments[last], modifier)
}

// join adds a step, unless the path shares it with one already followed. The
// key tells what is joined to the row where the path is.
func (w *walk) join(key string, fanOut bool, build func(parent, alias string) (table, on search.Fragment)) {
	w.steps = append(w.steps, step{build: build})
	key = w.alias + " " + key
	if alias, ok := w.r.aliases[key]; ok {
		w.alias = alias
		return
	}
	alias := "__j" + strconv.Itoa(len(w.r.joins))
	table, on := build(w.alias, alias)
	w.r.joins = append(w.r.joins, search.Join{Table: table, On: on, FanOut: fanOut})
	w.r.keys = append(w.r.keys, key)
	if w.r.aliases == nil {
		w.r.aliases = map[string]string{}
	}
	w.r.aliases[key] = alias
	w.alias = alias
}

// forget drops the joins past the first ones.
func (r *Resolver) forget(known int) {
	for _, key := range r.keys[known:] {
		delete(r.aliases, key)
	}
	r.joins, r.keys = r.joins[:known], r.keys[:known]
}

// hop counts a relation.
func (w *walk) hop() error {
	if w.relations == maxRelations {
		return errors.New("max nested relations reached")
	}
	w.relations++
	return nil
}

// relation moves on to the records that a relation field points to.
func (w *walk) relation(field *schema.SchemaField) error {
	if err := w.hop(); err != nil {
		return err
	}
	target, err := w.r.related(field)
	if err != nil {
		return err
	}
	column := "." + w.r.dialect.Quote(field.Name)
	if !schema.IsMultiple(field) {
		w.join(field.Name, false, func(parent, as string) (table, on search.Fragment) {
			return w.r.table(target, as), search.Fragment{SQL: as + ".id = " + parent + column}
		})
		w.collection = target
		return nil
	}
	w.multi = true
	w.each(field)
	w.join(field.Name, true, func(parent, as string) (table, on search.Fragment) {
		return w.r.table(target, as), search.Fragment{SQL: as + ".id = " + parent + ".value"}
	})
	w.collection = target
	return nil
}

// each moves on to the items of a field with several values.
func (w *walk) each(field *schema.SchemaField) {
	column := "." + w.r.dialect.Quote(field.Name)
	w.join(field.Name+":each", true, func(parent, as string) (table, on search.Fragment) {
		return search.Fragment{SQL: w.r.dialect.JSONEach(parent+column) + " " + as}, always
	})
}

// related returns the collection that a relation field points to.
func (r *Resolver) related(field *schema.SchemaField) (*models.Collection, error) {
	options, ok := field.Options.(*schema.RelationOptions)
	if !ok {
		if err := field.InitOptions(); err != nil {
			return nil, fmt.Errorf("read options of %q: %w", field.Name, err)
		}
		if options, ok = field.Options.(*schema.RelationOptions); !ok {
			return nil, fmt.Errorf("field %q is not a relation", field.Name)
		}
	}
	return r.find(options.CollectionId)
}

// back moves on to the records that point to this one: <collection>_via_<field>.
func (w *walk) back(name string) error {
	if err := w.hop(); err != nil {
		return err
	}
	collectionName, fieldName, _ := strings.Cut(name, backRelation)
	source, err := w.r.find(collectionName)
	if err != nil {
		return err
	}
	field := source.Schema.GetFieldByName(fieldName)
	if field == nil || field.Type != schema.FieldTypeRelation {
		return fmt.Errorf("field %q is not a relation of %q", fieldName, source.Name)
	}
	if target, err := w.r.related(field); err != nil {
		return err
	} else if target.Id != w.collection.Id {
		return fmt.Errorf("field %q of %q does not point to %q", fieldName, source.Name, w.collection.Name)
	}
	multiple := schema.IsMultiple(field)
	single := !multiple && sqltext.HasSingleUniqueIndex(field.Name, source.Indexes)
	column := "." + w.r.dialect.Quote(field.Name)
	w.join(source.Id+backRelation+field.Name, !single, func(parent, as string) (table, on search.Fragment) {
		table = w.r.table(source, as)
		if multiple {
			items := w.r.dialect.JSONEach(as + column)
			return table, search.Fragment{SQL: parent + ".id IN (SELECT value FROM " + items + ")"}
		}
		return table, search.Fragment{SQL: as + column + " = " + parent + ".id"}
	})
	w.multi = w.multi || !single
	w.collection = source
	return nil
}

// result returns the value of the row where the path is. The guard names the
// boolean column that has to be true for the value to be known, if any.
func (w *walk) result(value func(alias string) string, noCoalesce bool, guard string) *search.ResolverResult {
	result := &search.ResolverResult{
		Fragment:   search.Fragment{SQL: value(w.alias)},
		NoCoalesce: noCoalesce,
		Joined:     len(w.steps) > 0,
	}
	if guard != "" {
		result.Guard = w.alias + "." + w.r.dialect.Quote(guard) + " = TRUE"
	}
	if w.multi {
		result.Multi = w.values(value, guard)
	}
	return result
}

// values repeats the path in a subquery.
func (w *walk) values(value func(alias string) string, guard string) *search.MultiValue {
	const start = "__m"
	from := search.Fragment{SQL: "(SELECT 1) " + start}
	if w.fromRoot {
		from.SQL = w.r.root + " " + start
	}
	alias := start
	for i, step := range w.steps {
		next := start + strconv.Itoa(i)
		table, on := step.build(alias, next)
		from.SQL += " LEFT JOIN " + table.SQL + " ON " + on.SQL
		from.Args = append(append(from.Args, table.Args...), on.Args...)
		alias = next
	}
	if w.fromRoot {
		from.SQL += " WHERE " + start + ".id = " + w.r.root + ".id"
	}
	multi := &search.MultiValue{From: from, Value: search.Fragment{SQL: value(alias)}}
	if guard != "" {
		multi.Guard = alias + "." + w.r.dialect.Quote(guard) + " = TRUE"
	}
	return multi
}
