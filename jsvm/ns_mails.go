package jsvm

import "github.com/tackleboxdev/tacklebox/core"

// mailsNamespace is the mails that the API sends.
var mailsNamespace = namespace{
	Name: "$mails",
	Doc:  "The mails of the sign-in flows; each returns when the mail server took it.",
	Bind: func(*environment) members {
		return members{
			"sendAdminPasswordReset":  core.SendAdminPasswordReset,
			"sendRecordChangeEmail":   core.SendRecordChangeEmail,
			"sendRecordPasswordReset": core.SendRecordPasswordReset,
			"sendRecordVerification":  core.SendRecordVerification,
		}
	},
}
