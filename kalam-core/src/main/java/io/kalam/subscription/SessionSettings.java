package io.kalam.subscription;

/**
 * What a session's client understands, and its limits.
 *
 * @param transactions whether the client understands whole transactions, marks and
 * resets; one that does not is told to subscribe again where another would be reset
 * @param maxSubscriptions how many subscriptions it may have at once
 * @param maxBuffer how many bytes may wait for it in memory; beyond that the session
 * reads from the journal at the client's own pace
 */
public record SessionSettings(boolean transactions, int maxSubscriptions, long maxBuffer) {

}
