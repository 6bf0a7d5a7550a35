package migrations

import (
	"github.com/pocketbase/dbx"

	"github.com/tackleboxdev/tacklebox/core/daos"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/schema"
	"github.com/tackleboxdev/tacklebox/core/settings"
)

// The columns every system table has, and the last two of most.
const (
	idColumn    = "`id` TEXT PRIMARY KEY NOT NULL"
	dateColumns = "`created` TEXT DEFAULT (strftime('%Y-%m-%d %H:%M:%fZ')) NOT NULL, " +
		"`updated` TEXT DEFAULT (strftime('%Y-%m-%d %H:%M:%fZ')) NOT NULL"
)

const (
	createAdmins = "CREATE TABLE `_admins` (" + idColumn + ", " +
		"`avatar` INTEGER DEFAULT 0 NOT NULL, " +
		"`email` TEXT UNIQUE NOT NULL, " +
		"`tokenKey` TEXT UNIQUE NOT NULL, " +
		"`passwordHash` TEXT NOT NULL, " +
		"`lastResetSentAt` TEXT DEFAULT \"\" NOT NULL, " +
		dateColumns + ")"

	createCollections = "CREATE TABLE `_collections` (" + idColumn + ", " +
		"`system` BOOLEAN DEFAULT FALSE NOT NULL, " +
		"`type` TEXT DEFAULT \"base\" NOT NULL, " +
		"`name` TEXT UNIQUE NOT NULL, " +
		"`schema` JSON DEFAULT \"[]\" NOT NULL, " +
		"`indexes` JSON DEFAULT \"[]\" NOT NULL, " +
		"`listRule` TEXT DEFAULT NULL, " +
		"`viewRule` TEXT DEFAULT NULL, " +
		"`createRule` TEXT DEFAULT NULL, " +
		"`updateRule` TEXT DEFAULT NULL, " +
		"`deleteRule` TEXT DEFAULT NULL, " +
		"`options` JSON DEFAULT \"{}\" NOT NULL, " +
		dateColumns + ")"

	createParams = "CREATE TABLE `_params` (" + idColumn + ", " +
		"`key` TEXT UNIQUE NOT NULL, " +
		"`value` JSON DEFAULT NULL, " +
		"`created` TEXT DEFAULT \"\" NOT NULL, " +
		"`updated` TEXT DEFAULT \"\" NOT NULL)"

	createExternalAuths = "CREATE TABLE `_externalAuths` (" + idColumn + ", " +
		"`collectionId` TEXT NOT NULL, " +
		"`recordId` TEXT NOT NULL, " +
		"`provider` TEXT NOT NULL, " +
		"`providerId` TEXT NOT NULL, " +
		dateColumns + ", " +
		"FOREIGN KEY (`collectionId`) REFERENCES `_collections` (`id`) ON UPDATE CASCADE ON DELETE CASCADE)"

	indexRecordProvider     = "CREATE UNIQUE INDEX `_externalAuths_record_provider_idx` ON `_externalAuths` (`collectionId`, `recordId`, `provider`)"
	indexCollectionProvider = "CREATE UNIQUE INDEX `_externalAuths_collection_provider_idx` ON `_externalAuths` (`collectionId`, `provider`, `providerId`)"
)

// initApp makes data.db: the system tables, the default settings and the users collection.
func initApp(builder dbx.Builder) error {
	if err := execAll(builder,
		createAdmins, createCollections, createParams, createExternalAuths,
		indexRecordProvider, indexCollectionProvider,
	); err != nil {
		return err
	}
	dao := daos.NewFromBuilder(builder)
	if err := dao.SaveSettings(settings.New()); err != nil {
		return err
	}
	users, err := usersCollection()
	if err != nil {
		return err
	}
	return dao.SaveCollection(users)
}

// usersCollection returns the auth collection of a fresh install.
func usersCollection() (*models.Collection, error) {
	users := &models.Collection{
		Name:       "users",
		Type:       models.CollectionTypeAuth,
		ListRule:   new("id = @request.auth.id"),
		ViewRule:   new("id = @request.auth.id"),
		CreateRule: new(""),
		UpdateRule: new("id = @request.auth.id"),
		DeleteRule: new("id = @request.auth.id"),
		Schema: schema.NewSchema(
			&schema.SchemaField{Id: "users_name", Name: "name", Type: schema.FieldTypeText, Options: &schema.TextOptions{}},
			&schema.SchemaField{Id: "users_avatar", Name: "avatar", Type: schema.FieldTypeFile, Options: &schema.FileOptions{
				MaxSelect: 1,
				MaxSize:   5242880,
				MimeTypes: []string{"image/jpeg", "image/png", "image/svg+xml", "image/gif", "image/webp"},
			}},
		),
	}
	users.SetId("_pb_users_auth_")
	return users, users.SetOptions(models.CollectionAuthOptions{
		AllowUsernameAuth: true,
		AllowEmailAuth:    true,
		AllowOAuth2Auth:   true,
		MinPasswordLength: 8,
	})
}
