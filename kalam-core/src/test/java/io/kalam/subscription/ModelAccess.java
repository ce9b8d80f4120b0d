package io.kalam.subscription;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

import io.kalam.access.AccessDecision;
import io.kalam.access.RealtimeAccessPolicy;
import io.kalam.access.RealtimeUser;
import io.kalam.catalog.TableName;
import io.kalam.query.LiveQuery;
import io.kalam.query.LiveQueryParser;
import io.kalam.subscription.ModelDatabase.Item;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Who may read what of the model's table: decided a while after it is asked, by what
 * holds then.
 */
final class ModelAccess implements RealtimeAccessPolicy {

	private final Random random;

	private final LiveQueryParser parser;

	private final ModelDatabase database;

	private final Map<String, List<Grant>> grants = new HashMap<>();

	private final Set<Grant> known = new LinkedHashSet<>(List.of(Grant.ALL));

	private final List<Question> questions = new ArrayList<>();

	private boolean reliable;

	ModelAccess(Random random, LiveQueryParser parser, ModelDatabase database) {
		this.random = random;
		this.parser = parser;
		this.database = database;
	}

	/**
	 * What a user may read now.
	 */
	Grant of(String user) {
		return since(user, version(user)).get(0);
	}

	/**
	 * How often that was changed.
	 */
	int version(String user) {
		return history(user).size() - 1;
	}

	/**
	 * What a user was let read since then.
	 */
	List<Grant> since(String user, int version) {
		return history(user).subList(version, history(user).size());
	}

	private List<Grant> history(String user) {
		return this.grants.computeIfAbsent(user, (name) -> new ArrayList<>(List.of(Grant.ALL)));
	}

	/**
	 * Lets a user read something else, or the same again.
	 */
	void change(String user) {
		Set<Integer> values = new TreeSet<>();
		for (int i = this.random.nextInt(8); i > 0; i--) {
			values.add(this.random.nextInt(10));
		}
		Grant grant = switch (this.random.nextInt(6)) {
			case 0 -> Grant.NONE;
			case 1 -> Grant.ALL;
			default -> new Grant(true, values, 1 + this.random.nextInt(4));
		};
		history(user).add(grant);
		this.known.add(grant);
	}

	/**
	 * Answers a question, if there is one, and not always as it should.
	 */
	void step() {
		if (!this.questions.isEmpty()) {
			Question question = this.questions.remove(this.random.nextInt(this.questions.size()));
			if (!this.reliable && this.random.nextInt(12) == 0) {
				question.sink().error(new IllegalStateException("no answer"));
			}
			else {
				question.sink().success(of(question.user()).decision());
			}
		}
	}

	boolean isEmpty() {
		return this.questions.isEmpty();
	}

	/**
	 * Fails no more.
	 */
	void settle() {
		this.reliable = true;
	}

	/**
	 * Finds out what somebody may read who was given a query.
	 * @return what, or {@code null} if the query is not that of the client under any
	 * decision
	 */
	@Nullable Grant granted(ModelQuery query, LiveQuery given) {
		LiveQuery plain = this.parser.parse(query.sql(), List.of(), "model", (schema, name) -> this.database.table);
		for (Grant grant : this.known) {
			if (grant.narrow(plain, this.parser).equals(given)) {
				return grant;
			}
		}
		return null;
	}

	@Override
	public Set<String> tables() {
		return Set.of("items");
	}

	@Override
	public Mono<AccessDecision> decide(RealtimeUser user, TableName table) {
		return Mono.create((sink) -> this.questions.add(new Question(user.name(), sink)));
	}

	private record Question(String user, MonoSink<AccessDecision> sink) {

	}

	/**
	 * What may be read: rows with some values, and one more row.
	 *
	 * @param some whether anything may be read
	 * @param values the values, {@code null} for all rows
	 * @param id the row
	 */
	record Grant(boolean some, @Nullable Set<Integer> values, long id) {

		static final Grant ALL = new Grant(true, null, 0);

		static final Grant NONE = new Grant(false, null, 0);

		private static final String CONDITION = "v = ANY ($1) OR id = $2";

		boolean allows(Item item) {
			return this.some && (this.values == null || item.id() == this.id
					|| (item.v() != null && this.values.contains(item.v())));
		}

		private AccessDecision decision() {
			if (this.values != null) {
				return AccessDecision.where(CONDITION, this.values, this.id);
			}
			return this.some ? AccessDecision.all() : AccessDecision.none();
		}

		private LiveQuery narrow(LiveQuery query, LiveQueryParser parser) {
			return (this.values == null) ? query : query.narrowedBy(
					parser.condition(CONDITION, List.of(List.copyOf(this.values), this.id), "model", query.table()));
		}

	}

}
