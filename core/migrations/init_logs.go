package migrations

import (
	"github.com/pocketbase/dbx"

	"github.com/tackleboxdev/tacklebox/core/db/sqlite"
)

// initLogs makes logs.db.
func initLogs(builder dbx.Builder) error {
	return execAll(builder,
		"CREATE TABLE `_logs` ("+
			"`id` TEXT PRIMARY KEY DEFAULT ('r'||lower(hex(randomblob(7)))) NOT NULL, "+
			"`level` INTEGER DEFAULT 0 NOT NULL, "+
			"`message` TEXT DEFAULT \"\" NOT NULL, "+
			"`data` JSON DEFAULT \"{}\" NOT NULL, "+
			dateColumns+")",
		"CREATE INDEX `_logs_level_idx` ON `_logs` (`level`)",
		"CREATE INDEX `_logs_message_idx` ON `_logs` (`message`)",
		"CREATE INDEX `_logs_created_hour_idx` ON `_logs` ("+sqlite.Dialect{}.Hour("`created`")+")",
	)
}

// generalizeLogs replaces the former table of requests, whose rows are of no further use.
func generalizeLogs(builder dbx.Builder) error {
	if err := execAll(builder, "DROP TABLE IF EXISTS `_requests`"); err != nil {
		return err
	}
	return initLogs(builder)
}
