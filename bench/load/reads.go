package main

import (
	"context"
	"fmt"

	"github.com/tackleboxdev/tacklebox/core/daos"
	"github.com/tackleboxdev/tacklebox/core/search"
)

func (b *bench) view() scenario {
	const total = 5000
	table := listName(10_000)
	var ids []string
	return scenario{
		name: "view by id", n: total, handIs: "the prepared SELECT, scanned into variables",
		ours: func() error {
			if ids == nil {
				var err error
				if ids, err = b.ids(table, total); err != nil {
					return err
				}
			}
			for _, id := range ids {
				if _, err := b.app.Dao().FindRecordById(table, id); err != nil {
					return err
				}
			}
			return nil
		},
		hand: func() error {
			stmt, err := b.hand.Prepare("SELECT id, created, updated, title, body, views, active, post FROM " + table + " WHERE id = ?")
			if err != nil {
				return err
			}
			defer func() { _ = stmt.Close() }()
			for _, id := range ids {
				var row handRow
				if err := row.scan(stmt.QueryRow(id)); err != nil {
					return err
				}
			}
			return nil
		},
	}
}

// ids returns the first ids of a table.
func (b *bench) ids(table string, n int) ([]string, error) {
	rows, err := b.hand.Query(fmt.Sprintf("SELECT id FROM %s ORDER BY id LIMIT %d", table, n))
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var ids []string
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

func (b *bench) list(name string, page int, skipTotal bool) scenario {
	const total = 40
	what := "with total"
	if skipTotal {
		what = "no total"
	}
	return scenario{
		name: fmt.Sprintf("%s, page %d, %s", name, page, what), n: total, handIs: "the same SQL, prepared, scanned into structs",
		ours: func() error { return repeat(total, func() error { return b.listOurs(name, page, skipTotal, "", nil) }) },
		hand: func() error { return repeat(total, func() error { return b.listHand(name, page, skipTotal, "") }) },
	}
}

func repeat(n int, fn func() error) error {
	for range n {
		if err := fn(); err != nil {
			return err
		}
	}
	return nil
}

func (b *bench) listOurs(name string, page int, skipTotal bool, filter string, expand []string) error {
	dao := b.app.Dao()
	c, err := dao.FindCollectionByNameOrId(name)
	if err != nil {
		return err
	}
	o := daos.ListOptions{Page: page, PerPage: 30, SkipTotal: skipTotal, Resolver: dao.Resolver(c, nil, true)}
	o.Sort = search.ParseSortFromString("-created")
	if filter != "" {
		o.Filters = []search.FilterData{search.FilterData(filter)}
	}
	_, records, err := dao.ListRecords(context.Background(), c, o)
	if err != nil {
		return err
	}
	if len(records) != 30 {
		return fmt.Errorf("%d records", len(records))
	}
	if len(expand) > 0 {
		for _, err := range dao.ExpandRecords(records, expand, nil) {
			return err
		}
	}
	return nil
}

// handRow is what hand-written code would scan into.
type handRow struct {
	id, created, updated, title, body, post string
	views                                   float64
	active                                  bool
}

type scanner interface{ Scan(dest ...any) error }

func (r *handRow) scan(s scanner) error {
	return s.Scan(&r.id, &r.created, &r.updated, &r.title, &r.body, &r.views, &r.active, &r.post)
}

func (b *bench) listHand(name string, page int, skipTotal bool, where string) error {
	rows, err := b.hand.Query(fmt.Sprintf("SELECT t.id, t.created, t.updated, t.title, t.body, t.views, t.active, t.post FROM %s t %s ORDER BY t.created DESC LIMIT 30 OFFSET %d", name, where, (page-1)*30))
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	var page30 []handRow
	for rows.Next() {
		var row handRow
		if err := row.scan(rows); err != nil {
			return err
		}
		page30 = append(page30, row)
	}
	if len(page30) != 30 {
		return fmt.Errorf("%d rows: %w", len(page30), rows.Err())
	}
	if skipTotal {
		return rows.Err()
	}
	var count int
	return b.hand.QueryRow("SELECT count(*) FROM " + name).Scan(&count)
}

func (b *bench) relationFilter() scenario {
	const total = 20
	// With the list in the condition SQLite builds no Bloom filter over all posts,
	// which would be slower by far and nothing to compare with.
	const join = "CROSS JOIN posts p ON p.id = t.post AND p.views > 10 + 0 * t.views"
	return scenario{
		name: "list10000, filter over a relation", n: total, handIs: "the same join by hand",
		ours: func() error {
			return repeat(total, func() error { return b.listOurs(listName(10_000), 1, true, "post.views > 10", nil) })
		},
		hand: func() error {
			return repeat(total, func() error {
				return b.listHand(listName(10_000), 1, true, join)
			})
		},
	}
}

func (b *bench) expand() scenario {
	const total = 40
	return scenario{
		name: "list10000, expand of a relation", n: total, handIs: "the page and one IN query by hand",
		ours: func() error {
			return repeat(total, func() error { return b.listOurs(listName(10_000), 1, true, "", []string{"post"}) })
		},
		hand: func() error {
			return repeat(total, func() error {
				if err := b.listHand(listName(10_000), 1, true, ""); err != nil {
					return err
				}
				rows, err := b.hand.Query("SELECT id, created, updated, title, body, views, active, '' FROM posts WHERE id IN (SELECT post FROM list10000 ORDER BY created DESC LIMIT 30)")
				if err != nil {
					return err
				}
				defer func() { _ = rows.Close() }()
				for rows.Next() {
					var row handRow
					if err := row.scan(rows); err != nil {
						return err
					}
				}
				return rows.Err()
			})
		},
	}
}
