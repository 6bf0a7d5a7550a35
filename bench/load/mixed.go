package main

import (
	"context"
	"database/sql"
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

// mixed is four reads of a page to one create, by many callers at once.
func (b *bench) mixed(callers int) scenario {
	const total = 1600
	reads := listName(10_000)
	c, _ := b.app.Dao().FindCollectionByNameOrId("posts")
	var turn atomic.Int64
	var mu sync.Mutex // of the counter behind newRecord, and the one writer by hand
	var insert *sql.Stmt
	return scenario{
		name: fmt.Sprintf("mixed 80/20, %d callers", callers), n: total,
		handIs: "the same SQL, prepared, one writer behind a mutex",
		ours: func() error {
			return parallel(callers, total, func() error {
				if turn.Add(1)%5 != 0 {
					return b.listOurs(reads, 1, true, "", nil)
				}
				mu.Lock()
				record := b.newRecord(c)
				mu.Unlock()
				return b.app.Dao().SaveRecord(record)
			})
		},
		hand: func() error {
			if insert == nil {
				var err error
				insert, err = b.hand.Prepare("INSERT INTO posts (id, created, updated, title, body, views, active) VALUES (?, ?, ?, ?, ?, ?, ?)")
				if err != nil {
					return err
				}
			}
			return parallel(callers, total, func() error {
				if turn.Add(1)%5 != 0 {
					return b.listHand(reads, 1, true, "")
				}
				mu.Lock()
				defer mu.Unlock()
				b.seq++
				stamp := time.Now().UTC().Format("2006-01-02 15:04:05.000Z")
				_, err := insert.ExecContext(context.Background(), fmt.Sprintf("hand%011d", b.seq), stamp, stamp,
					fmt.Sprintf("Title of record %d", b.seq), "Lorem ipsum dolor sit amet, consectetur adipiscing elit.", b.seq, b.seq%2 == 0)
				return err
			})
		},
	}
}
