package daos

import (
	"encoding/json"
	"strings"

	"github.com/tackleboxdev/tacklebox/core/db"
	"github.com/tackleboxdev/tacklebox/core/schema"
	"github.com/tackleboxdev/tacklebox/core/security"
)

// convertBatch is how many rows are converted at a time.
const convertBatch = 1000

// convertColumns rewrites columns whose fields turned from single to multiple or back.
func (d *Dao) convertColumns(table string, converted []fieldChange) error {
	if len(converted) == 0 {
		return nil
	}
	// A column that a view uses cannot be dropped.
	return d.withoutViews(func() error {
		for _, change := range converted {
			if err := d.convertColumn(table, change.now); err != nil {
				return wrapf(err, "convert the column %q of %q", change.now.Name, table)
			}
		}
		return nil
	})
}

func (d *Dao) convertColumn(table string, f *schema.SchemaField) error {
	temporary := "_" + security.PseudorandomString(8)
	alter := "ALTER TABLE " + d.quote(table)
	if err := d.execSQL(alter + " ADD COLUMN " + d.quote(temporary) + " " + f.ColDefinition()); err != nil {
		return err
	}
	if err := d.copyConverted(table, f.Name, temporary, schema.IsMultiple(f)); err != nil {
		return err
	}
	if err := d.execSQL(alter + " DROP COLUMN " + d.quote(f.Name)); err != nil {
		return err
	}
	return d.execSQL(alter + " RENAME COLUMN " + d.quote(temporary) + " TO " + d.quote(f.Name))
}

// copyConverted fills the new column batch by batch.
func (d *Dao) copyConverted(table, from, to string, multiple bool) error {
	dialect := d.q.Dialect()
	id := d.quote(schema.FieldNameId)
	read := "SELECT " + id + ", " + d.quote(from) + " FROM " + d.quote(table) +
		" WHERE " + id + " > " + dialect.Placeholder(1) + " ORDER BY " + id + " LIMIT " + dialect.Placeholder(2)
	write := "UPDATE " + d.quote(table) + " SET " + d.quote(to) + " = " + dialect.Placeholder(1) + " WHERE " + id + " = " + dialect.Placeholder(2)

	last := ""
	for {
		var ops []db.Op
		rows := 0
		err := d.queryRows(read, []any{last, convertBatch}, func(row []any) error {
			last, _ = row[0].(string)
			rows++
			text := columnText(row[1])
			if value := convertValue(text, multiple); value != "" && value != "[]" {
				ops = append(ops, db.Op{SQL: write, Args: []any{value, last}})
			}
			return nil
		})
		if err != nil {
			return err
		}
		if len(ops) > 0 {
			if err := d.exec(ops...); err != nil {
				return err
			}
		}
		if rows < convertBatch {
			return nil
		}
	}
}

// convertValue turns the text of a single value into that of a list, or back, where the last
// item remains.
func convertValue(text string, multiple bool) string {
	var list []string
	isList := strings.HasPrefix(text, "[") && json.Unmarshal([]byte(text), &list) == nil
	switch {
	case multiple && isList:
		return text
	case multiple:
		if text == "" {
			return "[]"
		}
		raw, _ := json.Marshal([]string{text}) // strings always encode
		return string(raw)
	case isList && len(list) > 0:
		return list[len(list)-1]
	case isList:
		return ""
	}
	return text
}

func columnText(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case []byte:
		return string(v)
	}
	return ""
}
