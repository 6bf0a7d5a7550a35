package search

// Result is one page of a list, as responses show it.
type Result struct {
	Page       int `json:"page"`
	PerPage    int `json:"perPage"`
	TotalItems int `json:"totalItems"` // -1 when it was not asked for
	TotalPages int `json:"totalPages"` // -1 when it was not asked for
	// Items is a pointer to a slice, so that handlers may shorten or extend it.
	Items any `json:"items"`
}

// NewResult returns a page with the number of pages worked out. A negative
// total stands for one that was not asked for.
func NewResult(page, perPage, total int, items any) *Result {
	result := &Result{Page: page, PerPage: perPage, TotalItems: -1, TotalPages: -1, Items: items}
	if total >= 0 {
		result.TotalItems = total
		result.TotalPages = (total + perPage - 1) / perPage
	}
	return result
}

// ShortTotal returns the number of all rows when the number of rows on a page
// tells it: the page is not full, and it is the first or not empty.
func ShortTotal(page, perPage, rows int) (total int, ok bool) {
	if rows < perPage && (page == 1 || rows > 0) {
		return (page-1)*perPage + rows, true
	}
	return 0, false
}
