package models

import (
	validation "github.com/pocketbase/ozzo-validation/v4"

	"github.com/tackleboxdev/tacklebox/core/schema"
)

// CollectionBaseOptions has no options.
type CollectionBaseOptions struct{}

// Validate accepts everything.
func (o CollectionBaseOptions) Validate() error { return nil }

// CollectionAuthOptions tells how the accounts of an auth collection sign in.
type CollectionAuthOptions struct {
	// ManageRule tells who may change the accounts of others; nil means nobody.
	ManageRule         *string  `json:"manageRule"`
	AllowOAuth2Auth    bool     `json:"allowOAuth2Auth"`
	AllowUsernameAuth  bool     `json:"allowUsernameAuth"`
	AllowEmailAuth     bool     `json:"allowEmailAuth"`
	RequireEmail       bool     `json:"requireEmail"`
	ExceptEmailDomains []string `json:"exceptEmailDomains"`
	OnlyVerified       bool     `json:"onlyVerified"`
	OnlyEmailDomains   []string `json:"onlyEmailDomains"`
	MinPasswordLength  int      `json:"minPasswordLength"`
}

// Validate checks the options, except the syntax of the manage rule.
func (o CollectionAuthOptions) Validate() error {
	return validation.ValidateStruct(&o,
		validation.Field(&o.ManageRule, validation.NilOrNotEmpty),
		validation.Field(&o.ExceptEmailDomains, schema.DomainRules(o.OnlyEmailDomains)...),
		validation.Field(&o.OnlyEmailDomains, schema.DomainRules(o.ExceptEmailDomains)...),
		validation.Field(&o.MinPasswordLength,
			validation.When(o.AllowUsernameAuth || o.AllowEmailAuth, validation.Required),
			validation.Min(5), validation.Max(72),
		),
	)
}

// CollectionViewOptions holds the query of a view collection.
type CollectionViewOptions struct {
	Query string `json:"query"`
}

// Validate checks that there is a query.
func (o CollectionViewOptions) Validate() error {
	return validation.ValidateStruct(&o, validation.Field(&o.Query, validation.Required))
}
