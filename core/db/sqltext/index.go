package sqltext

import (
	"errors"
	"strings"
)

// ErrInvalidIndex is returned for text that is not one CREATE INDEX statement.
var ErrInvalidIndex = errors.New("sqltext: invalid CREATE INDEX expression")

// IndexColumn is one entry of the column list: a plain name or an expression.
type IndexColumn struct {
	Name    string // unquoted name, or the expression as written
	Collate string // collation name as written, empty for the default one
	Sort    string // "ASC", "DESC" or empty

	quoted bool // the source quoted the name, so it is no expression whatever it contains
}

// Index is a parsed statement. The zero value is not valid.
type Index struct {
	Unique      bool
	IfNotExists bool
	Schema      string // database prefix of the index name, usually empty
	Name        string
	Table       string
	Columns     []IndexColumn
	Where       string // condition of a partial index, without the keyword
}

// ParseIndex reads a statement with any identifier quoting and letter case. A trailing
// semicolon is ignored. The error is always [ErrInvalidIndex].
func ParseIndex(text string) (Index, error) {
	s := scanner{text: strings.TrimRight(strings.TrimSpace(text), "; \t\r\n")}
	var idx Index

	if !s.keyword("create") {
		return Index{}, ErrInvalidIndex
	}
	idx.Unique = s.keyword("unique")
	if !s.keyword("index") {
		return Index{}, ErrInvalidIndex
	}
	if s.keyword("if") {
		if !s.keyword("not") || !s.keyword("exists") {
			return Index{}, ErrInvalidIndex
		}
		idx.IfNotExists = true
	}
	idx.Schema, idx.Name = s.qualifiedName()
	if idx.Name == "" || !s.keyword("on") {
		return Index{}, ErrInvalidIndex
	}
	if idx.Table = s.name(); idx.Table == "" {
		return Index{}, ErrInvalidIndex
	}
	list, ok := s.group()
	if !ok {
		return Index{}, ErrInvalidIndex
	}
	if idx.Columns = parseColumns(list); len(idx.Columns) == 0 {
		return Index{}, ErrInvalidIndex
	}
	if s.keyword("where") {
		idx.Where = s.rest()
		if idx.Where == "" {
			return Index{}, ErrInvalidIndex
		}
	} else if s.rest() != "" {
		return Index{}, ErrInvalidIndex
	}

	return idx, nil
}

// String returns the stored form: backquoted names, one column on the same line and
// several on a line each.
func (i Index) String() string {
	var b strings.Builder
	b.WriteString("CREATE ")
	if i.Unique {
		b.WriteString("UNIQUE ")
	}
	b.WriteString("INDEX ")
	if i.IfNotExists {
		b.WriteString("IF NOT EXISTS ")
	}
	if i.Schema != "" {
		b.WriteString(quote(i.Schema) + ".")
	}
	b.WriteString(quote(i.Name) + " ON " + quote(i.Table) + " (")
	for n, col := range i.Columns {
		if n > 0 {
			b.WriteString(",")
		}
		if len(i.Columns) > 1 {
			b.WriteString("\n  ")
		}
		b.WriteString(col.String())
	}
	if len(i.Columns) > 1 {
		b.WriteString("\n")
	}
	b.WriteString(")")
	if i.Where != "" {
		b.WriteString(" WHERE " + i.Where)
	}
	return b.String()
}

// String returns the column as it is written in a statement. An expression, known by a
// parenthesis or a space in a name that came without quotes, is not quoted.
func (c IndexColumn) String() string {
	out := c.Name
	if c.quoted || !strings.ContainsAny(out, "( \t\r\n'\"`[") {
		out = quote(out)
	}
	if c.Collate != "" {
		out += " COLLATE " + c.Collate
	}
	if c.Sort != "" {
		out += " " + c.Sort
	}
	return out
}

// HasSingleUniqueIndex reports whether one of the statements is a unique index on exactly
// the given column (compared without regard to letter case). Partial ones count.
func HasSingleUniqueIndex(column string, statements []string) bool {
	for _, text := range statements {
		idx, err := ParseIndex(text)
		if err == nil && idx.Unique && len(idx.Columns) == 1 && strings.EqualFold(idx.Columns[0].Name, column) {
			return true
		}
	}
	return false
}

func quote(name string) string {
	return "`" + strings.ReplaceAll(name, "`", "``") + "`"
}

// parseColumns splits a column list; nil when an entry is empty.
func parseColumns(list string) []IndexColumn {
	var cols []IndexColumn
	for _, part := range splitTop(list, func(c byte) bool { return c == ',' }) {
		col := parseColumn(strings.TrimSpace(part))
		if col.Name == "" {
			return nil
		}
		cols = append(cols, col)
	}
	return cols
}

func parseColumn(text string) IndexColumn {
	words := splitTop(text, isSpace)
	var col IndexColumn
	if n := len(words); n > 1 {
		if last := strings.ToUpper(words[n-1]); last == "ASC" || last == "DESC" {
			col.Sort = last
			words = words[:n-1]
		}
	}
	if n := len(words); n > 2 && strings.EqualFold(words[n-2], "collate") {
		col.Collate = words[n-1]
		words = words[:n-2]
	}
	if len(words) == 1 {
		col.Name, col.quoted = unquote(words[0])
	} else {
		col.Name = strings.Join(words, " ")
	}
	return col
}
