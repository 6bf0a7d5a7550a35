// Command framework shows how a Go program uses the server as a library: it
// adds hooks and a route of its own and keeps the whole command line.
package main

import (
	"net/http"
	"os"
	"strings"

	"github.com/labstack/echo/v5"

	"github.com/tackleboxdev/tacklebox/apis"
	"github.com/tackleboxdev/tacklebox/cli"
	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/models"
)

func main() {
	flags := cli.Parse(os.Args[1:])
	app := core.New(flags.Config())
	register(app)
	cli.Main(app)
}

// register adds what makes this server different from the plain one.
func register(app *core.App) {
	// Runs before every new row of the users collection is stored, whoever
	// creates it: the API, a script or Go code.
	app.OnModelBeforeCreate("users").Add(func(e *core.ModelEvent) error {
		user := e.Model.(*models.Record)
		name := strings.TrimSpace(user.GetString("name"))
		if strings.EqualFold(name, "root") {
			return apis.NewBadRequestError("This name is taken.", nil)
		}
		user.Set("name", name)
		return nil
	})

	app.OnBeforeServe().Add(func(e *core.ServeEvent) error {
		e.Router.GET("/hello/:name", func(c *echo.Context) error {
			total, err := countUsers(e.App)
			if err != nil {
				return err
			}
			return c.JSON(http.StatusOK, map[string]any{"hello": c.Param("name"), "users": total})
		}, apis.ActivityLogger(e.App))
		return nil
	})
}

// countUsers reads with the app's query builder.
func countUsers(app *core.App) (int, error) {
	var total int
	err := app.Dao().RecordQuery("users").Select("count(*)").Row(&total)
	return total, err
}
