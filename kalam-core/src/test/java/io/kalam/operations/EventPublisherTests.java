package io.kalam.operations;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.kalam.RealtimeTableType;
import io.kalam.access.AccessDecision;
import io.kalam.access.RealtimeAccessPolicy;
import io.kalam.access.RealtimeUser;
import io.kalam.catalog.RequiredTable;
import io.kalam.catalog.Table;
import io.kalam.catalog.TableName;
import io.kalam.catalog.TableReference;
import io.kalam.event.EventTable;
import io.kalam.event.TestStreams;
import io.kalam.partition.RealtimeTableDefinition;
import io.kalam.partition.RealtimeTables;
import io.kalam.partition.StreamDefinition;
import io.kalam.subscription.ErrorCode;
import io.kalam.subscription.SubscriptionEngine;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Who may tell what to whom.
 */
class EventPublisherTests {

	private static final EntityMapping MAPPING = new EntityMapping() {

		@Override
		public @Nullable TableReference table(Class<?> type) {
			return (type == Whisper.class) ? new TableReference(null, "whispers") : null;
		}

		@Override
		public @Nullable String column(Class<?> type, String property) {
			return null;
		}

	};

	private static final RealtimeUser ANN = user("ann", "red");

	private final RealtimeTables tables = new RealtimeTables();

	private final List<JsonNode> written = new ArrayList<>();

	private static RealtimeUser user(String name, @Nullable String tenant) {
		return new RealtimeUser(name, tenant, "user", Set.of(), Map.of(), Instant.MAX);
	}

	@BeforeEach
	void define() {
		this.tables.replace(List.of(TestStreams.table(stream("whispers", "recipient", null, Set.of())),
				TestStreams.table(stream("shouts", null, "firm", Set.of())),
				TestStreams.table(stream("orders", null, null, Set.of("ROLE_CHIEF"))), TestStreams.table(TestStreams
					.define(Whisper.class, "silence", List.of("text"), null, Duration.ofMinutes(1), 10))));
	}

	private static RealtimeTableDefinition stream(String name, @Nullable String owner, @Nullable String tenant,
			Set<String> authorities) {
		Table table = EventTable.of(Whisper.class, new TableName("public", name), List.of("text"), owner, "author");
		return new RealtimeTableDefinition(new RequiredTable(new TableReference(null, name), owner, "a test"),
				RealtimeTableType.STREAM, authorities, tenant,
				new StreamDefinition(table, Duration.ofMinutes(1), 10, table.column("author")));
	}

	@Test
	void withoutAPolicyOnesOwnAreTheOnlyOnes() {
		EventPublisher publisher = publisher(List.of());
		tell(publisher, "whispers", "{\"text\":\"mine\"}");
		tell(publisher, "whispers", "{\"recipient\":\"ann\",\"text\":\"mine too\"}");
		assertThat(this.written).extracting((put) -> put.path("recipient").asString()).containsExactly("ann", "ann");
		assertThat(this.written).extracting((put) -> put.path("author").asString()).containsExactly("ann", "ann");
		refuses(publisher, "whispers", "{\"recipient\":\"bob\",\"text\":\"yours\"}", ErrorCode.UNAUTHORIZED);
	}

	@Test
	void allPoliciesHaveToAdmit() {
		String rude = "{\"recipient\":\"bob\",\"text\":\"rude\"}";
		String polite = "{\"recipient\":\"bob\",\"text\":\"polite\"}";
		EventPublisher publisher = publisher(List.of(policy(Mono.just(true)), new Polite()));
		tell(publisher, "whispers", polite);
		refuses(publisher, "whispers", rude, ErrorCode.UNAUTHORIZED);
		for (Mono<Boolean> no : List.of(Mono.just(false), Mono.<Boolean>empty())) {
			refuses(publisher(List.of(new Polite(), policy(no))), "whispers", polite, ErrorCode.UNAUTHORIZED);
		}
		refuses(publisher(List.of(new Polite(), policy(Mono.error(new IllegalStateException("no answer"))))),
				"whispers", polite, ErrorCode.SUBSCRIPTION_FAILED);
		assertThat(this.written).hasSize(1);
	}

