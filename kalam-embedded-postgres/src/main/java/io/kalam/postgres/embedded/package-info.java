/**
 * A real Postgres from Maven artefacts, for development and tests: settings in, a running
 * server with {@code wal_level=logical} out. Nothing of Spring is needed to use it.
 */
@NullMarked
package io.kalam.postgres.embedded;

import org.jspecify.annotations.NullMarked;
