// Package page holds the built-in page that stands in for the dashboard.
package page

import _ "embed"

// HTML is the page as it is served.
//
//go:embed index.html
var HTML []byte
