/// <reference path="../pb_data/types.d.ts" />

// Writes to the log which admin changed collections and settings.

/**
 * @param {echo.Context} c
 * @param {string} what
 * @param {string} name
 */
const note = (c, what, name) => {
  const admin = c.get("admin")
  $app.logger().info("audit: " + what, "name", name, "admin", admin ? admin.email : "")
}

onCollectionAfterCreateRequest((e) => note(e.httpContext, "collection created", e.collection.name))

onCollectionAfterUpdateRequest((e) => note(e.httpContext, "collection changed", e.collection.name))

onCollectionAfterDeleteRequest((e) => note(e.httpContext, "collection deleted", e.collection.name))

onSettingsAfterUpdateRequest((e) => note(e.httpContext, "settings changed", e.newSettings.meta.appName))
