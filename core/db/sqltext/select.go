package sqltext

import (
	"errors"
	"strings"
)

// Errors of [ParseSelect].
var (
	ErrMultipleStatements = errors.New("multiple statements are not supported")
	ErrWildcard           = errors.New("wildcard columns (*) are not supported")
	ErrNotSelect          = errors.New("not a select query")
)

// Select is the outline of a SELECT statement.
type Select struct {
	Columns []SelectColumn // result columns in order
	Tables  []SelectTable  // FROM and JOIN sources in order
}

// SelectColumn is one result column: its expression and, where one is given, the alias.
type SelectColumn struct {
	Expr  string
	Alias string
}

// SelectTable is a source of rows. Name is empty for a subquery. Alias is the name by which
// columns refer to it; it equals Name where the query gives none.
type SelectTable struct {
	Name  string
	Alias string
}

// TrimStatement removes comments, surrounding space and trailing semicolons. It returns
// ErrMultipleStatements when anything follows a semicolon.
func TrimStatement(text string) (string, error) {
	text = strings.TrimRight(strings.TrimSpace(stripComments(text)), "; \t\r\n")
	if len(splitTop(text, func(c byte) bool { return c == ';' })) > 1 {
		return "", ErrMultipleStatements
	}
	return text, nil
}

// ParseSelect outlines a query. In a compound query the first SELECT counts, as it names
// the columns. Result columns have to be spelled out: a * gives ErrWildcard.
func ParseSelect(text string) (Select, error) {
	text, err := TrimStatement(text)
	if err != nil {
		return Select{}, err
	}
	words := splitTop(text, isSpace)
	start := indexWord(words, 0, "select")
	if start < 0 {
		return Select{}, ErrNotSelect
	}
	words = words[start+1:]
	if len(words) > 0 && (strings.EqualFold(words[0], "distinct") || strings.EqualFold(words[0], "all")) {
		words = words[1:]
	}

	from := indexWord(words, 0, "from")
	columnEnd := from
	if from < 0 {
		columnEnd = indexWord(words, 0, "where", "group", "having", "order", "limit", "union", "intersect", "except")
	}
	if columnEnd < 0 {
		columnEnd = len(words)
	}

	var out Select
	for _, part := range splitTop(strings.Join(words[:columnEnd], " "), isComma) {
		col := parseSelectColumn(part)
		if col.Expr == "*" || strings.HasSuffix(col.Expr, ".*") {
			return Select{}, ErrWildcard
		}
		out.Columns = append(out.Columns, col)
	}
	if from >= 0 {
		out.Tables = parseTables(words[from+1:])
	}
	return out, nil
}

// Name returns the name of the result column: the alias, or the last part of a plain
// column reference, or "" where only the database knows.
func (c SelectColumn) Name() string {
	if c.Alias != "" {
		return c.Alias
	}
	_, name, _ := c.Reference()
	return name
}

// Reference splits a plain column reference (col, table.col); ok is false for any other
// expression.
func (c SelectColumn) Reference() (table, column string, ok bool) {
	s := scanner{text: c.Expr}
	var parts []string
	for {
		name := s.name()
		if name == "" {
			return "", "", false
		}
		parts = append(parts, name)
		s.skipSpace()
		if s.pos == len(s.text) {
			break
		}
		if s.text[s.pos] != '.' {
			return "", "", false
		}
		s.pos++
	}
	if first := parts[0][0]; len(parts) == 1 && first >= '0' && first <= '9' {
		return "", "", false
	}
	if len(parts) > 1 {
		table = parts[len(parts)-2]
	}
	return table, parts[len(parts)-1], true
}

// Call splits an expression that is one function call as a whole into the lower-cased name
// and the text of its arguments.
func (c SelectColumn) Call() (name, args string, ok bool) {
	open := strings.IndexByte(c.Expr, '(')
	if open <= 0 || groupEnd(c.Expr, open) != len(c.Expr)-1 {
		return "", "", false
	}
	name = strings.ToLower(strings.TrimSpace(c.Expr[:open]))
	for i := range len(name) {
		if !isNameByte(name[i]) {
			return "", "", false
		}
	}
	return name, strings.TrimSpace(c.Expr[open+1 : len(c.Expr)-1]), true
}

