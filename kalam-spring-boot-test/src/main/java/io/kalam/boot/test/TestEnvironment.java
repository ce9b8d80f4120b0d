package io.kalam.boot.test;

import java.time.Duration;

/**
 * What the users of a test work with.
 *
 * @param address where the socket is
 * @param tokens makes their tokens
 * @param ownerClaim the claim that names the owner of rows
 * @param fence knows up to where the database has committed
 * @param tables knows the tables of entities
 * @param grantsAuthorities whether tokens can be given authorities that are no claims
 * @param patience how long anything may take
 */
record TestEnvironment(SocketAddress address, TestTokens tokens, String ownerClaim, Fence fence, EntityTables tables,
		boolean grantsAuthorities, Duration patience) {

}
