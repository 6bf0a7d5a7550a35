package resolver_test

import (
	"database/sql"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	_ "modernc.org/sqlite"

	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/resolver"
	"github.com/tackleboxdev/tacklebox/core/schema"
	"github.com/tackleboxdev/tacklebox/core/search"
)

// world is a small database with the collections of its tables.
type world struct {
	conn        *sql.DB
	collections []*models.Collection
	plans       search.Plans
}

func (w *world) Plans(base *models.Collection) *search.Plans {
	if slices.Contains(w.collections, base) {
		return &w.plans
	}
	return nil
}

// planless is the world without its plans.
type planless struct{ w *world }

func (p planless) FindCollectionByNameOrId(nameOrID string) (*models.Collection, error) {
	return p.w.FindCollectionByNameOrId(nameOrID)
}

// compile compiles a list with and without plans, which makes no difference.
func (w *world) compile(t testing.TB, collection string, q search.ListQuery, info *models.RequestInfo, allowHidden bool) (*search.Compiled, error) {
	t.Helper()
	base := w.collection(t, collection)
	plain, err := search.Compile(q, resolver.New(planless{w}, base, info, allowHidden))
	for range 2 {
		planned, planErr := search.Compile(q, resolver.New(w, base, info, allowHidden))
		if fmt.Sprint(err) != fmt.Sprint(planErr) || !sameList(q, plain, planned) {
			t.Errorf("plan of %v differs: %#v, %v, without %#v, %v", q, planned, planErr, plain, err)
		}
	}
	return plain, err
}

// sameList compares what was compiled one after the other, so that the time of
// day may differ.
func sameList(q search.ListQuery, a, b *search.Compiled) bool {
	if a == nil || b == nil {
		return a == b
	}
	for _, unit := range []string{"@now", "@second", "@minute", "@hour"} {
		if strings.Contains(fmt.Sprint(q.Filters), unit) {
			return a.Where == b.Where && len(a.WhereArgs) == len(b.WhereArgs)
		}
	}
	return reflect.DeepEqual(a, b)
}

func (w *world) FindCollectionByNameOrId(nameOrID string) (*models.Collection, error) {
	for _, c := range w.collections {
		if c.Id == nameOrID || strings.EqualFold(c.Name, nameOrID) {
			return c, nil
		}
	}
	return nil, sql.ErrNoRows
}

func (w *world) collection(t testing.TB, name string) *models.Collection {
	t.Helper()
	c, err := w.FindCollectionByNameOrId(name)
	if err != nil {
		t.Fatalf("collection %q: %v", name, err)
	}
	return c
}

func field(name, kind string, options any) *schema.SchemaField {
	return &schema.SchemaField{Id: "f_" + name, Name: name, Type: kind, Options: options}
}

func text(name string) *schema.SchemaField {
	return field(name, schema.FieldTypeText, &schema.TextOptions{})
}

func relation(name, target string, most int) *schema.SchemaField {
	options := &schema.RelationOptions{CollectionId: target}
	if most > 0 {
		options.MaxSelect = &most
	}
	return field(name, schema.FieldTypeRelation, options)
}

func newCollection(id, name, kind string, fields ...*schema.SchemaField) *models.Collection {
	c := &models.Collection{Name: name, Type: kind, Schema: schema.NewSchema(fields...)}
	c.Id = id
	return c
}

