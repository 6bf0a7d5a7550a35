package apis

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cast"

	"github.com/tackleboxdev/tacklebox/apis/excerpt"
)

// fieldTree is a parsed `fields` parameter: which keys of an object stay, and
// what happens to their values.
type fieldTree struct {
	children map[string]*fieldTree
	// whole keeps the value as it is, whatever is listed below it.
	whole    bool
	modifier *excerpt.Options
}

const wildcard = "*"

// parseFields reads a comma separated list of key paths, each with an optional
// modifier. An unknown or malformed modifier is an error; unknown keys are not,
// they simply pick nothing.
func parseFields(raw string) (*fieldTree, error) {
	root := &fieldTree{}
	for _, item := range splitOutsideParens(raw) {
		item = strings.TrimSpace(item)
		if item == "" {
			continue
		}
		path, modifier, hasModifier := strings.Cut(item, ":")
		node := root.descend(strings.Split(path, "."))
		node.whole = true
		if !hasModifier {
			continue
		}
		options, err := parseModifier(modifier)
		if err != nil {
			return nil, err
		}
		node.modifier = options
	}
	return root, nil
}

func (t *fieldTree) descend(path []string) *fieldTree {
	node := t
	for _, key := range path {
		if node.children == nil {
			node.children = map[string]*fieldTree{}
		}
		next, ok := node.children[key]
		if !ok {
			next = &fieldTree{}
			node.children[key] = next
		}
		node = next
	}
	return node
}

// pick reduces decoded JSON to the listed keys. Objects are changed in place.
func (t *fieldTree) pick(value any) any {
	switch v := value.(type) {
	case []any:
		for i := range v {
			v[i] = t.pick(v[i])
		}
	case map[string]any:
		for key, item := range v {
			child, ok := t.children[key]
			if !ok {
				// Only a wildcard that ends its path keeps what is not listed.
				child = t.children[wildcard]
				if child == nil || !child.whole {
					delete(v, key)
					continue
				}
			}
			v[key] = child.apply(item)
		}
	}
	return value
}

func (t *fieldTree) apply(value any) any {
	if !t.whole {
		return t.pick(value)
	}
	if text, ok := value.(string); ok && t.modifier != nil {
		return excerpt.FromHTML(text, *t.modifier)
	}
	return value
}

// splitOutsideParens splits at the commas that are not part of modifier arguments.
func splitOutsideParens(raw string) []string {
	var parts []string
	depth, start := 0, 0
	for i := 0; i < len(raw); i++ {
		switch raw[i] {
		case '(':
			depth++
		case ')':
			if depth > 0 {
				depth--
			}
		case ',':
			if depth == 0 {
				parts = append(parts, raw[start:i])
				start = i + 1
			}
		}
	}
	return append(parts, raw[start:])
}

// parseModifier reads `excerpt(max[, withEllipsis])`.
func parseModifier(raw string) (*excerpt.Options, error) {
	name, rest, ok := strings.Cut(strings.TrimSpace(raw), "(")
	args, closed := strings.CutSuffix(rest, ")")
	if !ok || !closed || name != "excerpt" {
		return nil, fmt.Errorf("parse field modifier: unknown modifier %q", raw)
	}
	list := strings.Split(args, ",")
	if len(list) > 2 {
		return nil, fmt.Errorf("parse field modifier: %q has too many arguments", raw)
	}
	limit, err := strconv.Atoi(strings.TrimSpace(list[0]))
	if err != nil || limit <= 0 {
		return nil, fmt.Errorf("parse field modifier: %q needs a positive length", raw)
	}
	options := &excerpt.Options{Max: limit}
	if len(list) == 2 {
		options.WithEllipsis = cast.ToBool(strings.TrimSpace(list[1]))
	}
	return options, nil
}
