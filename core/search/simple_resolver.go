package search

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pocketbase/dbx"
)

// SimpleFieldResolver resolves a flat list of columns. It adds no joins and is
// safe for concurrent use once created.
type SimpleFieldResolver struct {
	allowed []string
}

// NewSimpleFieldResolver returns a resolver for the given columns. The first
// segment of a path (data.a.0) is a column that holds JSON, the rest a path in it.
// Nothing but the listed columns resolves; path entries are listed as a
// pattern that ends in ".*" (data.*).
func NewSimpleFieldResolver(allowed ...string) *SimpleFieldResolver {
	return &SimpleFieldResolver{allowed: allowed}
}

var _ FieldResolver = (*SimpleFieldResolver)(nil)

// UpdateQuery implements FieldResolver; there is nothing to add.
func (r *SimpleFieldResolver) UpdateQuery(*dbx.SelectQuery) error { return nil }

// Resolve implements FieldResolver.
func (r *SimpleFieldResolver) Resolve(field string) (*ResolverResult, error) {
	column, path, nested := strings.Cut(field, ".")
	if !nested {
		if !isWord(field) || !slices.Contains(r.allowed, field) {
			return nil, fmt.Errorf("failed to resolve field %q", field)
		}
		return &ResolverResult{Fragment: Fragment{SQL: "[[" + field + "]]"}}, nil
	}
	if !isWord(column) || !slices.Contains(r.allowed, column+".*") {
		return nil, fmt.Errorf("failed to resolve field %q", field)
	}
	jsonPath, err := JSONPath(strings.Split(path, "."))
	if err != nil {
		return nil, fmt.Errorf("failed to resolve field %q", field)
	}
	return &ResolverResult{
		Fragment:   Fragment{SQL: "JSON_EXTRACT([[" + column + "]], '$" + dotted(jsonPath) + "')"},
		NoCoalesce: true,
	}, nil
}

// dotted returns a JSON path as it follows the '$' of the document.
func dotted(path string) string {
	if strings.HasPrefix(path, "[") {
		return path
	}
	return "." + path
}

// JSONPath returns the path of segments in a JSON document: a.b[0]. A segment
// of digits is an index. It fails for a segment that is empty or has other
// characters than letters, digits and '_'.
func JSONPath(segments []string) (string, error) {
	var sb strings.Builder
	for _, segment := range segments {
		if !isWord(segment) {
			return "", fmt.Errorf("invalid JSON path segment %q", segment)
		}
		if strings.Trim(segment, "0123456789") == "" {
			sb.WriteString("[" + segment + "]")
			continue
		}
		if sb.Len() > 0 {
			sb.WriteByte('.')
		}
		sb.WriteString(segment)
	}
	return sb.String(), nil
}
