package io.kalam.partition;

import java.time.Duration;

import org.springframework.util.Assert;

import io.kalam.catalog.Table;

/**
 * What the application says about the events of a stream, which no table of the database
 * holds.
 *
 * @param table what an event consists of, and which of it is its key; the owner column is
 * part of the key
 * @param ttl how long an event lives after its commit
 * @param maxRows how many of them may live at once in a partition
 */
public record StreamDefinition(Table table, Duration ttl, int maxRows) {

	public StreamDefinition {
		Assert.isTrue(!ttl.isNegative() && !ttl.isZero(), "events live for some time");
		Assert.isTrue(maxRows > 0, "at least one event can live");
	}

}
