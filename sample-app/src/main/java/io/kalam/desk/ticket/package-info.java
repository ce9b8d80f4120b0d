/**
 * Tickets: a user's own rows.
 */
@NullMarked
package io.kalam.desk.ticket;

import org.jspecify.annotations.NullMarked;
