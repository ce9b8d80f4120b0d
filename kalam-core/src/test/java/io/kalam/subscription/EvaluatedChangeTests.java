package io.kalam.subscription;

import java.util.List;

import io.kalam.catalog.Column;
import io.kalam.catalog.Table;
import io.kalam.catalog.TableName;
import io.kalam.change.Change;
import io.kalam.codec.Codecs;
import io.kalam.codec.RowType;
import io.kalam.query.LiveQuery;
import io.kalam.query.LiveQueryParser;
import io.kalam.query.QueryLimits;
import io.kalam.subscription.Outcome.Interruption;
import io.kalam.testing.TestTypes;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EvaluatedChangeTests {

	@Test
	void labelThatWasAddedJustNowIsNotGuessedAt() {
		assertThat(outcome("mood < 'ok'", "new")).isEqualTo(Interruption.RESET);
		assertThat(outcome("mood BETWEEN 'sad' AND 'ok'", "new")).isEqualTo(Interruption.RESET);
		assertThat(outcome("mood < 'ok'", "sad")).isInstanceOf(Outcome.Shown.class);
		assertThat(outcome("mood < 'ok'", "ok")).isNull();
	}

	@Test
	void labelThatWasAddedJustNowEqualsNoOther() {
		assertThat(outcome("mood = 'ok'", "new")).isNull();
		assertThat(outcome("mood IN ('ok', 'sad')", "new")).isNull();
		assertThat(outcome("mood <> 'ok'", "new")).isInstanceOf(Outcome.Shown.class);
		assertThat(outcome("mood = 'new'", "new")).isInstanceOf(Outcome.Shown.class);
	}

	private static Outcome outcome(String condition, String mood) {
		RowType type = rowType("sad", "ok");
		LiveQuery query = new LiveQueryParser(QueryLimits.DEFAULT).parse("SELECT * FROM moods WHERE " + condition,
				List.of(), "alice", (schema, name) -> TestTypes.liveTable(type));
		return new EvaluatedChange(new Change.Insert(TestTypes.row(type, "1", mood))).outcome(query);
	}

	@Test
	void typeWithAnotherLabelIsAnother() {
		LiveQuery query = new LiveQueryParser(QueryLimits.DEFAULT).parse("SELECT * FROM moods", List.of(), "alice",
				(schema, name) -> TestTypes.liveTable(rowType("sad", "ok")));
		Change insert = new Change.Insert(TestTypes.row(rowType("sad", "new", "ok"), "1", "new"));
		assertThat(new EvaluatedChange(insert).outcome(query)).isEqualTo(Interruption.RESET);
	}

	private static RowType rowType(String... labels) {
		List<Column> columns = List.of(new Column("id", 0, TestTypes.type("int8"), false, false, null),
				new Column("mood", 1, TestTypes.enumType("app", "mood", labels), true, false, null));
		return new Codecs().rowType(new Table(new TableName("app", "moods"), columns, columns.subList(0, 1)));
	}

}
