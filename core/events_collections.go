package core

import (
	"github.com/labstack/echo/v5"

	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/search"
)

// CollectionsListEvent is the payload of OnCollectionsListRequest.
type CollectionsListEvent struct {
	HttpContext *echo.Context
	Collections []*models.Collection
	Result      *search.Result
}

// CollectionViewEvent is the payload of OnCollectionViewRequest.
type CollectionViewEvent struct {
	BaseCollectionEvent

	HttpContext *echo.Context
}

// CollectionCreateEvent is the payload of the collection create request events.
type CollectionCreateEvent struct {
	BaseCollectionEvent

	HttpContext *echo.Context
}

// CollectionUpdateEvent is the payload of the collection update request events.
type CollectionUpdateEvent struct {
	BaseCollectionEvent

	HttpContext *echo.Context
}

// CollectionDeleteEvent is the payload of the collection delete request events.
type CollectionDeleteEvent struct {
	BaseCollectionEvent

	HttpContext *echo.Context
}

// CollectionsImportEvent is the payload of the collections import events.
type CollectionsImportEvent struct {
	HttpContext *echo.Context
	Collections []*models.Collection
}
