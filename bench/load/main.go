// Command load measures the layers of the app against the same work done by
// hand on the same driver, and prints each as a ratio within one run. Absolute
// times depend on the machine; the ratios are what bench/README.md quotes.
package main

import (
	"context"
	"database/sql"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	_ "modernc.org/sqlite" // the yardstick: the same library used directly

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/daos"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/schema"
	"github.com/tackleboxdev/tacklebox/core/search"
	"github.com/tackleboxdev/tacklebox/jsvm"
)

func main() {
	rounds := flag.Int("rounds", 7, "rounds per scenario; medians are printed")
	only := flag.String("only", "", "run the scenarios whose name starts with this")
	flag.Parse()
	if err := run(*rounds, *only); err != nil {
		fmt.Fprintln(os.Stderr, "load:", err)
		os.Exit(1)
	}
}

// scenario compares our way with the way by hand. Each function does the same
// amount of work, n operations, per call.
type scenario struct {
	name       string
	n          int
	ours, hand func() error
	handIs     string
}

func run(rounds int, only string) error {
	dir, err := os.MkdirTemp("", "tacklebox-load-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	b, err := newBench(dir)
	if err != nil {
		return err
	}
	defer b.close()
	fmt.Printf("%-34s %12s %12s %8s  %s\n", "scenario", "ours/op", "by hand/op", "ratio", "by hand is")
	for _, s := range b.scenarios() {
		if len(only) > len(s.name) || s.name[:len(only)] != only {
			continue
		}
		if err := measure(s, rounds); err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
	}
	if !strings.HasPrefix("realtime", only) {
		return nil
	}
	for _, clients := range []int{200, 1000} {
		if err := b.realtime(clients); err != nil {
			return fmt.Errorf("realtime, %d clients: %w", clients, err)
		}
	}
	return nil
}

// measure runs both ways in turn, so that a machine that changes its speed
// changes it for both, and prints the medians.
func measure(s scenario, rounds int) error {
	var ours, hand, ratios []float64
	for round := range rounds + 1 {
		a, err := clock(s.ours)
		if err != nil {
			return err
		}
		b, err := clock(s.hand)
		if err != nil {
			return fmt.Errorf("by hand: %w", err)
		}
		if round == 0 {
			continue // warm-up
		}
		ours, hand, ratios = append(ours, a/float64(s.n)), append(hand, b/float64(s.n)), append(ratios, a/b)
	}
	fmt.Printf("%-34s %10.2fµs %10.2fµs %7.2fx  %s\n", s.name, median(ours), median(hand), median(ratios), s.handIs)
	return nil
}

// clock returns how many microseconds fn took.
func clock(fn func() error) (float64, error) {
	start := time.Now()
	err := fn()
	return float64(time.Since(start)) / float64(time.Microsecond), err
}

func median(values []float64) float64 {
	slices.Sort(values)
	return values[len(values)/2]
}

// bench holds an app and a database by hand with the same rows.
type bench struct {
	app  *core.App
	hand *sql.DB
	seq  int
}

const hookScript = `
onModelBeforeCreate((e) => {
  const r = e.model
  r.set("title", r.getString("title") + "!")
  r.set("views", r.getInt("views") + 1)
  if (r.getBool("active")) r.set("body", "b")
}, "hooked")
`

var listSizes = []int{1_000, 10_000, 50_000}

func newBench(dir string) (*bench, error) {
	hooks := filepath.Join(dir, "pb_hooks")
	if err := os.MkdirAll(hooks, 0o750); err != nil {
		return nil, err
	}
	if err := os.WriteFile(filepath.Join(hooks, "bench.pb.js"), []byte(hookScript), 0o600); err != nil {
		return nil, err
	}
	app := core.New(core.Config{DataDir: filepath.Join(dir, "pb_data")})
	if err := jsvm.Register(app, jsvm.Config{HooksDir: hooks, HooksPoolSize: 25}); err != nil {
		return nil, err
	}
	if err := app.Bootstrap(); err != nil {
		return nil, err
	}
	if _, err := app.Migrate(); err != nil {
		return nil, err
	}
	app.Settings().Logs.MaxDays = 0
	b := &bench{app: app}
	names := []string{"posts", "hooked"}
	for _, size := range listSizes {
		names = append(names, listName(size))
	}
	for _, name := range names {
		if err := b.collection(name); err != nil {
			return nil, err
		}
	}
	for _, size := range listSizes {
		if err := b.fill(listName(size), size); err != nil {
			return nil, err
		}
	}
	hand, err := sql.Open("sqlite", filepath.Join(dir, "pb_data", "data.db")+"?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)&_pragma=mmap_size(268435456)&_pragma=cache_size(-16000)")
	b.hand = hand
	return b, err
}

func listName(size int) string { return fmt.Sprintf("list%d", size) }

func (b *bench) close() {
	_ = b.hand.Close()
	_ = b.app.ResetBootstrapState()
}

func (b *bench) collection(name string) error {
	c := &models.Collection{Name: name, Type: models.CollectionTypeBase}
	c.Schema = schema.NewSchema(
		&schema.SchemaField{Name: "title", Type: schema.FieldTypeText},
		&schema.SchemaField{Name: "body", Type: schema.FieldTypeText},
		&schema.SchemaField{Name: "views", Type: schema.FieldTypeNumber},
		&schema.SchemaField{Name: "active", Type: schema.FieldTypeBool},
	)
	if strings.HasPrefix(name, "list") {
		posts, err := b.app.Dao().FindCollectionByNameOrId("posts")
		if err != nil {
			return err
		}
		one := 1
		c.Schema.AddField(&schema.SchemaField{Name: "post", Type: schema.FieldTypeRelation, Options: &schema.RelationOptions{CollectionId: posts.Id, MaxSelect: &one}})
	}
	c.Indexes = []string{fmt.Sprintf("CREATE INDEX idx_%[1]s_created ON %[1]s (created)", name)}
	if err := c.Schema.InitFieldsOptions(); err != nil {
		return err
	}
	return b.app.Dao().SaveCollection(c)
}

func (b *bench) newRecord(c *models.Collection) *models.Record {
	b.seq++
	r := models.NewRecord(c)
	r.Set("title", fmt.Sprintf("Title of record %d", b.seq))
	r.Set("body", "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor.")
	r.Set("views", b.seq)
	r.Set("active", b.seq%2 == 0)
	return r
}

func (b *bench) fill(name string, size int) error {
	posts, err := b.app.Dao().FindCollectionByNameOrId("posts")
	if err != nil {
		return err
	}
	c, err := b.app.Dao().FindCollectionByNameOrId(name)
	if err != nil {
		return err
	}
	return b.app.Dao().RunInTransaction(func(tx *daos.Dao) error {
		var target *models.Record
		for i := range size {
			if i%100 == 0 {
				target = b.newRecord(posts)
				if err := tx.SaveRecord(target); err != nil {
					return err
				}
			}
			r := b.newRecord(c)
			r.Set("post", target.Id)
			if err := tx.SaveRecord(r); err != nil {
				return err
			}
		}
		return nil
	})
}

func (b *bench) scenarios() []scenario {
	var all []scenario
	for _, callers := range []int{1, 16, 64} {
		all = append(all, b.creates("posts", callers))
	}
	all = append(all, b.hookCost(), b.view(), b.pageJSON())
	for _, size := range listSizes {
		name := listName(size)
		all = append(all, b.list(name, 1, true), b.list(name, 1, false))
	}
	return append(all, b.list(listName(50_000), 1000, true), b.relationFilter(), b.expand(), b.mixed(16))
}

// parallel runs total calls of fn spread over callers.
func parallel(callers, total int, fn func() error) error {
	var wg sync.WaitGroup
	errs := make(chan error, callers)
	for range callers {
		wg.Go(func() {
			for range total / callers {
				if err := fn(); err != nil {
					errs <- err
					return
				}
			}
		})
	}
	wg.Wait()
	close(errs)
	return <-errs
}

func (b *bench) creates(name string, callers int) scenario {
	const total = 6400
	c, _ := b.app.Dao().FindCollectionByNameOrId(name)
	records := func() chan *models.Record {
		ready := make(chan *models.Record, total)
		for range total {
			ready <- b.newRecord(c)
		}
		return ready
	}
	return scenario{
		name: fmt.Sprintf("create, %d callers", callers), n: total, handIs: "one loop of a prepared autocommit INSERT",
		ours: func() error {
			ready := records()
			return parallel(callers, total, func() error { return b.app.Dao().SaveRecord(<-ready) })
		},
		hand: func() error { return b.insertLoop(total) },
	}
}

func (b *bench) insertLoop(total int) error {
	conn, err := b.hand.Conn(context.Background())
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }()
	insert, err := conn.PrepareContext(context.Background(), "INSERT INTO posts (id, created, updated, title, body, views, active) VALUES (?, ?, ?, ?, ?, ?, ?)")
	if err != nil {
		return err
	}
	defer func() { _ = insert.Close() }()
	for range total {
		b.seq++
		stamp := time.Now().UTC().Format("2006-01-02 15:04:05.000Z")
		_, err := insert.ExecContext(context.Background(), fmt.Sprintf("hand%011d", b.seq), stamp, stamp, fmt.Sprintf("Title of record %d", b.seq),
			"Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor.", b.seq, b.seq%2 == 0)
		if err != nil {
			return err
		}
	}
	return nil
}