// newWorld returns users, who write and edit posts and are members of teams.
func newWorld(t testing.TB) *world {
	t.Helper()
	posts := newCollection("c_posts", "posts", models.CollectionTypeBase,
		text("title"), text("other"),
		field("views", schema.FieldTypeNumber, &schema.NumberOptions{}),
		field("live", schema.FieldTypeBool, &schema.BoolOptions{}),
		field("day", schema.FieldTypeDate, &schema.DateOptions{}),
		field("kind", schema.FieldTypeSelect, &schema.SelectOptions{MaxSelect: 1, Values: []string{"a", "b"}}),
		field("tags", schema.FieldTypeSelect, &schema.SelectOptions{MaxSelect: 3, Values: []string{"x", "y", "z"}}),
		field("files", schema.FieldTypeFile, &schema.FileOptions{MaxSelect: 5, MaxSize: 1}),
		field("meta", schema.FieldTypeJson, &schema.JsonOptions{MaxSize: 1}),
		relation("author", "c_users", 1), relation("editors", "c_users", 0), relation("parent", "c_posts", 1),
	)
	users := newCollection("c_users", "users", models.CollectionTypeAuth,
		text("name"), field("score", schema.FieldTypeNumber, &schema.NumberOptions{}),
		field("roles", schema.FieldTypeSelect, &schema.SelectOptions{MaxSelect: 2, Values: []string{"admin", "dev"}}),
		field("meta", schema.FieldTypeJson, &schema.JsonOptions{MaxSize: 1}),
		relation("team", "c_teams", 1),
	)
	teams := newCollection("c_teams", "teams", models.CollectionTypeBase,
		text("title"), relation("members", "c_users", 0), relation("boss", "c_users", 1))
	teams.Indexes = []string{"CREATE UNIQUE INDEX boss_idx ON teams (boss)"}

	w := &world{conn: openMemory(t), collections: []*models.Collection{posts, users, teams}}
	for _, c := range w.collections {
		w.create(t, c)
	}
	w.fill(t)
	return w
}

func openMemory(t testing.TB) *sql.DB {
	t.Helper()
	conn, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	conn.SetMaxOpenConns(1)
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}

func (w *world) create(t testing.TB, c *models.Collection) {
	t.Helper()
	columns := []string{"id TEXT PRIMARY KEY", "created TEXT DEFAULT ''", "updated TEXT DEFAULT ''"}
	if c.IsAuth() {
		columns = append(columns, "username TEXT DEFAULT ''", "email TEXT DEFAULT ''", "emailVisibility BOOLEAN DEFAULT FALSE",
			"verified BOOLEAN DEFAULT FALSE", "tokenKey TEXT DEFAULT ''", "passwordHash TEXT DEFAULT ''",
			"lastResetSentAt TEXT DEFAULT ''", "lastVerificationSentAt TEXT DEFAULT ''", "lastLoginAlertSentAt TEXT DEFAULT ''")
	}
	for _, f := range c.Schema.Fields() {
		columns = append(columns, f.Name+" "+f.ColDefinition())
	}
	w.exec(t, "CREATE TABLE "+c.Name+" ("+strings.Join(columns, ", ")+")")
}

func (w *world) exec(t testing.TB, query string, args ...any) {
	t.Helper()
	if _, err := w.conn.Exec(query, args...); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}

func (w *world) fill(t testing.TB) {
	t.Helper()
	w.exec(t, `INSERT INTO users (id, username, email, emailVisibility, verified, name, score, roles, meta, team) VALUES
		('u1', 'ann', 'ann@x.io', 1, 1, 'Ann', 10, '["admin","dev"]', '{"lang":"de","n":[1,{"k":"v"}]}', 't1'),
		('u2', 'bob', 'bob@x.io', 0, 0, 'Bob', 0, '[]', 'null', ''),
		('u3', 'cid', '', 0, 1, '', 2.5, '["dev"]', NULL, 't2')`)
	w.exec(t, `INSERT INTO teams (id, title, members, boss) VALUES
		('t1', 'red', '["u1","u2"]', 'u1'), ('t2', 'blue', '["u3"]', 'u3'), ('t3', 'empty', '[]', '')`)
	w.exec(t, `INSERT INTO posts (id, created, title, other, views, live, day, kind, tags, files, meta, author, editors, parent) VALUES
		('p1', '2024-01-01 10:00:00.000Z', 'One', 'One', 10, 1, '2024-05-05 00:00:00.000Z', 'a', '["x","y"]', '["f1","f2"]', '{"a":{"b":[1,2,{"c":"deep"}]},"n":5,"t":"5"}', 'u1', '["u1","u2"]', ''),
		('p2', '2024-01-02 10:00:00.000Z', 'two 50%', '', 0, 0, '', '', '[]', '[]', 'null', 'u2', '["u2"]', 'p1'),
		('p3', '2024-01-03 10:00:00.000Z', '', '', -1.5, 1, '2030-01-01 00:00:00.000Z', 'b', '["x"]', '["f1"]', '"text"', '', '[]', 'p2'),
		('p4', '2024-01-04 10:00:00.000Z', 'a_b', 'x', 5, 0, '', 'a', '["x","y","z"]', '[]', NULL, 'u3', '["u1","u3"]', 'p3')`)
}

