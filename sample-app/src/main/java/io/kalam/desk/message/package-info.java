/**
 * Messages: rows that all users share, and who is writing one.
 */
@NullMarked
package io.kalam.desk.message;

import org.jspecify.annotations.NullMarked;
