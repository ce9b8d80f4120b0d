/**
 * Spring Boot's side of the embedded Postgres: it starts when the application has
 * configured no database, and the application's pools are given its address.
 */
@NullMarked
package io.kalam.postgres.embedded.autoconfigure;

import org.jspecify.annotations.NullMarked;
