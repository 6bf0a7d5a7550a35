package daos

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/tackleboxdev/tacklebox/core/db/sqltext"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/schema"
)

const (
	// maxExpandDepth bounds how many relations a path may follow.
	maxExpandDepth = 6
	// maxBackRelations bounds the records that are expanded for one record through a
	// relation that points to it.
	maxBackRelations = 1000
)

// legacyBackRelation is the older form of collection_via_field.
var legacyBackRelation = regexp.MustCompile(`^(\w+)\((\w+)\)$`)

// ExpandFetchFunc loads related records. It may leave out those that are not to be seen.
type ExpandFetchFunc func(relCollection *models.Collection, relIds []string) ([]*models.Record, error)

// ExpandRecord is ExpandRecords for one record.
func (d *Dao) ExpandRecord(record *models.Record, expands []string, optFetchFunc ExpandFetchFunc) map[string]error {
	return d.ExpandRecords([]*models.Record{record}, expands, optFetchFunc)
}

// ExpandRecords loads the related records that dotted paths of relation fields
// (field.field, collection_via_field) lead to and adds them to the records, which have to be of
// one collection. Each relation is loaded once for all records. It returns the paths that could
// not be followed; the others are expanded regardless. Without a fetch function everything
// related is loaded.
func (d *Dao) ExpandRecords(records []*models.Record, expands []string, optFetchFunc ExpandFetchFunc) map[string]error {
	e := expander{dao: d, fetch: optFetchFunc, failed: map[string]error{}}
	if e.fetch == nil {
		e.fetch = func(c *models.Collection, ids []string) ([]*models.Record, error) {
			return d.FindRecordsByIds(c.Id, ids)
		}
	}
	e.expand(records, expandTree(expands), 1)
	return e.failed
}

// expandNode is a relation with what to expand behind it. A path ends here for each of paths.
type expandNode struct {
	name     string
	paths    []string
	children []*expandNode
}

// expandTree merges paths that begin alike.
func expandTree(paths []string) []*expandNode {
	root := &expandNode{}
	for _, path := range paths {
		node := root
		for name := range strings.SplitSeq(path, ".") {
			at := slices.IndexFunc(node.children, func(n *expandNode) bool { return n.name == name })
			if at < 0 {
				at = len(node.children)
				node.children = append(node.children, &expandNode{name: name})
			}
			node = node.children[at]
		}
		node.paths = append(node.paths, path)
	}
	return root.children
}

// allPaths returns the paths that end at the node or behind it.
func (n *expandNode) allPaths() []string {
	paths := slices.Clone(n.paths)
	for _, child := range n.children {
		paths = append(paths, child.allPaths()...)
	}
	return paths
}

type expander struct {
	dao    *Dao
	fetch  ExpandFetchFunc
	failed map[string]error
}

func (e *expander) expand(records []*models.Record, nodes []*expandNode, depth int) {
	if len(records) == 0 {
		return
	}
	for _, node := range nodes {
		related, err := e.follow(records, node, depth)
		if err != nil {
			for _, path := range node.allPaths() {
				e.failed[path] = err
			}
			continue
		}
		e.expand(related, node.children, depth+1)
	}
}

// follow expands one relation of the records and returns what it found.
func (e *expander) follow(records []*models.Record, node *expandNode, depth int) ([]*models.Record, error) {
	if depth > maxExpandDepth {
		return nil, fmt.Errorf("max nested expand depth %d reached", maxExpandDepth)
	}
	c := records[0].Collection()
	if c == nil {
		return nil, errors.New("a record has no collection")
	}
	relation, err := e.dao.relation(c, node.name)
	if err != nil {
		return nil, err
	}
	idsOf, err := relation.ids(e.dao, records)
	if err != nil {
		return nil, err
	}
	ids := distinctIDs(records, idsOf)
	if len(ids) == 0 {
		return nil, nil
	}
	found, err := e.fetch(relation.target, ids)
	if err != nil {
		return nil, err
	}
	reuseExpanded(records, node.name, found)
	byID := make(map[string]*models.Record, len(found))
	for _, r := range found {
		byID[r.Id] = r
	}
	for _, record := range records {
		attach(record, node.name, relation.single, idsOf[record.Id], byID)
	}
	return found, nil
}

// reuseExpanded keeps what earlier calls have expanded behind the same related records.
func reuseExpanded(records []*models.Record, name string, found []*models.Record) {
	byID := make(map[string]*models.Record, len(found))
	for _, record := range records {
		for _, known := range record.ExpandedAll(name) {
			byID[known.Id] = known
		}
	}
	for _, r := range found {
		if known, ok := byID[r.Id]; ok {
			r.MergeExpand(known.Expand())
		}
	}
}

