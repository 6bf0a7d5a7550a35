package models_test

import (
	"encoding/json"
	"testing"

	"github.com/tackleboxdev/tacklebox/core/models"
)

const pageSize = 30

func page(b *testing.B) (*models.Collection, []any, []*models.Record) {
	c := collection(b, "base", `[
		{"id":"field1","name":"title","type":"text"},{"id":"field2","name":"active","type":"bool"},{"id":"field3","name":"views","type":"number"},
		{"id":"field4","name":"tags","type":"select","options":{"maxSelect":3,"values":["a","b"]}},{"id":"field5","name":"author","type":"relation","options":{"collectionId":"x","maxSelect":1}},
		{"id":"field6","name":"published","type":"date"},{"id":"field7","name":"body","type":"editor"},{"id":"field8","name":"meta","type":"json"}]`)
	values := row(c, map[string]any{
		"id": "84nmscqy84lsi1t", "created": "2022-10-14 10:13:12.397Z", "updated": "2022-10-17 10:00:00.000Z", "title": "A title of usual length",
		"active": int64(1), "views": int64(1234), "tags": `["news","go"]`, "author": "oap640cot4yru2s", "published": "2022-10-01 12:00:00.000Z",
		"body": "<p>Some text that is a little longer than the rest of the record.</p>", "meta": `{"source":"feed","score":1.5}`,
	})
	l := models.NewRecordLoader(c, pageSize)
	records := make([]*models.Record, pageSize)
	for i := range records {
		records[i] = l.Load(values)
	}
	return c, values, records
}

// BenchmarkPageAppendJSON and BenchmarkPageEncodingJSON write the same page.
func BenchmarkPageAppendJSON(b *testing.B) {
	_, _, records := page(b)
	buf := make([]byte, 0, 64<<10)
	b.ReportAllocs()
	for b.Loop() {
		buf = buf[:0]
		for _, r := range records {
			buf = append(r.AppendJSON(buf), ',')
		}
	}
}

func BenchmarkPageEncodingJSON(b *testing.B) {
	_, _, records := page(b)
	exports := make([]map[string]any, len(records))
	b.ReportAllocs()
	for b.Loop() {
		for i, r := range records {
			exports[i] = r.PublicExport()
		}
		if _, err := json.Marshal(exports); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkPageEncodingJSONOnly leaves out the making of the exports.
func BenchmarkPageEncodingJSONOnly(b *testing.B) {
	_, _, records := page(b)
	exports := make([]map[string]any, len(records))
	for i, r := range records {
		exports[i] = r.PublicExport()
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := json.Marshal(exports); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPageLoad(b *testing.B) {
	c, values, _ := page(b)
	b.ReportAllocs()
	for b.Loop() {
		l := models.NewRecordLoader(c, pageSize)
		for range pageSize {
			l.Load(values)
		}
	}
}

func BenchmarkRecordGet(b *testing.B) {
	_, _, records := page(b)
	for _, key := range []string{"title", "views", "tags", "published", "meta"} {
		b.Run(key, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_ = records[0].Get(key)
			}
		})
	}
}

func BenchmarkRecordBindValues(b *testing.B) {
	_, _, records := page(b)
	b.ReportAllocs()
	for b.Loop() {
		_ = records[0].BindValues()
	}
}

func BenchmarkCollectionClone(b *testing.B) {
	c, _, _ := page(b)
	b.ReportAllocs()
	for b.Loop() {
		_ = c.Clone()
	}
}
