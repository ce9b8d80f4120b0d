package io.kalam.oracle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How many of each take part in a storm.
 *
 * @param writers how many writers there are
 * @param clients how many clients that know whole transactions
 * @param legacyClients how many clients that do not
 */
record OracleSize(int writers, int clients, int legacyClients) {

	static final OracleSize FULL = new OracleSize(4, 12, 6);

	/**
	 * Those who take part, one by one.
	 */
	List<Part> parts() {
		List<Part> parts = new ArrayList<>(Collections.nCopies(this.clients, Part.CLIENT));
		parts.addAll(Collections.nCopies(this.legacyClients, Part.LEGACY_CLIENT));
		parts.addAll(Collections.nCopies(this.writers, Part.WRITER));
		return parts;
	}

	static OracleSize of(List<Part> parts) {
		return new OracleSize(Collections.frequency(parts, Part.WRITER), Collections.frequency(parts, Part.CLIENT),
				Collections.frequency(parts, Part.LEGACY_CLIENT));
	}

	/**
	 * What somebody is.
	 */
	enum Part {

		WRITER, CLIENT, LEGACY_CLIENT

	}

}
