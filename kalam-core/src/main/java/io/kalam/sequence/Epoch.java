package io.kalam.sequence;

import org.springframework.util.Assert;

/**
 * Names one uninterrupted history of one database: sequences of different epochs must not
 * be compared.
 *
 * @param value an opaque text of letters, digits, {@code -} and {@code _}
 */
public record Epoch(String value) {

	public Epoch {
		Assert.hasLength(value, "an epoch must not be empty");
	}

	@Override
	public String toString() {
		return this.value;
	}

}
