package main

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/tackleboxdev/tacklebox/core/daos"
	"github.com/tackleboxdev/tacklebox/core/models"
)

// pageJSON compares the append encoder of records with encoding/json on maps of
// the same content.
func (b *bench) pageJSON() scenario {
	const total = 500
	dao := b.app.Dao()
	var records []*models.Record
	var exports []map[string]any
	load := func() error {
		if records != nil {
			return nil
		}
		c, err := dao.FindCollectionByNameOrId(listName(1_000))
		if err != nil {
			return err
		}
		_, page, err := dao.ListRecords(context.Background(), c, daos.ListOptions{Page: 1, PerPage: 30, SkipTotal: true, Resolver: dao.Resolver(c, nil, true)})
		if err != nil {
			return err
		}
		for _, record := range page {
			exports = append(exports, record.PublicExport())
		}
		records = page
		return nil
	}
	var buffer []byte
	return scenario{
		name: "JSON of a page of 30", n: total, handIs: "encoding/json of the exported maps",
		ours: func() error {
			if err := load(); err != nil {
				return err
			}
			return repeat(total, func() error {
				buffer = buffer[:0]
				for _, record := range records {
					buffer = record.AppendJSON(buffer)
				}
				return nil
			})
		},
		hand: func() error {
			return repeat(total, func() error {
				encoded, err := json.Marshal(exports)
				if err == nil && len(encoded) == 0 {
					err = fmt.Errorf("nothing encoded")
				}
				return err
			})
		},
	}
}