	@Test
	void theTenantIsTheUsers() {
		EventPublisher publisher = publisher(List.of());
		tell(publisher, "shouts", "{\"recipient\":\"x\",\"text\":\"a\"}");
		assertThat(this.written.get(0).path("firm").asString()).isEqualTo("red");
		refuses(publisher, "shouts", "{\"recipient\":\"x\",\"text\":\"a\",\"firm\":\"blue\"}", ErrorCode.UNAUTHORIZED);
		assertThatExceptionOfType(PublishRefusedException.class).isThrownBy(
				() -> publisher.publish(user("ann", null), "shouts", json("{\"text\":\"a\",\"firm\":\"red\"}"), false)
					.block());
	}

	@Test
	void theSenderIsTheUser() {
		refuses(publisher(List.of()), "whispers", "{\"author\":\"bob\",\"text\":\"a\"}", ErrorCode.UNAUTHORIZED);
	}

	@Test
	void whatCannotBeReadCannotBeTold() {
		RealtimeAccessPolicy policy = RealtimeAccessPolicy.of("shouts",
				(user) -> Mono.just(AccessDecision.where("text <> $1", "secret")));
		EventPublisher publisher = publisher(List.of(), policy);
		tell(publisher, "shouts", "{\"text\":\"open\"}");
		refuses(publisher, "shouts", "{\"text\":\"secret\"}", ErrorCode.UNAUTHORIZED);
		RealtimeAccessPolicy nobody = RealtimeAccessPolicy.of("shouts", (user) -> Mono.just(AccessDecision.none()));
		refuses(publisher(List.of(), nobody), "shouts", "{\"text\":\"open\"}", ErrorCode.NOT_FOUND);
	}

	@Test
	void whatIsNotThereForAUserIsNotThere() {
		EventPublisher publisher = publisher(List.of());
		for (String name : List.of("orders", "silence", "nothing", "public.orders", "other.whispers", ".whispers")) {
			refuses(publisher, name, "{\"text\":\"a\"}", ErrorCode.NOT_FOUND);
		}
	}

	@Test
	void whatFailsIsSaidToBeTriedAgainAndNothingElse() {
		EventPublisher publisher = new EventPublisher(engine(), MAPPING,
				(prefix, content) -> Mono.error(new IllegalStateException("SELECT secret")), List.of(),
				Schedulers.boundedElastic(), Duration.ZERO);
		assertThatExceptionOfType(PublishRefusedException.class)
			.isThrownBy(() -> publisher.publish(ANN, "whispers", json("{\"text\":\"a\"}"), false).block())
			.withMessage("The event could not be told; try again later")
			.withNoCause();
		refuses(publisher(List.of()), "whispers", "{\"text\":\"" + "x".repeat(70_000) + "\"}",
				ErrorCode.CONVERSION_ERROR);
	}

	private void tell(EventPublisher publisher, String stream, String row) {
		publisher.publish(ANN, stream, json(row), false).block();
	}

	private void refuses(EventPublisher publisher, String stream, String row, ErrorCode code) {
		int before = this.written.size();
		assertThatExceptionOfType(PublishRefusedException.class).isThrownBy(() -> tell(publisher, stream, row))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(code));
		assertThat(this.written).hasSize(before);
	}

	private static JsonNode json(String text) {
		return JsonMapper.shared().readTree(text);
	}

	private EventPublisher publisher(List<RealtimePublishPolicy<?>> policies, RealtimeAccessPolicy... access) {
		EventLog log = (prefix, content) -> Mono
			.fromRunnable(() -> this.written.add(JsonMapper.shared().readTree(content).path("put")));
		return new EventPublisher(engine(access), MAPPING, log, policies, Schedulers.boundedElastic(), Duration.ZERO);
	}

	private SubscriptionEngine engine(RealtimeAccessPolicy... access) {
		return PublishingEngine.of(this.tables, access);
	}

	private static RealtimePublishPolicy<Whisper> policy(Mono<Boolean> answer) {
		return new RealtimePublishPolicy<>() {

			@Override
			public Class<Whisper> type() {
				return Whisper.class;
			}

			@Override
			public Mono<Boolean> admits(RealtimeUser user, Whisper event) {
				return answer;
			}

		};
	}

	record Whisper(@Nullable String recipient, String author, String text, @Nullable String firm) {
	}

	private static final class Polite implements RealtimePublishPolicy<Whisper> {

		@Override
		public Class<Whisper> type() {
			return Whisper.class;
		}

		@Override
		public Mono<Boolean> admits(RealtimeUser user, Whisper event) {
			return Mono.just(!event.text().equals("rude"));
		}

	}

}