func (b *bench) hookCost() scenario {
	with, without := b.creates("hooked", 1), b.creates("posts", 1)
	return scenario{name: "create, script hook of 5 accesses", n: with.n, handIs: "our create without a hook", ours: with.ours, hand: without.ours}
}

func (b *bench) view() scenario {
	const total = 5000
	ids := b.ids(listName(10_000), total)
	return scenario{
		name: "view by id", n: total, handIs: "the prepared SELECT, scanned into variables",
		ours: func() error {
			for _, id := range ids {
				if _, err := b.app.Dao().FindRecordById(listName(10_000), id); err != nil {
					return err
				}
			}
			return nil
		},
		hand: func() error {
			stmt, err := b.hand.Prepare("SELECT id, created, updated, title, body, views, active, post FROM list10000 WHERE id = ?")
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

func (b *bench) ids(table string, n int) []string {
	var ids []string
	rows, err := b.hand.Query("SELECT id FROM " + table + " ORDER BY id LIMIT " + fmt.Sprint(n))
	if err != nil {
		return nil
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var id string
		if rows.Scan(&id) == nil {
			ids = append(ids, id)
		}
	}
	return ids
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
	return scenario{
		name: "list10000, filter over a relation", n: total, handIs: "the same join by hand",
		ours: func() error {
			return repeat(total, func() error { return b.listOurs(listName(10_000), 1, true, "post.views > 10", nil) })
		},
		hand: func() error {
			return repeat(total, func() error {
				return b.listHand(listName(10_000), 1, true, "LEFT JOIN posts p ON p.id = t.post WHERE p.views > 10")
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
