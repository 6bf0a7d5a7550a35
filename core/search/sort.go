package search

import (
	"errors"
	"fmt"
	"strings"

	"github.com/tackleboxdev/tacklebox/core/db"
)

// The directions of a SortField.
const (
	SortAsc  = "ASC"
	SortDesc = "DESC"
)

const randomSort = "@random"

// SortField is one member of a sort list.
type SortField struct {
	Name      string
	Direction string // SortAsc or SortDesc
}

// ParseSortFromString returns the fields of a comma separated list, in which a
// '-' before a name means descending. Names are checked by BuildExpr.
func ParseSortFromString(text string) []SortField {
	if strings.TrimSpace(text) == "" {
		return nil
	}
	// One past the bound is enough for its check to see.
	items := strings.SplitN(text, ",", MaxSortFields+2)
	fields := make([]SortField, 0, len(items))
	for _, item := range items {
		item = strings.TrimSpace(item)
		switch {
		case strings.HasPrefix(item, "-"):
			fields = append(fields, SortField{Name: item[1:], Direction: SortDesc})
		case strings.HasPrefix(item, "+"):
			fields = append(fields, SortField{Name: item[1:], Direction: SortAsc})
		default:
			fields = append(fields, SortField{Name: item, Direction: SortAsc})
		}
	}
	return fields
}

// BuildExpr returns the member of an ORDER BY clause for the field. It fails
// for a field that does not resolve or is not a value of the rows.
func (f *SortField) BuildExpr(resolver FieldResolver) (string, error) {
	term, err := f.build(newScope(resolver, nil))
	if err != nil {
		return "", err
	}
	if len(term.Args) > 0 {
		return "", fmt.Errorf("sort field %q needs parameters", f.Name)
	}
	return term.SQL, nil
}

func (f *SortField) build(s *scope) (Fragment, error) {
	if f.Name == randomSort {
		return Fragment{SQL: random(s.resolver)}, nil
	}
	result, err := s.resolver.Resolve(f.Name)
	if err != nil {
		return Fragment{}, fmt.Errorf("invalid sort field %q - %w", f.Name, err)
	}
	if _, static := result.Static(); static || len(result.Args) > 0 {
		return Fragment{}, fmt.Errorf("invalid sort field %q - it is not a value of the rows", f.Name)
	}
	if result.ForSort != nil {
		result = result.ForSort()
	}
	if err := s.record(result); err != nil {
		return Fragment{}, err
	}
	term := result.Fragment
	if f.Direction == SortDesc {
		term.SQL += " " + SortDesc
	} else {
		term.SQL += " " + SortAsc
	}
	return term, nil
}

// random returns the expression to order randomly by.
func random(resolver FieldResolver) string {
	if d, ok := resolver.(interface{ Dialect() db.Dialect }); ok {
		return d.Dialect().Random()
	}
	return "RANDOM()"
}

// checkSortFields refuses lists past the bound.
func checkSortFields(fields []SortField) error {
	if len(fields) > MaxSortFields {
		return errors.New("too many sort fields")
	}
	return nil
}
