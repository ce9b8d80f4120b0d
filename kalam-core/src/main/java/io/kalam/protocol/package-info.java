/**
 * Events to frames and messages to requests. Input: the bytes of a client's message, or
 * what a session has to tell. Output: a {@link io.kalam.protocol.ClientMessage}, or the
 * bytes of a frame. The names on the wire live here and nowhere else; they are described
 * in {@code src/protocol}.
 */
@NullMarked
package io.kalam.protocol;

import org.jspecify.annotations.NullMarked;
