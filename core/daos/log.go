package daos

import (
	"time"

	"github.com/pocketbase/dbx"

	"github.com/tackleboxdev/tacklebox/core/db"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/types"
)

// LogsStatsItem is the number of log entries of one hour.
type LogsStatsItem struct {
	Total int            `db:"total" json:"total"`
	Date  types.DateTime `db:"date" json:"date"`
}

// LogQuery returns a query for log entries.
func (d *Dao) LogQuery() *dbx.SelectQuery { return d.ModelQuery(&models.Log{}) }

// FindLogById returns the log entry with the id, or sql.ErrNoRows.
func (d *Dao) FindLogById(id string) (*models.Log, error) {
	entry := &models.Log{}
	if err := d.LogQuery().AndWhere(dbx.HashExp{"id": id}).Limit(1).One(entry); err != nil {
		return nil, err
	}
	return entry, nil
}

// LogsStats counts the entries for which expr, which may be nil, holds by the hour, earliest
// first.
func (d *Dao) LogsStats(expr dbx.Expression) ([]*LogsStatsItem, error) {
	items := []*LogsStatsItem{}
	query := d.DB().Select("COUNT(*) AS total", d.q.Dialect().Hour("created")+" AS date").From("_logs").
		GroupBy("date").OrderBy("date ASC").WithContext(d.ctx)
	if expr != nil {
		query.AndWhere(expr)
	}
	if err := query.All(&items); err != nil {
		return nil, err
	}
	return items, nil
}

// DeleteOldLogs removes the entries made at or before the time.
func (d *Dao) DeleteOldLogs(createdBefore time.Time) error {
	return d.exec(db.Op{
		SQL:  "DELETE FROM `_logs` WHERE `created` <= " + d.q.Dialect().Placeholder(1),
		Args: []any{dateText(createdBefore)},
	})
}

// DeleteLogsBelow removes the entries of a lower level.
func (d *Dao) DeleteLogsBelow(level int) error {
	return d.exec(db.Op{SQL: "DELETE FROM `_logs` WHERE `level` < " + d.q.Dialect().Placeholder(1), Args: []any{level}})
}

// SaveLog stores a log entry.
func (d *Dao) SaveLog(log *models.Log) error { return d.Save(log) }

// InsertLogs stores new log entries as one atomic unit and without callbacks. Entries without
// an id or dates get them.
func (d *Dao) InsertLogs(logs []*models.Log) error {
	ops := make([]db.Op, 0, len(logs))
	for _, entry := range logs {
		if !entry.HasId() {
			entry.RefreshId()
		}
		if entry.Created.IsZero() {
			entry.RefreshCreated()
		}
		if entry.Updated.IsZero() {
			entry.Updated = entry.Created
		}
		data, err := entry.Data.MarshalJSON()
		if err != nil {
			return wrapf(err, "encode the data of a log entry")
		}
		ops = append(ops, db.Op{
			SQL:  "INSERT INTO `_logs` (`id`, `level`, `message`, `data`, `created`, `updated`) VALUES (" + d.placeholders(0, 6) + ")",
			Args: []any{entry.Id, entry.Level, entry.Message, string(data), entry.Created.String(), entry.Updated.String()},
		})
	}
	if len(ops) == 0 {
		return nil
	}
	if err := d.exec(ops...); err != nil {
		return wrapf(err, "store %d log entries", len(ops))
	}
	for _, entry := range logs {
		entry.MarkAsNotNew()
	}
	return nil
}

func dateText(t time.Time) string { return t.UTC().Format(types.DefaultDateLayout) }
