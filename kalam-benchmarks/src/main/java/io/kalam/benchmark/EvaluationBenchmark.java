package io.kalam.benchmark;

import java.util.List;
import java.util.concurrent.TimeUnit;

import io.kalam.catalog.TableLineage;
import io.kalam.change.Row;
import io.kalam.partition.LiveTable;
import io.kalam.query.LiveQueryParser;
import io.kalam.query.QueryLimits;
import io.kalam.query.RowPredicate;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import org.springframework.util.Assert;

/**
 * How many rows a second typical predicates can be tested against.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class EvaluationBenchmark {

	private static final int ROWS = 1024;

	/**
	 * The predicate.
	 */
	@Param({ "owner = 'room-7'", "id >= 100 AND id < 200", "owner IN ('room-1', 'room-2', 'room-3', 'room-4')",
			"body LIKE '%sage 7%'", "body IS NOT NULL AND (id > 1000 OR owner = 'room-7') AND NOT owner = 'room-9'" })
	public String predicate = "";

	private final Row[] rows = new Row[ROWS];

	private @Nullable RowPredicate compiled;

	/**
	 * Compiles the predicate and makes rows.
	 */
	@Setup
	public void compile() {
		LiveTable table = new LiveTable(BenchmarkDatabase.SHARED, Items.TYPE, null, new TableLineage("benchmark"));
		this.compiled = new LiveQueryParser(QueryLimits.DEFAULT)
			.parse("SELECT * FROM items WHERE " + this.predicate, List.of(), "user", (schema, name) -> table)
			.predicate();
		for (int i = 0; i < ROWS; i++) {
			this.rows[i] = Items.row(i, "room-" + i % 16, "message " + i);
		}
	}

	/**
	 * Tests every row.
	 * @return how many rows fit
	 */
	@Benchmark
	@OperationsPerInvocation(ROWS)
	public int evaluations() {
		RowPredicate test = this.compiled;
		Assert.state(test != null, "not compiled");
		int fit = 0;
		for (Row row : this.rows) {
			fit += test.test(row) ? 1 : 0;
		}
		return fit;
	}

}
