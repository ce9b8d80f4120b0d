/**
 * Messages: rows that all users share, who is writing one, and the assistant that answers
 * some.
 */
@NullMarked
package io.kalam.desk.message;

import org.jspecify.annotations.NullMarked;
