package io.kalam.benchmark;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.kalam.catalog.Collation;
import io.kalam.catalog.Column;
import io.kalam.catalog.ColumnType;
import io.kalam.catalog.Table;
import io.kalam.catalog.TableName;
import io.kalam.change.Row;
import io.kalam.codec.Codecs;
import io.kalam.codec.RowType;
import io.kalam.query.Projection;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.Assert;

/**
 * How fast rows become JSON, beside Jackson's mapper that writes records of the same
 * content: the same bytes, as is checked first.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(3)
public class EncodingBenchmark {

	private static final int ROWS = 1024;

	private static final RowType TYPE = type();

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private final Projection projection = new Projection(TYPE.table().columns(), TYPE.table().key());

	private final Row[] rows = new Row[ROWS];

	private final Ticket[] tickets = new Ticket[ROWS];

	/**
	 * Makes rows and records.
	 */
	@Setup
	public void make() {
		for (int i = 0; i < ROWS; i++) {
			Ticket ticket = new Ticket(4_000_000_000L + i, "user-" + i % 16, "Straße " + i + ": \"quoted\" → done",
					i % 3 == 0, BigDecimal.valueOf(100L * i + 50, 2),
					OffsetDateTime.of(2026, 1, 1, 0, 0, i % 60, 123_456_000, ZoneOffset.UTC));
			this.tickets[i] = ticket;
			this.rows[i] = row(ticket);
			Assert.state(Arrays.equals(this.projection.encode(this.rows[i]), MAPPER.writeValueAsBytes(ticket)),
					"Not the same bytes");
		}
	}

	/**
	 * Kalam's.
	 * @param written counts bytes
	 */
	@Benchmark
	@OperationsPerInvocation(ROWS)
	public void kalam(Written written) {
		for (Row row : this.rows) {
			written.add(this.projection.encode(row));
		}
	}

	/**
	 * Jackson's.
	 * @param written counts bytes
	 */
	@Benchmark
	@OperationsPerInvocation(ROWS)
	public void jackson(Written written) {
		for (Ticket ticket : this.tickets) {
			written.add(MAPPER.writeValueAsBytes(ticket));
		}
	}

	private static Row row(Ticket ticket) {
		String[] texts = { String.valueOf(ticket.id()), ticket.owner(), ticket.title(), ticket.done() ? "t" : "f",
				ticket.price().toPlainString(), ticket.at().toLocalDateTime() + "+00" };
		Object[] values = new Object[texts.length];
		for (int i = 0; i < texts.length; i++) {
			values[i] = TYPE.codec(TYPE.table().columns().get(i)).parse(texts[i]);
		}
		return new Row(TYPE, values);
	}

	private static RowType type() {
		Collation collation = new Collation("C", true, true, true);
		List<Column> columns = List.of(column("id", 0, "int8", null), column("owner", 1, "text", collation),
				column("title", 2, "text", collation), column("done", 3, "bool", null),
				column("price", 4, "numeric", null), column("at", 5, "timestamptz", null));
		return new Codecs().rowType(new Table(new TableName("public", "tickets"), columns, columns.subList(0, 1)));
	}

	private static Column column(String name, int index, String type, @Nullable Collation collation) {
		return new Column(name, index, new ColumnType(0, type, "pg_catalog", ColumnType.Kind.BASE, -1, null), true,
				false, collation);
	}

	/**
	 * What has been written.
	 */
	@State(Scope.Thread)
	@AuxCounters
	public static class Written {

		/**
		 * Millions of bytes.
		 */
		public double megabytes;

		void add(byte[] json) {
			this.megabytes += json.length / 1e6;
		}

	}

	/**
	 * The same as a row of the table.
	 *
	 * @param id the key
	 * @param owner who it belongs to
	 * @param title text that is not all ASCII, with quotes
	 * @param done whether it is done
	 * @param price a decimal number
	 * @param at when it was made
	 */
	@JsonPropertyOrder({ "id", "owner", "title", "done", "price", "at" })
	public record Ticket(@JsonFormat(shape = JsonFormat.Shape.STRING) long id, String owner, String title, boolean done,
			@JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal price, OffsetDateTime at) {

	}

}
