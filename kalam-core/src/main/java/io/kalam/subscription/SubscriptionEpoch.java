package io.kalam.subscription;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

import io.kalam.catalog.Column;
import io.kalam.partition.Partition;
import io.kalam.query.LiveQuery;
import io.kalam.query.SqlCondition;
import io.kalam.sequence.Epoch;

/**
 * The epoch of a subscription's cursors: a hash of all that a cursor is only good for
 * (the database's history, the owner, the table with its lineage and its columns, the
 * query with its parameters, and what the access rules ask of its rows, which is part of
 * the query's predicate).
 */
final class SubscriptionEpoch {

	private static final int BYTES = 12;

	private SubscriptionEpoch() {
	}

	static Epoch of(Epoch database, Subscription subscription) {
		MessageDigest digest = digest();
		LiveQuery query = subscription.query();
		Partition partition = subscription.partition();
		add(digest, database.value());
		add(digest, (partition != null) ? describe(partition) : "");
		add(digest, query.table().name().toString());
		add(digest, query.table().lineage().value());
		query.projection().columns().forEach((column) -> add(digest, column.name()));
		for (Column column : query.table().rowType().table().columns()) {
			add(digest, column.name() + ' ' + column.type().oid() + ' ' + column.type().modifier());
			column.type().underlying().labels().forEach((label) -> add(digest, label));
			String form = query.table().rowType().codec(column).form();
			if (!form.isEmpty()) {
				add(digest, form);
			}
		}
		SqlCondition condition = query.predicate().toSql();
		add(digest, condition.text());
		condition.parameters().forEach((parameter) -> add(digest, parameter));
		if (!query.ordering().isNone()) {
			add(digest, query.ordering().toSql(""));
			add(digest, (query.window() != null) ? "first " + query.window().rows() : "");
		}
		byte[] hash = Arrays.copyOf(digest.digest(), BYTES);
		return new Epoch(Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
	}

	private static String describe(Partition partition) {
		return switch (partition.scope()) {
			case OWNER -> "owner " + partition.owner();
			case SHARED -> "";
			case UNOWNED -> "unowned";
			case ALL -> "all";
		};
	}

	private static void add(MessageDigest digest, String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
		digest.update(bytes);
	}

	private static MessageDigest digest() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
