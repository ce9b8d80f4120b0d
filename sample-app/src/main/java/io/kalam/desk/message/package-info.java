/**
 * Messages: rows that all users share.
 */
@NullMarked
package io.kalam.desk.message;

import org.jspecify.annotations.NullMarked;
