/**
 * Frames to a socket: authentication, limits, liveness.
 */
@NullMarked
package io.kalam.websocket;

import org.jspecify.annotations.NullMarked;
