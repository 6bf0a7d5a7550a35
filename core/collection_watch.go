package core

import (
	"context"
	"time"
)

// collectionRecheck is how soon a server notices collections that another
// process has changed, such as "migrate up" beside it.
const collectionRecheck = time.Second

// watchCollections rechecks the cached collections as long as the app serves.
func (a *App) watchCollections(*ServeEvent) error {
	a.Go(func(ctx context.Context) {
		tick := time.NewTicker(collectionRecheck)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
			if err := a.Dao().WithContext(ctx).RecheckCollections(); err != nil && ctx.Err() == nil { //nolint:contextcheck // the dao carries it
				a.Logger().Warn("look for changed collections", "error", err.Error())
			}
		}
	})
	return nil
}
