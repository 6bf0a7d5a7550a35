package apis

import (
	"fmt"
	"slices"
	"strings"

	"github.com/labstack/echo/v5"

	"github.com/tackleboxdev/tacklebox/core/daos"
	"github.com/tackleboxdev/tacklebox/core/models"
)

const expandParam = "expand"

// EnrichRecord prepares a record for the answer to a request; see [EnrichRecords].
func EnrichRecord(c *echo.Context, dao *daos.Dao, record *models.Record, defaultExpands ...string) error {
	return EnrichRecords(c, dao, []*models.Record{record}, defaultExpands...)
}

// EnrichRecords prepares records of one collection for the answer to a request:
// it shows emails to those who may see them, and expands the relations of the
// `expand` parameter and the given ones as far as the view rules allow. Paths
// that cannot be expanded are left out; that is no error.
func EnrichRecords(c *echo.Context, dao *daos.Dao, records []*models.Record, defaultExpands ...string) error {
	records = slices.DeleteFunc(slices.Clone(records), func(r *models.Record) bool { return r == nil })
	if len(records) == 0 {
		return nil
	}
	expands := append(slices.Clone(defaultExpands), parseExpands(c.QueryParam(expandParam))...)
	if len(expands) == 0 && !needsVisibility(records[0]) {
		return nil
	}
	dao = dao.WithContext(c.Request().Context())
	return enrichAs(dao, RequestInfo(c), records, expands)
}

func enrichAs(dao *daos.Dao, info *models.RequestInfo, records []*models.Record, expands []string) error {
	if err := showEmails(dao, records, info); err != nil {
		return fmt.Errorf("resolve email visibility: %w", err)
	}
	if len(expands) > 0 {
		// What cannot be expanded is missing from the answer, which is part of the API.
		_ = dao.ExpandRecords(records, expands, expandFetch(dao, info))
	}
	return nil
}

func parseExpands(raw string) []string {
	var paths []string
	for path := range strings.SplitSeq(strings.ReplaceAll(raw, " ", ""), ",") {
		if path != "" && !slices.Contains(paths, path) {
			paths = append(paths, path)
		}
	}
	return paths
}

// expandFetch loads related records subject to the view rule of their collection.
func expandFetch(dao *daos.Dao, info *models.RequestInfo) daos.ExpandFetchFunc {
	return func(related *models.Collection, ids []string) ([]*models.Record, error) {
		var filter queryFilter
		if info.Admin == nil {
			if related.ViewRule == nil {
				return nil, fmt.Errorf("only admins can view %q records", related.Name)
			}
			filter = ruleFilter(dao, related, info, related.ViewRule)
		}
		records, err := dao.FindRecordsByIds(related.Id, ids, filter)
		if err != nil {
			return nil, err
		}
		return records, showEmails(dao, records, info)
	}
}

func needsVisibility(record *models.Record) bool {
	return record.Collection() != nil && record.Collection().IsAuth()
}

// showEmails lifts the email visibility of the records for admins, for their
// owner and for those whom the manage rule lets pass.
func showEmails(dao *daos.Dao, records []*models.Record, info *models.RequestInfo) error {
	if len(records) == 0 || !needsVisibility(records[0]) {
		return nil
	}
	collection := records[0].Collection()
	hidden := make(map[string]*models.Record)
	for _, record := range records {
		switch {
		case info.Admin != nil, isOwner(record, info.AuthRecord):
			record.IgnoreEmailVisibility(true)
		case !record.EmailVisibility():
			hidden[record.Id] = record
		}
	}
	rule := collection.AuthOptions().ManageRule
	if len(hidden) == 0 || rule == nil || *rule == "" {
		return nil
	}
	ids := make([]string, 0, len(hidden))
	for id := range hidden {
		ids = append(ids, id)
	}
	managed, err := dao.FindRecordsByIds(collection.Id, ids, ruleFilter(dao, collection, info, rule))
	if err != nil {
		return err
	}
	for _, record := range managed {
		hidden[record.Id].IgnoreEmailVisibility(true)
	}
	return nil
}

func isOwner(record, auth *models.Record) bool {
	return auth != nil && record.Id == auth.Id && record.Collection().Id == auth.Collection().Id
}
