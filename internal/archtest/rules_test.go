package archtest

// module is the import path of the root package.
const module = "github.com/tackleboxdev/tacklebox"

// leaves know nothing of the app. They may import the basics only and may be
// imported from everywhere.
var leaves = []string{
	"core/auth", "core/backup", "core/cron", "core/filesystem", "core/hook", "core/hookspec", "core/logger",
	"core/security", "core/store", "core/template", "core/types", "core/web", "mailer", "realtime",
}

// basics are the two leaves that leaves may use.
var basics = []string{"core/security", "core/types"}

// rule says what the packages at and below Path may import of ours, besides
// each other and the leaves. An entry stands for the package and all below it.
type rule struct {
	Path string
	May  []string
	// Not lists leaves and standard packages that have no business there.
	Not []string
}

// dataLayers are what stands below core.
var dataLayers = []string{
	"core/daos", "core/db", "core/migrate", "core/migrations", "core/models", "core/resolver", "core/schema", "core/search", "core/settings",
}

// rules are looked up by the longest path that fits. A package without a rule
// is an error, so that a new one must find its place here.
var rules = []rule{
	{Path: "", May: []string{"apis", "cli", "core", "jsvm", "ui"}},
	{Path: "cli", May: []string{"apis", "core"}},
	{Path: "jsvm", May: []string{"apis", "core", "internal/goroutine", "internal/passwordcost"}},
	{Path: "apis", May: []string{"core", "ui"}},
	{Path: "apis/excerpt"},
	{Path: "apis/forms", May: []string{"core"}},
	{Path: "apis/openapi", May: []string{"core/models", "core/schema"}},
	{Path: "apis/page"},
	{Path: "core", May: append([]string{"internal/goroutine"}, dataLayers...)},
	{Path: "core/coretest", May: []string{"core", "internal/passwordcost"}},
	{Path: "core/daos", May: []string{"core/db", "core/models", "core/resolver", "core/schema", "core/search", "core/settings"}, Not: []string{"core/web"}},
	{Path: "core/migrations", May: []string{"core/daos", "core/db", "core/migrate", "core/models", "core/resolver", "core/schema", "core/search", "core/settings"}},
	{Path: "core/migrate", May: []string{"core/db"}},
	{Path: "core/resolver", May: []string{"core/db", "core/models", "core/schema", "core/search"}},
	{Path: "core/search", May: []string{"core/db"}},
	{Path: "core/models", May: []string{"core/schema", "internal/passwordcost"}, Not: []string{"database/sql", "net/http"}},
	{Path: "core/schema", Not: []string{"database/sql", "net/http"}},
	{Path: "core/settings", May: []string{"core/schema"}, Not: []string{"database/sql", "net/http"}},
	{Path: "core/db", May: []string{"internal/goroutine"}},
	{Path: "ui"},
}

// free are the folders of tests and tools, which may import anything.
var free = []string{"bench", "examples", "internal", "tests"}