// attach sets the expand value of a record in the order of its ids.
func attach(record *models.Record, name string, single bool, ids []string, byID map[string]*models.Record) {
	related := make([]*models.Record, 0, len(ids))
	for _, id := range ids {
		if r, ok := byID[id]; ok {
			related = append(related, r)
		}
	}
	if len(related) == 0 {
		return
	}
	expand := record.Expand()
	if single {
		expand[name] = related[0]
	} else {
		expand[name] = related
	}
	record.SetExpand(expand)
}

func distinctIDs(records []*models.Record, idsOf map[string][]string) []string {
	seen := map[string]struct{}{}
	var ids []string
	for _, record := range records {
		for _, id := range idsOf[record.Id] {
			if _, ok := seen[id]; !ok {
				seen[id] = struct{}{}
				ids = append(ids, id)
			}
		}
	}
	return ids
}

// relation is one step of a path.
type relation struct {
	target *models.Collection
	field  *schema.SchemaField
	back   bool // the field is one of the target and points back
	single bool
}

// relation resolves a segment of a path from a collection.
func (d *Dao) relation(c *models.Collection, name string) (relation, error) {
	if via, field, ok := backRelation(name); ok {
		return d.backRelation(c, via, field)
	}
	field := c.Schema.GetFieldByName(name)
	if field == nil || relatedCollection(field) == "" {
		return relation{}, fmt.Errorf("couldn't find relation field %q in collection %q", name, c.Name)
	}
	target, err := d.collection(relatedCollection(field))
	if err != nil {
		return relation{}, fmt.Errorf("couldn't find the collection of relation field %q: %w", name, err)
	}
	return relation{target: target, field: field, single: !schema.IsMultiple(field)}, nil
}

func (d *Dao) backRelation(c *models.Collection, via, name string) (relation, error) {
	target, err := d.collection(via)
	if err != nil {
		return relation{}, fmt.Errorf("couldn't find back-related collection %q: %w", via, err)
	}
	field := target.Schema.GetFieldByName(name)
	if field == nil || relatedCollection(field) != c.Id {
		return relation{}, fmt.Errorf("couldn't find relation field %q of collection %q to %q", name, target.Name, c.Name)
	}
	return relation{target: target, field: field, back: true, single: sqltext.HasSingleUniqueIndex(name, target.Indexes)}, nil
}

// backRelation splits the two forms of a back relation.
func backRelation(name string) (collection, field string, ok bool) {
	if collection, field, ok = strings.Cut(name, "_via_"); ok {
		return collection, field, true
	}
	if m := legacyBackRelation.FindStringSubmatch(name); m != nil {
		return m[1], m[2], true
	}
	return "", "", false
}

// ids returns the related ids by record id.
func (r relation) ids(d *Dao, records []*models.Record) (map[string][]string, error) {
	idsOf := make(map[string][]string, len(records))
	if r.back {
		for chunk := range slices.Chunk(records, idsPerQuery) {
			found, err := d.backRelatedIDs(r.target, r.field, chunk)
			if err != nil {
				return nil, err
			}
			maps.Copy(idsOf, found)
		}
		return idsOf, nil
	}
	for _, record := range records {
		idsOf[record.Id] = record.GetStringSlice(r.field.Name)
	}
	return idsOf, nil
}

// backRelatedIDs returns the ids of the records that refer to the given ones.
func (d *Dao) backRelatedIDs(c *models.Collection, field *schema.SchemaField, records []*models.Record) (map[string][]string, error) {
	args := make([]any, len(records))
	for i, record := range records {
		args[i] = record.Id
	}
	id, column := d.quote(schema.FieldNameId), d.quote(field.Name)
	in := " IN (" + d.placeholders(0, len(args)) + ")"
	query := "SELECT t." + id + ", t." + column + " FROM " + d.quote(c.Name) + " t WHERE t." + column + in
	if schema.IsMultiple(field) {
		query = "SELECT t." + id + ", je.value FROM " + d.quote(c.Name) + " t, " +
			d.q.Dialect().JSONEach("t."+column) + " je WHERE je.value" + in
	}
	idsOf := make(map[string][]string, len(records))
	err := d.queryRows(query, args, func(row []any) error {
		from, to := columnText(row[0]), columnText(row[1])
		if list := idsOf[to]; len(list) < maxBackRelations && !slices.Contains(list[max(0, len(list)-1):], from) {
			idsOf[to] = append(list, from)
		}
		return nil
	})
	return idsOf, err
}
