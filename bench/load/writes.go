package main

import (
	"context"
	"fmt"
	"time"

	"github.com/tackleboxdev/tacklebox/core/models"
)

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
