/** The two databases of a store: connections, dialects, schema, migrations and row writers. */
@NullMarked
package io.simtally.fleet.store.sql;

import org.jspecify.annotations.NullMarked;
