// Loaded with require(): files in folders below pb_hooks are no scripts of their own.

/**
 * Returns the number of rows of a table.
 *
 * @param {string} table
 */
exports.rows = (table) => {
  const result = new DynamicModel({ total: 0 })
  $app.dao().db().select("count(*) as total").from(table).one(result)
  return result.total
}
