// Package hookspec is the one table of events. The getters of the app, the
// script globals and the event documentation are generated from it; the place
// that fires an event is the only other one that names it.
package hookspec

// Event describes one event.
type Event struct {
	// Name is the name without "On"; Go reads app.On<Name>(), scripts on<Name>().
	Name string
	// Payload is the name of the event struct in package core.
	Payload string
	// Tagged tells whether handlers may be limited to collections or tables.
	Tagged bool
	// JS tells whether scripts have a global of that name.
	JS bool
	// Doc is one or two sentences on when the event fires and what stopping
	// or failing means.
	Doc string
}

// Table lists all events, grouped by area.
var Table = []Event{
	{
		Name: "BeforeBootstrap", Payload: "BootstrapEvent", Tagged: false, JS: true,
		Doc: "Runs first in every command, before the data directory, databases and settings are opened.",
	},
	{
		Name: "AfterBootstrap", Payload: "BootstrapEvent", Tagged: false, JS: true,
		Doc: "Runs when the databases are open and the settings are loaded, before pending migrations are applied by serve.",
	},
	{
		Name: "BeforeServe", Payload: "ServeEvent", Tagged: false, JS: false,
		Doc: "Runs when the API routes exist, before the server listens. An error ends the process.",
	},
	{
		Name: "BeforeApiError", Payload: "ApiErrorEvent", Tagged: false, JS: true,
		Doc: "Runs when a request failed and nothing was written yet. Changing the error changes the answer; stopping skips the default answer.",
	},
	{
		Name: "AfterApiError", Payload: "ApiErrorEvent", Tagged: false, JS: true,
		Doc: "Runs after the error answer was written. Errors are only logged.",
	},
	{
		Name: "Terminate", Payload: "TerminateEvent", Tagged: false, JS: true,
		Doc: "Runs when the app is about to end or to be restarted. The process ends whatever the handlers return.",
	},
	{
		Name: "ModelBeforeCreate", Payload: "ModelEvent", Tagged: true, JS: true,
		Doc: "Runs right before a model is inserted, with the dao of the write, which may be a transaction. Stopping skips the statement silently.",
	},
	{
		Name: "ModelAfterCreate", Payload: "ModelEvent", Tagged: true, JS: true,
		Doc: "Runs after a model was inserted: at once outside of a transaction, else after its commit with the plain dao; not at all after a rollback.",
	},
	{
		Name: "ModelBeforeUpdate", Payload: "ModelEvent", Tagged: true, JS: true,
		Doc: "Runs right before a model is updated, with the dao of the write, which may be a transaction. Stopping skips the statement silently.",
	},
	{
		Name: "ModelAfterUpdate", Payload: "ModelEvent", Tagged: true, JS: true,
		Doc: "Runs after a model was updated: at once outside of a transaction, else after its commit with the plain dao; not at all after a rollback.",
	},
	{
		Name: "ModelBeforeDelete", Payload: "ModelEvent", Tagged: true, JS: true,
		Doc: "Runs right before a model is deleted, with the dao of the write, which may be a transaction. Stopping skips the statement silently.",
	},
	{
		Name: "ModelAfterDelete", Payload: "ModelEvent", Tagged: true, JS: true,
		Doc: "Runs after a model was deleted: at once outside of a transaction, else after its commit with the plain dao; not at all after a rollback.",
	},
	{
		Name: "MailerBeforeAdminResetPasswordSend", Payload: "MailerAdminEvent", Tagged: false, JS: true,
		Doc: "Runs before the password reset mail of an admin is sent. Stopping or failing sends nothing.",
	},
	{
		Name: "MailerAfterAdminResetPasswordSend", Payload: "MailerAdminEvent", Tagged: false, JS: true,
		Doc: "Runs after the password reset mail of an admin was handed to the mail server.",
	},
	{
		Name: "MailerBeforeRecordResetPasswordSend", Payload: "MailerRecordEvent", Tagged: true, JS: true,
		Doc: "Runs before the password reset mail of an auth record is sent. Stopping or failing sends nothing.",
	},
	{
		Name: "MailerAfterRecordResetPasswordSend", Payload: "MailerRecordEvent", Tagged: true, JS: true,
		Doc: "Runs after the password reset mail of an auth record was handed to the mail server.",
	},
	{
		Name: "MailerBeforeRecordVerificationSend", Payload: "MailerRecordEvent", Tagged: true, JS: true,
		Doc: "Runs before the verification mail of an auth record is sent. Stopping or failing sends nothing.",
	},
	{
		Name: "MailerAfterRecordVerificationSend", Payload: "MailerRecordEvent", Tagged: true, JS: true,
		Doc: "Runs after the verification mail of an auth record was handed to the mail server.",
	},
	{
		Name: "MailerBeforeRecordChangeEmailSend", Payload: "MailerRecordEvent", Tagged: true, JS: true,
		Doc: "Runs before the email change mail of an auth record is sent. Stopping or failing sends nothing.",
	},
	{
		Name: "MailerAfterRecordChangeEmailSend", Payload: "MailerRecordEvent", Tagged: true, JS: true,
		Doc: "Runs after the email change mail of an auth record was handed to the mail server.",
	},
	{
		Name: "RecordsListRequest", Payload: "RecordsListEvent", Tagged: true, JS: true,
		Doc: "Runs after the query of a list request, before enrichment and the answer.",
	},
	{
		Name: "RecordViewRequest", Payload: "RecordViewEvent", Tagged: true, JS: true,
		Doc: "Runs after a record was found, before enrichment and the answer.",
	},
	{
		Name: "RecordBeforeCreateRequest", Payload: "RecordCreateEvent", Tagged: true, JS: true,
		Doc: "Runs when the create rule passed and the body is loaded and validated, before anything is stored.",
	},
	{
		Name: "RecordAfterCreateRequest", Payload: "RecordCreateEvent", Tagged: true, JS: true,
		Doc: "Runs after the record was stored, before the answer.",
	},
	{
		Name: "RecordBeforeUpdateRequest", Payload: "RecordUpdateEvent", Tagged: true, JS: true,
		Doc: "Runs when the rule passed and the body is loaded and validated, before anything is stored.",
	},
	{
		Name: "RecordAfterUpdateRequest", Payload: "RecordUpdateEvent", Tagged: true, JS: true,
		Doc: "Runs after the record was stored, before the answer.",
	},
	{
		Name: "RecordBeforeDeleteRequest", Payload: "RecordDeleteEvent", Tagged: true, JS: true,
		Doc: "Runs when the record was found and the rule passed, before anything is deleted.",
	},
	{
		Name: "RecordAfterDeleteRequest", Payload: "RecordDeleteEvent", Tagged: true, JS: true,
		Doc: "Runs after the record was deleted, before the answer.",
	},
	{
		Name: "RecordAuthRequest", Payload: "RecordAuthEvent", Tagged: true, JS: true,
		Doc: "Runs when a token was made for an auth record, before the auth answer.",
	},
	{
		Name: "RecordBeforeAuthWithPasswordRequest", Payload: "RecordAuthWithPasswordEvent", Tagged: true, JS: true,
		Doc: "Runs after the identity was looked up, before the password is checked. The record is nil when nothing matches and may be assigned.",
	},
	{
		Name: "RecordAfterAuthWithPasswordRequest", Payload: "RecordAuthWithPasswordEvent", Tagged: true, JS: true,
		Doc: "Runs after the password was accepted, before the auth answer.",
	},
	{
		Name: "RecordBeforeAuthWithOAuth2Request", Payload: "RecordAuthWithOAuth2Event", Tagged: true, JS: true,
		Doc: "Runs after the provider told who the user is, before anything is stored. The record is nil for a new account and may be assigned.",
	},
	{
		Name: "RecordAfterAuthWithOAuth2Request", Payload: "RecordAuthWithOAuth2Event", Tagged: true, JS: true,
		Doc: "Runs after the record was stored and linked to the provider.",
	},
	{
		Name: "RecordBeforeAuthRefreshRequest", Payload: "RecordAuthRefreshEvent", Tagged: true, JS: true,
		Doc: "Runs for an authenticated refresh request, before the new token is made.",
	},
	{
		Name: "RecordAfterAuthRefreshRequest", Payload: "RecordAuthRefreshEvent", Tagged: true, JS: true,
		Doc: "Runs directly after the before handlers of a refresh.",
	},
	{
		Name: "RecordListExternalAuthsRequest", Payload: "RecordListExternalAuthsEvent", Tagged: true, JS: true,
		Doc: "Runs after the linked providers of a record were read, before the answer.",
	},
	{
		Name: "RecordBeforeUnlinkExternalAuthRequest", Payload: "RecordUnlinkExternalAuthEvent", Tagged: true, JS: true,
		Doc: "Runs before a provider link is deleted.",
	},
	{
		Name: "RecordAfterUnlinkExternalAuthRequest", Payload: "RecordUnlinkExternalAuthEvent", Tagged: true, JS: true,
		Doc: "Runs after a provider link was deleted.",
	},
	{
		Name: "RecordBeforeRequestPasswordResetRequest", Payload: "RecordRequestPasswordResetEvent", Tagged: true, JS: true,
		Doc: "Runs before the reset mail job is started.",
	},
	{
		Name: "RecordAfterRequestPasswordResetRequest", Payload: "RecordRequestPasswordResetEvent", Tagged: true, JS: true,
		Doc: "Runs after the reset mail job was started.",
	},
	{
		Name: "RecordBeforeConfirmPasswordResetRequest", Payload: "RecordConfirmPasswordResetEvent", Tagged: true, JS: true,
		Doc: "Runs with the new password set in memory, before it is stored.",
	},
	{
		Name: "RecordAfterConfirmPasswordResetRequest", Payload: "RecordConfirmPasswordResetEvent", Tagged: true, JS: true,
		Doc: "Runs after the new password was stored.",
	},
	{
		Name: "RecordBeforeRequestVerificationRequest", Payload: "RecordRequestVerificationEvent", Tagged: true, JS: true,
		Doc: "Runs before the verification mail job is started.",
	},
	{
		Name: "RecordAfterRequestVerificationRequest", Payload: "RecordRequestVerificationEvent", Tagged: true, JS: true,
		Doc: "Runs after the verification mail job was started.",
	},
	{
		Name: "RecordBeforeConfirmVerificationRequest", Payload: "RecordConfirmVerificationEvent", Tagged: true, JS: true,
		Doc: "Runs with the record verified in memory, before it is stored.",
	},
	{
		Name: "RecordAfterConfirmVerificationRequest", Payload: "RecordConfirmVerificationEvent", Tagged: true, JS: true,
		Doc: "Runs after the verification was stored.",
	},
	{
		Name: "RecordBeforeRequestEmailChangeRequest", Payload: "RecordRequestEmailChangeEvent", Tagged: true, JS: true,
		Doc: "Runs before the email change mail is sent.",
	},
	{
		Name: "RecordAfterRequestEmailChangeRequest", Payload: "RecordRequestEmailChangeEvent", Tagged: true, JS: true,
		Doc: "Runs after the email change mail was sent.",
	},
	{
		Name: "RecordBeforeConfirmEmailChangeRequest", Payload: "RecordConfirmEmailChangeEvent", Tagged: true, JS: true,
		Doc: "Runs with the new address set in memory, before it is stored.",
	},
	{
		Name: "RecordAfterConfirmEmailChangeRequest", Payload: "RecordConfirmEmailChangeEvent", Tagged: true, JS: true,
		Doc: "Runs after the new address was stored.",
	},
	{
		Name: "RealtimeConnectRequest", Payload: "RealtimeConnectEvent", Tagged: false, JS: true,
		Doc: "Runs when a realtime client is registered, before anything is sent to it.",
	},
	{
		Name: "RealtimeDisconnectRequest", Payload: "RealtimeDisconnectEvent", Tagged: false, JS: true,
		Doc: "Runs when a realtime connection is over. Errors are only logged.",
	},
	{
		Name: "RealtimeBeforeMessageSend", Payload: "RealtimeMessageEvent", Tagged: false, JS: true,
		Doc: "Runs for every message and client before it is written. Stopping drops the message, an error closes the connection.",
	},
	{
		Name: "RealtimeAfterMessageSend", Payload: "RealtimeMessageEvent", Tagged: false, JS: true,
		Doc: "Runs after a message was written to a client.",
	},
	{
		Name: "RealtimeBeforeSubscribeRequest", Payload: "RealtimeSubscribeEvent", Tagged: false, JS: true,
		Doc: "Runs before the subscriptions of a client are replaced.",
	},
	{
		Name: "RealtimeAfterSubscribeRequest", Payload: "RealtimeSubscribeEvent", Tagged: false, JS: true,
		Doc: "Runs after the subscriptions of a client were replaced.",
	},
	{
		Name: "FileDownloadRequest", Payload: "FileDownloadEvent", Tagged: true, JS: true,
		Doc: "Runs when a file may be served, before it is.",
	},
	{
		Name: "FileBeforeTokenRequest", Payload: "FileTokenEvent", Tagged: true, JS: true,
		Doc: "Runs before a file token is answered; a model and a token may be assigned.",
	},
	{
		Name: "FileAfterTokenRequest", Payload: "FileTokenEvent", Tagged: true, JS: true,
		Doc: "Runs when a file token is present, before the answer.",
	},
	{
		Name: "CollectionsListRequest", Payload: "CollectionsListEvent", Tagged: false, JS: true,
		Doc: "Runs after the query of a collections list request, before the answer.",
	},
	{
		Name: "CollectionViewRequest", Payload: "CollectionViewEvent", Tagged: false, JS: true,
		Doc: "Runs after a collection was found, before the answer.",
	},
	{
		Name: "CollectionBeforeCreateRequest", Payload: "CollectionCreateEvent", Tagged: false, JS: true,
		Doc: "Runs before a collection is stored.",
	},
	{
		Name: "CollectionAfterCreateRequest", Payload: "CollectionCreateEvent", Tagged: false, JS: true,
		Doc: "Runs after a collection was stored and its table was created.",
	},
	{
		Name: "CollectionBeforeUpdateRequest", Payload: "CollectionUpdateEvent", Tagged: false, JS: true,
		Doc: "Runs before a collection is stored.",
	},
	{
		Name: "CollectionAfterUpdateRequest", Payload: "CollectionUpdateEvent", Tagged: false, JS: true,
		Doc: "Runs after a collection was stored and its table was synced.",
	},
	{
		Name: "CollectionBeforeDeleteRequest", Payload: "CollectionDeleteEvent", Tagged: false, JS: true,
		Doc: "Runs before a collection is deleted.",
	},
	{
		Name: "CollectionAfterDeleteRequest", Payload: "CollectionDeleteEvent", Tagged: false, JS: true,
		Doc: "Runs after a collection was deleted.",
	},
	{
		Name: "CollectionsBeforeImportRequest", Payload: "CollectionsImportEvent", Tagged: false, JS: true,
		Doc: "Runs before collections are imported.",
	},
	{
		Name: "CollectionsAfterImportRequest", Payload: "CollectionsImportEvent", Tagged: false, JS: true,
		Doc: "Runs after collections were imported and committed.",
	},
	{
		Name: "SettingsListRequest", Payload: "SettingsListEvent", Tagged: false, JS: true,
		Doc: "Runs with a redacted copy of the settings, before the answer.",
	},
	{
		Name: "SettingsBeforeUpdateRequest", Payload: "SettingsUpdateEvent", Tagged: false, JS: true,
		Doc: "Runs before changed settings are stored.",
	},
	{
		Name: "SettingsAfterUpdateRequest", Payload: "SettingsUpdateEvent", Tagged: false, JS: true,
		Doc: "Runs after changed settings were stored and became active.",
	},
	{
		Name: "AdminsListRequest", Payload: "AdminsListEvent", Tagged: false, JS: true,
		Doc: "Runs after the query of an admins list request, before the answer.",
	},
	{
		Name: "AdminViewRequest", Payload: "AdminViewEvent", Tagged: false, JS: true,
		Doc: "Runs after an admin was found, before the answer.",
	},
	{
		Name: "AdminBeforeCreateRequest", Payload: "AdminCreateEvent", Tagged: false, JS: true,
		Doc: "Runs before an admin is stored.",
	},
	{
		Name: "AdminAfterCreateRequest", Payload: "AdminCreateEvent", Tagged: false, JS: true,
		Doc: "Runs after an admin was stored.",
	},
	{
		Name: "AdminBeforeUpdateRequest", Payload: "AdminUpdateEvent", Tagged: false, JS: true,
		Doc: "Runs before an admin is stored.",
	},
	{
		Name: "AdminAfterUpdateRequest", Payload: "AdminUpdateEvent", Tagged: false, JS: true,
		Doc: "Runs after an admin was stored.",
	},
	{
		Name: "AdminBeforeDeleteRequest", Payload: "AdminDeleteEvent", Tagged: false, JS: true,
		Doc: "Runs before an admin is deleted.",
	},
	{
		Name: "AdminAfterDeleteRequest", Payload: "AdminDeleteEvent", Tagged: false, JS: true,
		Doc: "Runs after an admin was deleted.",
	},
	{
		Name: "AdminAuthRequest", Payload: "AdminAuthEvent", Tagged: false, JS: true,
		Doc: "Runs when a token was made for an admin, before the auth answer.",
	},
	{
		Name: "AdminBeforeAuthWithPasswordRequest", Payload: "AdminAuthWithPasswordEvent", Tagged: false, JS: true,
		Doc: "Runs after the admin was looked up, before the password is checked. The admin is nil when nothing matches and may be assigned.",
	},
	{
		Name: "AdminAfterAuthWithPasswordRequest", Payload: "AdminAuthWithPasswordEvent", Tagged: false, JS: true,
		Doc: "Runs after the password was accepted, before the auth answer.",
	},
	{
		Name: "AdminBeforeAuthRefreshRequest", Payload: "AdminAuthRefreshEvent", Tagged: false, JS: true,
		Doc: "Runs for an authenticated refresh request, before the new token is made.",
	},
	{
		Name: "AdminAfterAuthRefreshRequest", Payload: "AdminAuthRefreshEvent", Tagged: false, JS: true,
		Doc: "Runs directly after the before handlers of a refresh.",
	},
	{
		Name: "AdminBeforeRequestPasswordResetRequest", Payload: "AdminRequestPasswordResetEvent", Tagged: false, JS: true,
		Doc: "Runs before the reset mail job of an admin is started.",
	},
	{
		Name: "AdminAfterRequestPasswordResetRequest", Payload: "AdminRequestPasswordResetEvent", Tagged: false, JS: true,
		Doc: "Runs after the reset mail job of an admin was started.",
	},
	{
		Name: "AdminBeforeConfirmPasswordResetRequest", Payload: "AdminConfirmPasswordResetEvent", Tagged: false, JS: true,
		Doc: "Runs with the new password set in memory, before it is stored.",
	},
	{
		Name: "AdminAfterConfirmPasswordResetRequest", Payload: "AdminConfirmPasswordResetEvent", Tagged: false, JS: true,
		Doc: "Runs after the new password was stored.",
	},
}