// find returns the sorted ids of the records that a filter selects.
func (w *world) find(t testing.TB, collection, filter string, info *models.RequestInfo, allowHidden bool) ([]string, error) {
	t.Helper()
	ids, err := w.list(t, collection, search.ListQuery{Filters: []search.FilterData{search.FilterData(filter)}}, info, allowHidden)
	slices.Sort(ids)
	return ids, err
}

// list returns the ids of a list in its order, and checks the count query.
func (w *world) list(t testing.TB, collection string, q search.ListQuery, info *models.RequestInfo, allowHidden bool) ([]string, error) {
	t.Helper()
	compiled, err := w.compile(t, collection, q, info, allowHidden)
	if err != nil {
		return nil, err
	}
	distinct, count := "", "COUNT(*)"
	if compiled.Distinct {
		distinct = "DISTINCT "
	}
	if compiled.CountDistinct {
		count = "COUNT(DISTINCT " + collection + ".id)"
	}
	where, order := "", ""
	if compiled.Where != "" {
		where = " WHERE " + compiled.Where
	}
	if compiled.OrderBy != "" {
		order = " ORDER BY " + compiled.OrderBy
	}
	query := fmt.Sprintf("SELECT %s%s.* FROM %s %s%s%s", distinct, collection, collection, compiled.Joins, where, order)
	ids, err := w.ids(query, compiled.Args())
	if err != nil {
		return nil, fmt.Errorf("%s: %w", query, err)
	}
	var total int
	query = fmt.Sprintf("SELECT %s FROM %s %s%s", count, collection, compiled.CountJoins, where)
	if err := w.conn.QueryRow(query, compiled.CountArgs()...).Scan(&total); err != nil {
		return nil, fmt.Errorf("%s: %w", query, err)
	}
	if total != len(ids) {
		t.Errorf("count of %v is %d, but there are %v", q, total, ids)
	}
	return ids, nil
}

func (w *world) ids(query string, args []any) ([]string, error) {
	rows, err := w.conn.Query(query, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	names, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	ids := []string{}
	for rows.Next() {
		row, pointers := make([]any, len(names)), make([]any, len(names))
		for i := range row {
			pointers[i] = &row[i]
		}
		if err := rows.Scan(pointers...); err != nil {
			return nil, err
		}
		ids = append(ids, row[slices.Index(names, "id")].(string))
	}
	return ids, rows.Err()
}

// record loads a record.
func (w *world) record(t testing.TB, collection, id string) *models.Record {
	t.Helper()
	c := w.collection(t, collection)
	columns := c.Columns()
	quoted := make([]string, len(columns))
	for i, name := range columns {
		quoted[i] = "+`" + name + "`"
		if strings.HasPrefix(name, "last") { // not in the tables of the tests
			quoted[i] = "''"
		}
	}
	row, pointers := make([]any, len(columns)), make([]any, len(columns))
	for i := range row {
		pointers[i] = &row[i]
	}
	query := "SELECT " + strings.Join(quoted, ", ") + " FROM " + collection + " WHERE id = ?"
	if err := w.conn.QueryRow(query, id).Scan(pointers...); err != nil {
		t.Fatalf("record %s %s: %v", collection, id, err)
	}
	return models.NewRecordFromValues(c, row)
}

func newResolver(w *world, t testing.TB, collection string) *resolver.Resolver {
	t.Helper()
	return resolver.New(w, w.collection(t, collection), nil, true)
}
