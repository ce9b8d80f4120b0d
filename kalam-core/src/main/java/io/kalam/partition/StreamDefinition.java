package io.kalam.partition;

import java.time.Duration;

import io.kalam.catalog.Column;
import io.kalam.catalog.Table;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What the application says about the events of a stream, which no table of the database
 * holds.
 *
 * @param table what an event consists of, and which of it is its key; the owner column is
 * part of the key
 * @param ttl how long an event lives after its commit
 * @param maxRows how many of them may live at once in a partition
 * @param sender the column with who has told an event, which is part of the key;
 * {@code null} if clients may tell none
 */
public record StreamDefinition(Table table, Duration ttl, int maxRows, @Nullable Column sender) {

	public StreamDefinition {
		Assert.isTrue(!ttl.isNegative() && !ttl.isZero(), "events live for some time");
		Assert.isTrue(maxRows > 0, "at least one event can live");
		Assert.isTrue(sender == null || table.key().contains(sender), "nobody can replace another one's event");
	}

}
