package jsvm

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/schema"
	"github.com/tackleboxdev/tacklebox/core/types"
)

// migrationText is the generated migration of one change. The same change gives
// the same text; going up, down and up again ends where going up once does.
type migrationText struct {
	action     string // created, updated or deleted
	collection string // the name before the change
	up, down   string // function bodies; an empty up means that nothing changed
}

func (m migrationText) render(reference string) string {
	return reference + "\nmigrate((db) => {\n" + m.up + "}, (db) => {\n" + m.down + "})\n"
}

func createdMigration(c *models.Collection) (migrationText, error) {
	create, err := createBody(c)
	return migrationText{action: "created", collection: c.Name, up: create, down: deleteBody(c)}, err
}

func deletedMigration(c *models.Collection) (migrationText, error) {
	create, err := createBody(c)
	return migrationText{action: "deleted", collection: c.Name, up: deleteBody(c), down: create}, err
}

func updatedMigration(c, old *models.Collection) (migrationText, error) {
	m := migrationText{action: "updated", collection: old.Name}
	up, err := updateBody(old, c)
	if err != nil || up == "" {
		return m, err
	}
	down, err := updateBody(c, old)
	m.up, m.down = up, down
	return m, err
}

func createBody(c *models.Collection) (string, error) {
	c = c.Clone()
	if c.IsView() {
		c.Schema = schema.Schema{} // it follows from the query
	}
	text, err := literal(c)
	return "  const collection = new Collection(" + text + ");\n\n  return Dao(db).saveCollection(collection);\n", err
}

const bodyHead = "  const dao = new Dao(db);\n  const collection = dao.findCollectionByNameOrId(%q);\n\n"

func deleteBody(c *models.Collection) string {
	return fmt.Sprintf(bodyHead, c.Id) + "  return dao.deleteCollection(collection);\n"
}

// updateBody returns the statements that turn one definition into another, ""
// if there is nothing to do.
func updateBody(from, to *models.Collection) (string, error) {
	var b strings.Builder
	if err := assignments(&b, from, to); err != nil {
		return "", err
	}
	if !to.IsView() {
		if err := fieldStatements(&b, from.Schema.Fields(), to.Schema.Fields()); err != nil {
			return "", err
		}
	}
	if b.Len() == 0 {
		return "", nil
	}
	return fmt.Sprintf(bodyHead, to.Id) + b.String() + "\n  return dao.saveCollection(collection);\n", nil
}

// assignments writes the members that differ, fields aside.
func assignments(b *strings.Builder, from, to *models.Collection) error {
	for _, member := range []struct {
		name     string
		from, to any
	}{
		{"name", from.Name, to.Name},
		{"type", from.Type, to.Type},
		{"system", from.System, to.System},
		{"listRule", from.ListRule, to.ListRule},
		{"viewRule", from.ViewRule, to.ViewRule},
		{"createRule", from.CreateRule, to.CreateRule},
		{"updateRule", from.UpdateRule, to.UpdateRule},
		{"deleteRule", from.DeleteRule, to.DeleteRule},
		{"options", normalOptions(from), normalOptions(to)},
		{"indexes", listed(from.Indexes), listed(to.Indexes)},
	} {
		before, err := literal(member.from)
		if err != nil {
			return err
		}
		after, err := literal(member.to)
		if err != nil {
			return err
		}
		if before != after {
			fmt.Fprintf(b, "  collection.%s = %s;\n", member.name, after)
		}
	}
	return nil
}

// normalOptions returns the options with all members of the type, which a
// collection that is about to be saved need not have yet.
func normalOptions(c *models.Collection) types.JsonMap {
	c = c.Clone()
	if err := c.NormalizeOptions(); err != nil {
		return c.Options // the save reports it
	}
	return c.Options
}

func listed(indexes []string) []string { return append([]string{}, indexes...) }

// fieldStatements writes the fields that differ, one by one. Where that would
// leave them in another order the whole list is assigned.
func fieldStatements(b *strings.Builder, from, to []*schema.SchemaField) error {
	old, err := fieldLiterals(from)
	if err != nil {
		return err
	}
	wanted, err := fieldLiterals(to)
	if err != nil {
		return err
	}
	var statements strings.Builder
	var order []string
	for _, f := range from {
		if _, kept := wanted[f.Id]; kept {
			order = append(order, f.Id)
			continue
		}
		fmt.Fprintf(&statements, "\n  // remove %s\n  collection.schema.removeField(%q);\n", f.Name, f.Id)
	}
	for _, f := range to {
		before, known := old[f.Id]
		action := "update"
		if !known {
			action = "add"
			order = append(order, f.Id)
		}
		if before != wanted[f.Id] {
			fmt.Fprintf(&statements, "\n  // %s %s\n  collection.schema.addField(new SchemaField(%s));\n", action, f.Name, wanted[f.Id])
		}
	}
	if slices.EqualFunc(order, to, func(id string, f *schema.SchemaField) bool { return id == f.Id }) {
		b.WriteString(statements.String())
		return nil
	}
	all, err := literal(to)
	if err != nil {
		return err
	}
	fmt.Fprintf(b, "\n  // set all fields, in their order\n  collection.schema = new Schema(%s);\n", all)
	return nil
}

// fieldLiterals returns the fields as script text, by id.
func fieldLiterals(fields []*schema.SchemaField) (map[string]string, error) {
	texts := make(map[string]string, len(fields))
	for _, f := range fields {
		text, err := literal(f)
		if err != nil {
			return nil, fmt.Errorf("encode field %s: %w", f.Name, err)
		}
		texts[f.Id] = text
	}
	return texts, nil
}

// literal returns a value as script text for a place two spaces deep.
func literal(v any) (string, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("  ", "  ")
	if err := encoder.Encode(v); err != nil {
		return "", err
	}
	return strings.TrimSpace(b.String()), nil
}
