package jsvm

import (
	"context"
	"time"

	"github.com/tackleboxdev/tacklebox/core/filesystem"
)

// downloadTimeout bounds $filesystem.fileFromUrl when the script names no time.
const downloadTimeout = 120 * time.Second

// filesystemNamespace is the sources of file values.
var filesystemNamespace = namespace{
	Name: "$filesystem",
	Doc:  "Files made from paths, bytes, uploads and addresses, ready for file fields.",
	Bind: func(env *environment) members {
		return members{
			"fileFromPath":      filesystem.NewFileFromPath,
			"fileFromBytes":     filesystem.NewFileFromBytes,
			"fileFromMultipart": filesystem.NewFileFromMultipart,
			"fileFromUrl": func(url string, seconds float64) (*filesystem.File, error) {
				ctx, cancel := env.within(seconds, downloadTimeout)
				defer cancel()
				return filesystem.NewFileFromURL(ctx, url)
			},
		}
	},
}

// within returns the context of the running call bounded by a number of
// seconds; zero and less stand for the fallback.
func (env *environment) within(seconds float64, fallback time.Duration) (context.Context, context.CancelFunc) {
	limit := time.Duration(seconds * float64(time.Second))
	if limit <= 0 {
		limit = fallback
	}
	return context.WithTimeout(env.context(), limit)
}
