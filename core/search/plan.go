package search

import (
	"slices"
	"strconv"
	"strings"
)

// Planner is a resolver whose compiled lists may be kept and used again.
type Planner interface {
	Joiner
	// Plans returns where compiled lists are kept, nil for nowhere, and a key
	// for everything their SQL depends on besides the list and the values of
	// the request.
	Plans() (plans *Plans, key string)
	// Reset forgets what was resolved, with its joins.
	Reset()
}

// Plans keeps compiled lists, so that a list of a text that was seen before
// only has to bind the values of its request. It belongs to one state of the
// collections. The zero value is ready to use and safe for concurrent use.
type Plans struct {
	cache cache[[]*plan]
}

// maxShapes bounds the plans for one list. They differ in which values of the
// request were missing, empty or neither.
const maxShapes = 8

// plan is a compiled list with the names of the values in its arguments.
type plan struct {
	compiled Compiled
	needs    []need
}

// need is a value of the request that the SQL depends on.
type need struct {
	operand Operand
	shape   shape
	exact   bool // whether the value has to be the same, and not only its shape
	value   any
}

// shape is what the choice of SQL depends on.
type shape struct {
	nature nature
	empty  bool
}

func shapeOf(result *ResolverResult) shape {
	return shape{nature: result.nature, empty: result.isEmpty()}
}

// boundArg is an argument whose value comes from the request. It takes the
// place of the value until the SQL is complete.
type boundArg struct {
	operand Operand
	like    bool // bound as a LIKE pattern
	value   any
}

// RequestArg returns an argument for the SQL of a resolver that has the value
// of another field, which is known before the query runs.
func RequestArg(field string, value any) any {
	return boundArg{operand: Operand{Kind: OperandIdentifier, Text: field}, value: bindable(value)}
}

// plainArg returns the value of an argument.
func plainArg(arg any) any {
	if bound, ok := arg.(boundArg); ok {
		return bound.value
	}
	return arg
}

func plainArgs(args []any) []any {
	plain := args
	for i, arg := range args {
		if bound, ok := arg.(boundArg); ok {
			if &plain[0] == &args[0] {
				plain = slices.Clone(args)
			}
			plain[i] = bound.value
		}
	}
	return plain
}

// recorder notes what the SQL of a list depends on.
type recorder struct {
	needs    []need
	volatile bool // the list cannot be planned
}

// note returns the result with an argument that remembers its origin.
func (r *recorder) note(o Operand, result *ResolverResult) *ResolverResult {
	r.add(need{operand: o, shape: shapeOf(result), exact: result.nature == natureLiteral, value: result.value})
	if result.nature != natureParam {
		return result
	}
	named := *result
	named.Args = []any{boundArg{operand: o, value: result.value}}
	return &named
}

func (r *recorder) add(n need) {
	for i, known := range r.needs {
		if known.operand == n.operand {
			if n.exact {
				r.needs[i] = n
			}
			return
		}
	}
	r.needs = append(r.needs, n)
}

// planKey returns the key of a list.
func planKey(q ListQuery, resolverKey string) string {
	var sb strings.Builder
	sb.WriteString(resolverKey)
	for _, filter := range q.Filters {
		sb.WriteByte('\n')
		sb.WriteString(strconv.Itoa(len(filter)))
		sb.WriteByte(' ')
		sb.WriteString(string(filter))
	}
	for _, field := range q.Sort {
		sb.WriteByte('\n')
		sb.WriteString(field.Direction)
		sb.WriteByte(' ')
		sb.WriteString(field.Name)
	}
	return sb.String()
}

// find returns the list compiled before, with the arguments of this request.
func (p *Plans) find(key string, s *scope) (*Compiled, bool) {
	known, _ := p.cache.get(key)
	for _, candidate := range known {
		if values, ok := candidate.values(s); ok {
			return candidate.bind(values), true
		}
	}
	return nil, false
}

func (p *Plans) keep(key string, added *plan) {
	known, _ := p.cache.get(key)
	if len(known) >= maxShapes {
		known = known[1:]
	}
	p.cache.put(key, append(slices.Clone(known), added))
}

// values returns the values that the plan needs, if they have the shapes it
// was made for.
func (p *plan) values(s *scope) ([]any, bool) {
	values := make([]any, len(p.needs))
	for i, need := range p.needs {
		result, err := s.resolve(need.operand)
		if err != nil || shapeOf(result) != need.shape || (need.exact && result.value != need.value) {
			return nil, false
		}
		values[i] = result.value
	}
	return values, true
}

func (p *plan) bind(values []any) *Compiled {
	bound := p.compiled
	bound.JoinArgs = p.bindArgs(bound.JoinArgs, values)
	bound.WhereArgs = p.bindArgs(bound.WhereArgs, values)
	bound.OrderArgs = p.bindArgs(bound.OrderArgs, values)
	bound.CountJoinArgs = p.bindArgs(bound.CountJoinArgs, values)
	return &bound
}

func (p *plan) bindArgs(args, values []any) []any {
	if len(args) == 0 {
		return nil
	}
	out := make([]any, len(args))
	for i, arg := range args {
		bound, ok := arg.(boundArg)
		if !ok {
			out[i] = arg
			continue
		}
		at := slices.IndexFunc(p.needs, func(n need) bool { return n.operand == bound.operand })
		out[i] = values[at]
		if bound.like {
			out[i] = likePattern(textOf(values[at]))
		}
	}
	return out
}

// newPlan returns the plan of a compiled list, unless the list depends on more
// than can be noted or nothing was recorded.
func newPlan(compiled *Compiled, r *recorder) (*plan, bool) {
	if r == nil || r.volatile {
		return nil, false
	}
	for _, args := range [][]any{compiled.JoinArgs, compiled.WhereArgs, compiled.OrderArgs} {
		for _, arg := range args {
			if bound, ok := arg.(boundArg); ok {
				r.add(need{operand: bound.operand, shape: shapeOf(Param(bound.value))})
			}
		}
	}
	return &plan{compiled: *compiled, needs: r.needs}, true
}
