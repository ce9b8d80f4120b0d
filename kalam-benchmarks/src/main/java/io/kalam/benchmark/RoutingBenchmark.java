package io.kalam.benchmark;

import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import org.springframework.util.Assert;

/**
 * What a change of a shared table costs from the hub to the event that its session is
 * told, with ever more sessions that want other rooms. Each is timed by itself, so that
 * the median says what one costs, also on a machine that does something else. What the
 * compiler makes of it differs from one JVM to the next, so there are three.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 6, time = 2)
@Measurement(iterations = 4, time = 2)
@Fork(value = 3, jvmArgsAppend = { "-Xms8g", "-Xmx8g" })
public class RoutingBenchmark {

	/**
	 * How many sessions with one subscription each.
	 */
	@Param({ "1", "1000", "100000", "1000000" })
	public int subscriptions;

	/**
	 * What each wants: by an equality, which is indexed. {@code NOT(owner<>$1)} means the
	 * same and is not.
	 */
	@Param("owner = $1")
	public String predicate = "";

	private @Nullable Rooms rooms;

	/**
	 * Opens the sessions.
	 */
	@Setup(Level.Trial)
	public void open() {
		this.rooms = new Rooms(this.subscriptions, this.predicate);
	}

	/**
	 * A change of a busy room, whose session is in the processor's caches.
	 * @return how many were told
	 */
	@Benchmark
	public int changeOfABusyRoom() {
		return rooms().tellFirst();
	}

	/**
	 * A change of any room: of many, most are in no cache.
	 * @return how many were told
	 */
	@Benchmark
	public int changeOfAnyRoom() {
		return rooms().tell();
	}

	/**
	 * A change that nobody is told.
	 * @return how many were told
	 */
	@Benchmark
	public int changeOfNoRoom() {
		return rooms().tellNobody();
	}

	/**
	 * Closes the sessions.
	 */
	@TearDown(Level.Trial)
	public void close() {
		rooms().close();
	}

	private Rooms rooms() {
		Assert.state(this.rooms != null, "not opened");
		return this.rooms;
	}

}
