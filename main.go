// Command tacklebox is the backend server. Its main function is short on
// purpose: copy it to build a server with hooks of your own.
package main

import (
	"os"

	"github.com/tackleboxdev/tacklebox/cli"
	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/jsvm"
)

func main() {
	flags := cli.Parse(os.Args[1:])
	app := core.New(flags.Config())
	hookTime, routeTime := flags.ScriptTimes()

	jsvm.MustRegister(app, jsvm.Config{
		HooksDir:      flags.HooksDir,
		MigrationsDir: flags.MigrationsDir,
		Automigrate:   flags.Automigrate,
		HooksWatch:    flags.HooksWatch,
		HooksPoolSize: flags.HooksPool,
		HooksEnv:      flags.HooksEnv,
		ScriptTimeout: hookTime,
		RouteTimeout:  routeTime,
	})

	cli.Main(app)
}
