/**
 * Frames to a socket: authentication, limits, liveness. Input: the frames that a client
 * sends. Output: the frames that its session and its connection make, at most one chunk
 * of them on its way whatever the client does, and a close frame with the reason.
 */
@NullMarked
package io.kalam.websocket;

import org.jspecify.annotations.NullMarked;
