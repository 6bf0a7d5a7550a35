package search

import (
	"errors"
	"fmt"
)

// ErrEmptyFilter is returned for a filter without any condition.
var ErrEmptyFilter = errors.New("invalid or empty filter expression")

// Parse returns the tree of a filter text, a group. Trees are cached by their
// text. It returns ErrEmptyFilter for text without a condition (which a group
// without one is as well) and an error that names the offending part for any
// other text that is not a filter. It is safe for concurrent use.
func Parse(text string) (*Node, error) {
	if len(text) > MaxFilterLength {
		return nil, fmt.Errorf("filter is longer than %d bytes", MaxFilterLength)
	}
	if node, ok := parsed.get(text); ok {
		return node, nil
	}
	node, err := parse(text)
	if err != nil {
		return nil, err
	}
	parsed.put(text, node)
	return node, nil
}

// level is a group that is being parsed.
type level struct {
	items  []*Node
	join   Connector // of the next item
	joined bool      // whether a join was read since the last item
	tight  bool      // whether the last item was a group, which the next may follow without a join
}

// add appends an item, which has to be separated from the one before it.
func (l *level) add(item *Node) error {
	if len(l.items) > 0 && !l.joined && !l.tight {
		return errors.New("missing join operator between two conditions")
	}
	item.Connector = l.join
	l.items = append(l.items, item)
	l.joined, l.tight = false, item.IsGroup()
	return nil
}

// close returns the finished group.
func (l *level) close() (*Node, error) {
	if len(l.items) == 0 && !l.joined {
		return nil, ErrEmptyFilter
	}
	if l.joined {
		return nil, errors.New("missing condition after a join operator")
	}
	return &Node{Group: l.items}, nil
}

// parser keeps its own stack of groups, so that no nesting can exhaust the
// stack of the goroutine.
type parser struct {
	scanner scanner
	stack   []level
}

func parse(text string) (*Node, error) {
	p := parser{scanner: scanner{text: text}, stack: []level{{join: And}}}
	for {
		tok, err := p.scanner.next()
		if err != nil {
			return nil, err
		}
		if tok.kind == tokenEnd {
			break
		}
		if err := p.accept(tok); err != nil {
			return nil, err
		}
	}
	if len(p.stack) > 1 {
		return nil, errors.New("missing closing parenthesis")
	}
	return p.stack[0].close()
}

func (p *parser) accept(tok token) error {
	top := &p.stack[len(p.stack)-1]
	switch tok.kind {
	case tokenOpen:
		return p.open()
	case tokenClose:
		return p.closeGroup()
	case tokenJoin:
		if top.joined || len(top.items) == 0 {
			return errors.New("unexpected join operator")
		}
		top.join, top.joined = tok.join, true
		return nil
	case tokenOperand:
		cmp, err := p.comparison(tok.operand)
		if err != nil {
			return err
		}
		return top.add(cmp)
	default:
		return errors.New("unexpected operator")
	}
}

func (p *parser) open() error {
	if len(p.stack) > MaxFilterDepth {
		return fmt.Errorf("filter has more than %d nested groups", MaxFilterDepth)
	}
	p.stack = append(p.stack, level{join: And})
	return nil
}

func (p *parser) closeGroup() error {
	if len(p.stack) == 1 {
		return errors.New("unexpected closing parenthesis")
	}
	group, err := p.stack[len(p.stack)-1].close()
	if err != nil {
		return err
	}
	p.stack = p.stack[:len(p.stack)-1]
	// A group around nothing but a group adds nothing to the SQL.
	if len(group.Group) == 1 && group.Group[0].IsGroup() {
		group = group.Group[0]
	}
	return p.stack[len(p.stack)-1].add(group)
}

// comparison reads the operator and right side that follow a left side.
func (p *parser) comparison(left Operand) (*Node, error) {
	op, err := p.scanner.next()
	if err != nil {
		return nil, err
	}
	if op.kind != tokenOperator {
		return nil, fmt.Errorf("missing operator after %.80q", left.Text)
	}
	right, err := p.scanner.next()
	if err != nil {
		return nil, err
	}
	if right.kind != tokenOperand {
		return nil, fmt.Errorf("missing right operand after %.80q", left.Text)
	}
	return &Node{Left: left, Op: op.op, Right: right.operand}, nil
}
