package auth

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"golang.org/x/oauth2"
)

// errInactive is returned for users that the provider itself has locked.
var errInactive = errors.New("the user is not active at the provider")

// answer is what a provider returned about a user.
type answer struct {
	provider *provider
	token    *oauth2.Token
	raw      []byte
}

// decode reads the description of the user.
func (a *answer) decode(target any) error {
	if err := json.Unmarshal(a.raw, target); err != nil {
		return fmt.Errorf("decode user data: %w", err)
	}
	return nil
}

// fetch reads another document about the user. The target stays as it is when the
// user or the client may not see the document.
func (a *answer) fetch(url string, target any) error {
	content, err := a.provider.get(a.token, url)
	if status := statusError(0); errors.As(err, &status) {
		switch int(status) {
		case http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound:
			return nil
		}
	}
	if err != nil {
		return err
	}
	if err := json.Unmarshal(content, target); err != nil {
		return fmt.Errorf("decode user data: %w", err)
	}
	return nil
}

// mailbox is an address of a user in the lists of several providers.
type mailbox struct {
	Email    string `json:"email"`
	Primary  bool   `json:"primary"`
	Verified bool   `json:"verified"`
}

// primaryEmail returns the verified main address of a list, or nothing.
func (a *answer) primaryEmail(url string) (string, error) {
	var list []mailbox
	if err := a.fetch(url, &list); err != nil {
		return "", err
	}
	for _, m := range list {
		if m.Primary && m.Verified {
			return m.Email, nil
		}
	}
	return "", nil
}

// identifier is an id that some providers send as a number. The number 0 is no id.
type identifier string

func (i *identifier) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '"' {
		return json.Unmarshal(data, (*string)(i))
	}
	if bytes.Equal(data, []byte("null")) {
		return nil
	}
	var number json.Number
	if err := json.Unmarshal(data, &number); err != nil {
		return fmt.Errorf("decode id: %w", err)
	}
	if number != "0" {
		*i = identifier(number)
	}
	return nil
}

// flag is true or false, also as text.
type flag bool

func (f *flag) UnmarshalJSON(data []byte) error {
	text := strings.Trim(string(data), `"`)
	*f = text == "true" || text == "1"
	return nil
}

// verified returns the email if the provider vouches for it.
func verified[B ~bool](email string, isVerified B) string {
	if isVerified {
		return email
	}
	return ""
}
