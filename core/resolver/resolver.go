// Package resolver tells the list language what the names in a filter of
// records stand for: columns of the collection, values across relations and
// back-relations, values of the request (@request.*) and rows of other
// collections (@collection.*).
//
// A path across other rows becomes a chain of LEFT JOINs. The same path always
// uses the same join, so conditions on it are about the same related row.
package resolver

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/pocketbase/dbx"

	"github.com/tackleboxdev/tacklebox/core/db"
	"github.com/tackleboxdev/tacklebox/core/db/sqlite"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/search"
)

// CollectionFinder finds the collections that paths lead to.
type CollectionFinder interface {
	FindCollectionByNameOrId(nameOrId string) (*models.Collection, error)
}

// Resolver resolves the fields of one query over the records of a collection.
// It is not safe for concurrent use.
type Resolver struct {
	finder      CollectionFinder
	base        *models.Collection
	info        *models.RequestInfo
	allowHidden bool
	dialect     db.Dialect
	root        string // the quoted table of the collection
	joins       []search.Join
	keys        []string          // what the joins join, for each of them
	aliases     map[string]string // of the joins, by their keys
}

var _ search.Planner = (*Resolver)(nil)

// New returns a resolver for records of the base collection. The info is the
// request that @request.* stands for; nil makes all of it NULL, as in the
// check of a rule. Unless allowHiddenFields, comparisons with an email address
// hold only for records that show theirs.
func New(finder CollectionFinder, base *models.Collection, info *models.RequestInfo, allowHiddenFields bool) *Resolver {
	r := &Resolver{finder: finder, base: base, info: info, allowHidden: allowHiddenFields}
	return r.WithDialect(sqlite.Dialect{})
}

// WithDialect sets the dialect of the SQL, that of SQLite by default, and
// returns the resolver. It has to come before anything is resolved.
func (r *Resolver) WithDialect(dialect db.Dialect) *Resolver {
	r.dialect = dialect
	r.root = dialect.Quote(r.base.Name)
	return r
}

// Dialect returns the dialect of the SQL.
func (r *Resolver) Dialect() db.Dialect { return r.dialect }

// Joins implements search.Joiner.
func (r *Resolver) Joins() []search.Join { return r.joins }

// planHolder is a finder that keeps compiled lists of the collections it finds.
type planHolder interface {
	// Plans returns nil if the collection is not one that the finder finds, a
	// changed copy for example.
	Plans(base *models.Collection) *search.Plans
}

// Plans implements search.Planner: lists are kept if the finder keeps them.
func (r *Resolver) Plans() (plans *search.Plans, key string) {
	holder, ok := r.finder.(planHolder)
	if !ok {
		return nil, ""
	}
	key = r.base.Id
	if r.allowHidden {
		key += " all"
	}
	if r.info == nil {
		key += " none"
	}
	return holder.Plans(r.base), key
}

// Reset implements search.Planner.
func (r *Resolver) Reset() { r.forget(0) }

// UpdateQuery implements search.FieldResolver: it adds the joins and, if they
// can repeat rows, makes the query distinct.
func (r *Resolver) UpdateQuery(query *dbx.SelectQuery) error {
	for i, join := range r.joins {
		table, params := join.Table.Named("j" + strconv.Itoa(i) + "_")
		query.LeftJoin(table, join.On.Expression()).AndBind(params)
		if join.FanOut {
			query.Distinct(true)
		}
	}
	return nil
}

// Resolve implements search.FieldResolver.
func (r *Resolver) Resolve(field string) (*search.ResolverResult, error) {
	switch {
	case strings.HasPrefix(field, "@request."):
		return r.request(field)
	case strings.HasPrefix(field, "@collection."):
		return r.collection(field)
	case !isPath(field) || !isWordByte(field[0]):
		return nil, unresolved(field)
	}
	return r.walk(r.base, r.root, true).follow(field)
}

// collection resolves @collection.<name>[:alias].<path>.
func (r *Resolver) collection(field string) (*search.ResolverResult, error) {
	target, path, _ := strings.Cut(strings.TrimPrefix(field, "@collection."), ".")
	name, alias, aliased := strings.Cut(target, ":")
	if !isWord(name) || (aliased && !isWord(alias)) || !isPath(path) {
		return nil, unresolved(field)
	}
	collection, err := r.find(name)
	if err != nil {
		return nil, err
	}
	w := r.walk(collection, "", false)
	w.multi, w.hidden = true, true
	w.join("@collection."+collection.Id+":"+alias, true, func(_, as string) (table, on search.Fragment) {
		return r.table(collection, as), always
	})
	return w.follow(path)
}

// find returns the collection with a name or id. The one that the query is over
// is taken as it was given, for it may be a draft.
func (r *Resolver) find(nameOrID string) (*models.Collection, error) {
	if nameOrID == r.base.Id || strings.EqualFold(nameOrID, r.base.Name) {
		return r.base, nil
	}
	collection, err := r.finder.FindCollectionByNameOrId(nameOrID)
	if err != nil {
		return nil, fmt.Errorf("find collection %q: %w", nameOrID, err)
	}
	return collection, nil
}

// always is the condition of a join with every row.
var always = search.Fragment{SQL: "TRUE"}

// table returns the table of a collection under an alias.
func (r *Resolver) table(collection *models.Collection, alias string) search.Fragment {
	return search.Fragment{SQL: r.dialect.Quote(collection.Name) + " " + alias}
}

// isPath reports whether text is made of word characters, dots and colons and
// ends in a word character.
func isPath(text string) bool {
	if text == "" || !isWordByte(text[len(text)-1]) {
		return false
	}
	for i := range len(text) {
		if ch := text[i]; ch != '.' && ch != ':' && !isWordByte(ch) {
			return false
		}
	}
	return true
}

func isWord(text string) bool { return isPath(text) && !strings.ContainsAny(text, ".:") }

func isWordByte(ch byte) bool {
	return ch == '_' || (ch >= '0' && ch <= '9') || (ch|0x20 >= 'a' && ch|0x20 <= 'z')
}
