package io.kalam.query;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SubscribeStatementTests {

	private static final LiveQueryParser PARSER = new LiveQueryParser(QueryLimits.DEFAULT);

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = { "SUBSCRIBE TO tickets | SELECT * FROM tickets",
			"subscribe to app.tickets t where t.id = 1; | SELECT * FROM tickets WHERE id = 1",
			"SUBSCRIBE TO tickets OPTIONS (last_rows = 20) | SELECT * FROM tickets",
			"SUBSCRIBE TO tickets options | SELECT * FROM tickets",
			"SUBSCRIBE TO tickets WHERE code = 'options (' OPTIONS () | SELECT * FROM tickets WHERE code = 'options ('",
			"SUBSCRIBE TO tickets WHERE id IN (1, 2) OPTIONS (batch_size=5,from='7') | SELECT * FROM tickets WHERE id IN (1, 2)" })
	void isAnotherWayToWriteAQuery(String statement, String query) {
		assertThat(QueryFixture.parse(statement)).isEqualTo(QueryFixture.parse(query));
	}

	@Test
	void readsOptions() {
		assertThat(PARSER.options("SELECT * FROM tickets")).isEqualTo(SubscribeOptions.NONE);
		assertThat(PARSER.options("SUBSCRIBE TO tickets")).isEqualTo(SubscribeOptions.NONE);
		assertThat(PARSER.options("SUBSCRIBE TO tickets OPTIONS ()"))
			.isEqualTo(new SubscribeOptions(true, null, null, null, null));
		assertThat(PARSER.options("SUBSCRIBE TO tickets WHERE id = 1 OPTIONS (last_rows = 20, BATCH_SIZE = 100)"))
			.isEqualTo(new SubscribeOptions(true, 20, 100, null, null));
		assertThat(PARSER.options("SUBSCRIBE TO tickets OPTIONS (fetch_last = 1, since_seq = '7262216745594062848')"))
			.isEqualTo(new SubscribeOptions(true, 1, null, "7262216745594062848", null));
		assertThat(PARSER.options("SUBSCRIBE TO tickets OPTIONS (Deliver = 'latest')").deliver())
			.isEqualTo(Delivery.LATEST);
		assertThat(PARSER.options("SUBSCRIBE TO tickets OPTIONS (deliver = 'all')").deliver()).isEqualTo(Delivery.ALL);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = { "SUBSCRIBE tickets | TO is expected | 11",
			"SUBSCRIBE | TO is missing | 10", "SUBSCRIBE TO | SELECT columns FROM | 11",
			"SUBSCRIBE TO tickets OPTIONS (last_rows = 0) | from 1 is expected | 43",
			"SUBSCRIBE TO tickets OPTIONS (last_rows = 1.5) | from 1 is expected | 43",
			"SUBSCRIBE TO tickets OPTIONS (last_rows = 9999999999) | from 1 is expected | 43",
			"SUBSCRIBE TO tickets OPTIONS (last_rows 20) | = is expected | 41",
			"SUBSCRIBE TO tickets OPTIONS (last_rows = | a value is missing | 42",
			"SUBSCRIBE TO tickets OPTIONS (last_rows = 1, fetch_last = 1) | given twice | 46",
			"SUBSCRIBE TO tickets OPTIONS (from = 'x') | decimal digits | 38",
			"SUBSCRIBE TO tickets OPTIONS (deliver = 'last') | 'all' or 'latest' is expected | 41",
			"SUBSCRIBE TO tickets OPTIONS (deliver = latest) | 'all' or 'latest' is expected | 41",
			"SUBSCRIBE TO tickets OPTIONS (last_rows = 1) WHERE id = 1 | Syntax error at or behind where | 46" })
	void refusesWhatIsNone(String statement, String message, int position) {
		QueryException refusal = QueryFixture.assertRefused(statement, QueryException.Code.INVALID_SQL, message);
		assertThat(refusal.position()).isEqualTo(position);
	}

	@Test
	void otherOptionsBelongIntoTheMessage() {
		QueryFixture.assertRefused("SUBSCRIBE TO tickets OPTIONS (flow = 'pull')", QueryException.Code.UNSUPPORTED,
				"pass others with the message");
		QueryFixture.assertRefused("SELECT * FROM tickets WHERE id = 1 OPTIONS (last_rows = 1)",
				QueryException.Code.UNSUPPORTED, "Functions");
	}

}
