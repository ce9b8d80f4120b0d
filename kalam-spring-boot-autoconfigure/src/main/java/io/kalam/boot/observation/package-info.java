/**
 * Observations of Kalam's units of work: a client is authenticated, a snapshot is read, a
 * client resumes, a commit is published. Never of a single change or of a delivery. None
 * without an {@code ObservationRegistry} bean, and none with a registry that ignores
 * them. No key value and no recorded error holds a user, a token, a key, a value or SQL.
 */
@NullMarked
package io.kalam.boot.observation;

import org.jspecify.annotations.NullMarked;
