package io.kalam.capture.debezium;

/**
 * What the parts of one running source share.
 *
 * @param settings what is read
 * @param gate positions
 * @param handoff from the streaming thread to the delivering one
 * @param sockets the connections' sockets
 */
record Capture(DebeziumSettings settings, Gate gate, Handoff handoff, Sockets sockets) {

}
