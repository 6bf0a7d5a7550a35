package sqlite

import "strings"

// kind is what the first word of a statement tells about where it has to run.
type kind int

const (
	kindUnknown kind = iota // compiling it will tell
	kindRead
	kindWrite   // one that may share a commit
	kindControl // begins or ends a transaction
	kindAlone   // cannot run inside a transaction, or changes the connection
)

// kinds maps the first words to kinds. WITH may start both reads and writes.
var kinds = map[string]kind{
	"SELECT": kindRead, "VALUES": kindRead, "EXPLAIN": kindRead,
	"INSERT": kindWrite, "UPDATE": kindWrite, "DELETE": kindWrite, "REPLACE": kindWrite,
	"BEGIN": kindControl, "COMMIT": kindControl, "END": kindControl,
	"ROLLBACK": kindControl, "SAVEPOINT": kindControl, "RELEASE": kindControl,
	"VACUUM": kindAlone, "ATTACH": kindAlone, "DETACH": kindAlone, "PRAGMA": kindAlone,
	"CREATE": kindAlone, "DROP": kindAlone, "ALTER": kindAlone, "ANALYZE": kindAlone, "REINDEX": kindAlone,
}

// readPragmas are those that only tell something and may run on any
// connection.
var readPragmas = map[string]bool{
	"table_info": true, "table_xinfo": true, "table_list": true, "index_list": true,
	"index_info": true, "index_xinfo": true, "foreign_key_list": true, "foreign_key_check": true,
	"database_list": true, "compile_options": true, "collation_list": true, "function_list": true,
	"integrity_check": true, "quick_check": true, "page_count": true, "page_size": true, "freelist_count": true,
}

// keyword classifies a statement by its first word.
func keyword(query string) kind {
	query = skipBlank(query)
	word := firstWord(query)
	k, ok := kinds[word]
	if !ok {
		k = kinds[strings.ToUpper(word)]
	}
	if k == kindAlone && strings.EqualFold(word, "PRAGMA") && isReadPragma(query[len(word):]) {
		return kindRead
	}
	return k
}

func isReadPragma(rest string) bool {
	name := firstWord(skipBlank(rest))
	return readPragmas[strings.ToLower(name)] && !strings.Contains(rest, "=")
}

func firstWord(s string) string {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c != '_' && (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'z') {
			return s[:i]
		}
	}
	return s
}

// skipBlank returns s from its first word on, past blanks and comments.
func skipBlank(s string) string {
	for {
		s = strings.TrimLeft(s, " \t\r\n\f;(")
		switch {
		case strings.HasPrefix(s, "--"):
			i := strings.IndexByte(s, '\n')
			if i < 0 {
				return ""
			}
			s = s[i+1:]
		case strings.HasPrefix(s, "/*"):
			i := strings.Index(s, "*/")
			if i < 0 {
				return ""
			}
			s = s[i+2:]
		default:
			return s
		}
	}
}

// isScript reports whether query may hold more than one statement.
func isScript(query string) bool {
	return strings.Contains(strings.TrimRight(query, "; \t\r\n\f"), ";")
}
