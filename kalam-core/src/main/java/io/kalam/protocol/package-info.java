/**
 * Events to frames and back. The names on the wire live here and nowhere else.
 */
@NullMarked
package io.kalam.protocol;

import org.jspecify.annotations.NullMarked;
