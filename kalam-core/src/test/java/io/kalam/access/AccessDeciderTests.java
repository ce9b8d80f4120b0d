package io.kalam.access;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.kalam.RealtimeTableType;
import io.kalam.catalog.RequiredTable;
import io.kalam.catalog.TableName;
import io.kalam.catalog.TableReference;
import io.kalam.partition.LiveTable;
import io.kalam.partition.RealtimeTableDefinition;
import io.kalam.testing.TestTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class AccessDeciderTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final RealtimeUser USER = new RealtimeUser("ann", null, "user", Set.of("ROLE_X"),
			Map.of("team", "red"), Instant.MAX);

	private final LiveTable table = table();

	@Test
	void withoutPolicyAllIsGrantedAtOnce() {
		AccessDecider decider = new AccessDecider();
		assertThat(decider.isGoverned(this.table)).isFalse();
		assertThat(decider.decide(USER, this.table).block()).isEqualTo(granted());
	}

	@Test
	void conditionsOfAllPoliciesAreJoined() {
		TableAccess access = decide((user) -> AccessDecision.where("a = $1", user.claims().get("team")),
				(user) -> AccessDecision.all(), (user) -> AccessDecision.where("b = $1", 2));
		assertThat(((TableAccess.Granted) access).rules()).extracting(AccessRule::condition)
			.containsExactly("a = $1", "b = $1");
		assertThat(((TableAccess.Granted) access).rules().get(0).values()).containsExactly("red");
	}

	@Test
	void onePolicyThatDeniesDecides() {
		List<String> asked = new ArrayList<>();
		TableAccess access = decide((user) -> AccessDecision.all(), (user) -> AccessDecision.none(), (user) -> {
			asked.add("the last");
			return AccessDecision.all();
		});
		assertThat(access).isEqualTo(new TableAccess.Denied());
		assertThat(asked).isEmpty();
	}

	@Test
	void noAnswerIsADenial() {
		assertThat(decide((user) -> null)).isEqualTo(new TableAccess.Denied());
	}

	@Test
	void authoritiesAreLookedAtFirst() {
		LiveTable closed = new LiveTable(new RealtimeTableDefinition(this.table.definition().table(),
				RealtimeTableType.SHARED, Set.of("ROLE_Y")), this.table.rowType(), null, this.table.lineage());
		RealtimeAccessPolicy policy = RealtimeAccessPolicy.blocking("items", (user) -> {
			throw new AssertionError("asked about somebody who may not read it anyway");
		});
		assertThat(decider(PATIENCE, policy).decide(USER, closed).block()).isEqualTo(new TableAccess.Denied());
	}

	@Test
	void aFailureIsLoggedOnceUntilThePolicyAnswersAgain() {
		List<Boolean> fails = new ArrayList<>(List.of(true, true, false, true));
		AccessDecider decider = decider(PATIENCE, RealtimeAccessPolicy.blocking("items", (user) -> {
			if (fails.remove(0)) {
				throw new IllegalStateException("the reason");
			}
			return AccessDecision.all();
		}));
		ListAppender<ILoggingEvent> log = new ListAppender<>();
		Logger logger = (Logger) LoggerFactory.getLogger(AskedPolicy.class);
		log.start();
		logger.addAppender(log);
		try {
			for (int i = 0; i < 4; i++) {
				assertThat(decider.decide(USER, this.table).map(Object::toString).onErrorReturn("undecided").block())
					.isEqualTo((i != 2) ? "undecided" : granted().toString());
			}
		}
		finally {
			logger.detachAppender(log);
		}
		assertThat(log.list).filteredOn((event) -> event.getLevel() == Level.WARN)
			.hasSize(2)
			.allMatch((event) -> !event.getFormattedMessage().contains("ann"));
	}

	@Test
	void whoTakesTooLongLetsNobodyIn() {
		AccessDecider decider = decider(Duration.ofMillis(1), RealtimeAccessPolicy.of("items", (user) -> Mono.never()));
		assertThatExceptionOfType(AccessUndecidedException.class)
			.isThrownBy(() -> decider.decide(USER, this.table).block(PATIENCE));
	}

	@Test
	void aPolicyMayBlock() {
		RealtimeAccessPolicy policy = RealtimeAccessPolicy.blocking("items",
				(user) -> Mono.just(AccessDecision.all()).delayElement(Duration.ofMillis(1)).block());
		AccessDecider decider = new AccessDecider(List.of(policy), PATIENCE, Schedulers.boundedElastic());
		Mono<TableAccess> decision = decider.decide(USER, this.table);
		assertThat(Mono.defer(() -> decision).subscribeOn(Schedulers.parallel()).toFuture().join())
			.isEqualTo(granted());
	}

	@ParameterizedTest
	@CsvSource({ "items, true", "ITEMS, true", "app.items, true", "other.items, false", "item, false" })
	void isForTheTablesThatItNames(String name, boolean expected) {
		RealtimeAccessPolicy policy = RealtimeAccessPolicy.blocking(name, (user) -> AccessDecision.none());
		assertThat(decider(PATIENCE, policy).isGoverned(this.table)).isEqualTo(expected);
		assertThat(AccessDecider.unknownTables(policy, List.of(this.table.definition())))
			.isEqualTo(expected ? List.of() : List.of(name));
	}

	@Test
	void valuesAreThoseThatPostgresReads() {
		UUID uuid = UUID.randomUUID();
		AccessDecision.Where where = (AccessDecision.Where) AccessDecision.where("x", 1L, true, null, uuid,
				RealtimeTableType.USER, new int[] { 1, 2 }, Arrays.asList(uuid, null), Instant.EPOCH);
		assertThat(where.values()).isEqualTo(Arrays.asList(1L, true, null, uuid.toString(), "USER", List.of(1, 2),
				Arrays.asList(uuid.toString(), null), "1970-01-01T00:00:00Z"));
		assertThat(where.toString()).doesNotContain(uuid.toString());
	}

	@SafeVarargs
	@SuppressWarnings("varargs")
	private final TableAccess decide(Function<RealtimeUser, AccessDecision>... functions) {
		RealtimeAccessPolicy[] policies = Arrays.stream(functions)
			.map((function) -> RealtimeAccessPolicy.blocking("items", function))
			.toArray(RealtimeAccessPolicy[]::new);
		return decider(PATIENCE, policies).decide(USER, this.table).block();
	}

	private static AccessDecider decider(Duration timeout, RealtimeAccessPolicy... policies) {
		return new AccessDecider(List.of(policies), timeout, Schedulers.immediate());
	}

	private TableAccess granted() {
		return new TableAccess.Granted(this.table.name(), List.of());
	}

	private static LiveTable table() {
		LiveTable table = TestTypes
			.liveTable(TestTypes.rowType(new TableName("app", "items"), Map.of("id", "int8"), TestTypes.BINARY));
		return new LiveTable(
				new RealtimeTableDefinition(new RequiredTable(new TableReference("app", "items"), null, "a test"),
						RealtimeTableType.SHARED, Set.of()),
				table.rowType(), null, table.lineage());
	}

}
