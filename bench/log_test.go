package bench

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/labstack/echo/v5"

	"github.com/tackleboxdev/tacklebox/apis"
	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/coretest"
)

// BenchmarkRequestLog answers requests whose only work is to be logged. "off" is
// the request itself, "path" adds what the request waits for, "stored" also what
// writing the entries takes in the background: the difference to "off" is the
// price of the log.
func BenchmarkRequestLog(b *testing.B) {
	for _, mode := range []string{"off", "path", "stored"} {
		b.Run(mode, func(b *testing.B) {
			app := coretest.New(b)
			if mode == "off" {
				app.Settings().Logs.MaxDays = 0
				if err := app.Dao().SaveSettings(app.Settings(), ""); err != nil {
					b.Fatal(err)
				}
				if err := app.RefreshSettings(); err != nil {
					b.Fatal(err)
				}
			}
			benchmarkLogged(b, app, mode == "stored")
		})
	}
}

func benchmarkLogged(b *testing.B, app *core.App, stored bool) {
	router, err := apis.InitApi(app)
	if err != nil {
		b.Fatal(err)
	}
	router.GET("/x", func(c *echo.Context) error { return c.NoContent(http.StatusNoContent) }, apis.ActivityLogger(app))
	flusher, _ := app.Logger().Handler().(interface{ Flush(ctx context.Context) })
	flusher.Flush(context.Background())
	request := httptest.NewRequest(http.MethodGet, "/x?page=1&filter=a%20b", nil)
	request.Header.Set("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36")
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		router.ServeHTTP(httptest.NewRecorder(), request)
		// Before the queue is full and entries are dropped.
		if i++; i%5000 == 0 {
			if !stored {
				b.StopTimer()
			}
			flusher.Flush(context.Background())
			if !stored {
				b.StartTimer()
			}
		}
	}
	if stored {
		flusher.Flush(context.Background())
	}
}
