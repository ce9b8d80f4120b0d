/**
 * Frames to a socket: authentication, limits, liveness. Input: the frames that a client
 * sends. Output: the frames that its session and its connection make, at most one chunk
 * of them on its way whatever the client does, and a close frame with the reason. The
 * socket is one of WebFlux on Reactor Netty or one of Tomcat; nothing but a
 * {@code Transport} knows which.
 */
@NullMarked
package io.kalam.websocket;

import org.jspecify.annotations.NullMarked;
