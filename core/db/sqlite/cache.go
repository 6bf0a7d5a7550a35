package sqlite

// stmtCache keeps the most recently used statements of a connection by their
// text. Statements that are running stay where they are; a second use of the
// same text meanwhile gets a statement of its own.
type stmtCache struct {
	max   int
	byTxt map[string]*stmt
	root  stmt // ring: root.next is the most recently used
}

func (sc *stmtCache) init(limit int) {
	sc.max = limit
	sc.byTxt = make(map[string]*stmt)
	sc.root.next, sc.root.prev = &sc.root, &sc.root
}

// take returns the idle statement for query and marks it as in use, or nil.
func (sc *stmtCache) take(query string) *stmt {
	s := sc.byTxt[query]
	if s == nil || s.inUse {
		return nil
	}
	s.inUse = true
	if sc.root.next != s {
		sc.unlink(s)
		sc.push(s)
	}
	return s
}

// add makes a new statement, in use, known to the cache unless its text
// already is. Over the limit the least recently used idle one is closed.
func (sc *stmtCache) add(s *stmt) {
	s.inUse = true
	if sc.byTxt[s.sql] != nil {
		return
	}
	for old := sc.root.prev; len(sc.byTxt) >= sc.max && old != &sc.root; {
		prev := old.prev
		if !old.inUse {
			sc.unlink(old)
			delete(sc.byTxt, old.sql)
			old.close()
		}
		old = prev
	}
	s.cached = true
	sc.byTxt[s.sql] = s
	sc.push(s)
}

func (sc *stmtCache) push(s *stmt) {
	s.prev, s.next = &sc.root, sc.root.next
	s.next.prev, sc.root.next = s, s
}

func (sc *stmtCache) unlink(s *stmt) {
	s.prev.next, s.next.prev = s.next, s.prev
}

// closeAll closes every statement.
func (sc *stmtCache) closeAll() {
	for _, s := range sc.byTxt {
		s.close()
	}
	clear(sc.byTxt)
	sc.root.next, sc.root.prev = &sc.root, &sc.root
}