// CastType returns the lower-cased type of an expression cast(… as TYPE), or "".
func (c SelectColumn) CastType() string {
	name, args, ok := c.Call()
	if !ok || name != "cast" {
		return ""
	}
	words := splitTop(args, isSpace)
	if at := indexWord(words, 0, "as"); at >= 0 && at+1 < len(words) {
		typ, _, _ := strings.Cut(words[at+1], "(")
		return strings.ToLower(typ)
	}
	return ""
}

func parseSelectColumn(text string) SelectColumn {
	words := splitTop(text, isSpace)
	n := len(words)
	if n >= 3 && strings.EqualFold(words[n-2], "as") {
		return SelectColumn{Expr: strings.Join(words[:n-2], " "), Alias: plainName(words[n-1])}
	}
	if n >= 2 && isImplicitAlias(words[n-2], words[n-1]) {
		return SelectColumn{Expr: strings.Join(words[:n-1], " "), Alias: plainName(words[n-1])}
	}
	return SelectColumn{Expr: strings.Join(words, " ")}
}

// isImplicitAlias tells "expr alias" from an expression that merely contains a space.
func isImplicitAlias(before, last string) bool {
	if strings.ContainsRune("+-*/%|&<>=~,.", rune(before[len(before)-1])) || isExprWord(before) || isExprWord(last) {
		return false
	}
	s := scanner{text: last}
	first := last[0]
	return s.name() != "" && s.pos == len(last) && (first < '0' || first > '9')
}

func isExprWord(word string) bool {
	switch strings.ToLower(word) {
	case "not", "is", "like", "glob", "and", "or", "in", "between", "collate", "over", "escape", "match",
		"regexp", "isnull", "notnull", "distinct", "case", "when", "then", "else", "end", "as", "null", "filter":
		return true
	}
	return false
}

// parseTables reads the sources up to the next clause.
func parseTables(words []string) []SelectTable {
	if end := indexWord(words, 0, "where", "group", "having", "order", "limit", "window", "union", "intersect", "except"); end >= 0 {
		words = words[:end]
	}
	var tables []SelectTable
	for _, source := range splitTop(strings.Join(words, " "), isComma) {
		parts := splitTop(source, isSpace)
		for len(parts) > 0 {
			next := indexWord(parts, 1, "join")
			if next < 0 {
				next = len(parts)
			}
			tables = append(tables, parseTable(parts[:next]))
			if next == len(parts) {
				break
			}
			parts = parts[next+1:]
		}
	}
	return tables
}

// parseTable reads "name [[as] alias] [join words | on …]".
func parseTable(words []string) SelectTable {
	var t SelectTable
	if len(words) == 0 {
		return t
	}
	if words[0][0] != '(' {
		t.Name = plainName(words[0])
	}
	t.Alias = t.Name
	rest := words[1:]
	if len(rest) > 1 && strings.EqualFold(rest[0], "as") {
		rest = rest[1:]
	}
	if len(rest) > 0 && indexWord(rest[:1], 0, "on", "using", "left", "right", "full", "inner", "cross", "natural", "outer", "indexed", "not") < 0 {
		t.Alias = plainName(rest[0])
	}
	return t
}

// plainName unquotes a name and drops a schema prefix.
func plainName(word string) string {
	s := scanner{text: word}
	name := s.name()
	for s.pos < len(s.text) && s.text[s.pos] == '.' {
		s.pos++
		name = s.name()
	}
	return name
}

func indexWord(words []string, from int, list ...string) int {
	for i := from; i < len(words); i++ {
		for _, w := range list {
			if strings.EqualFold(words[i], w) {
				return i
			}
		}
	}
	return -1
}

// stripComments replaces -- and /* */ comments outside of quotes by a space.
func stripComments(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c == '\'' || c == '"' || c == '`' || c == '[':
			end := quotedEnd(text, i)
			if end < 0 {
				end = len(text) - 1
			}
			b.WriteString(text[i : end+1])
			i = end
		case strings.HasPrefix(text[i:], "--"):
			end := strings.IndexByte(text[i:], '\n')
			if end < 0 {
				return b.String()
			}
			i += end
			b.WriteByte(' ')
		case strings.HasPrefix(text[i:], "/*"):
			end := strings.Index(text[i+2:], "*/")
			if end < 0 {
				return b.String()
			}
			i += end + 3
			b.WriteByte(' ')
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

func isComma(c byte) bool { return c == ',' }
