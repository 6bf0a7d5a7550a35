package forms

import (
	validation "github.com/pocketbase/ozzo-validation/v4"
)

// Bounds of a subscribe request, in bytes where it is about texts.
const (
	maxSubscriptions      = 1000
	maxSubscriptionLength = 2500
)

// RealtimeSubscribe replaces the subscriptions of a realtime client. The zero
// value is an empty form.
type RealtimeSubscribe struct {
	ClientId      string   `form:"clientId" json:"clientId"`
	Subscriptions []string `form:"subscriptions" json:"subscriptions"`
}

// NewRealtimeSubscribe returns an empty form.
func NewRealtimeSubscribe() *RealtimeSubscribe { return &RealtimeSubscribe{} }

// Validate checks the lengths, not whether the client exists.
func (f *RealtimeSubscribe) Validate() error {
	return validation.ValidateStruct(f,
		validation.Field(&f.ClientId, validation.Required, validation.Length(1, maxTextLength)),
		validation.Field(&f.Subscriptions,
			validation.Length(0, maxSubscriptions),
			validation.Each(validation.Length(0, maxSubscriptionLength)),
		),
	)
}
