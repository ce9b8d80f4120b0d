package io.kalam.oracle;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.kalam.sequence.Sequence;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that know neither transactions nor marks. They can't tell whether they are
 * complete, and a cursor of theirs may bring repeats; but when nothing is written any
 * more, they come to hold what their queries return.
 */
final class LegacyCrowd implements Crowd {

	private static final int SUBSCRIPTIONS = 4;

	private final OracleEngine engine;

	private final Random random;

	private final OracleCounts counts;

	private final Runnable available;

	private final List<LegacyClient> clients = new ArrayList<>();

	private final LostSubscriptions<LegacyHeld> lost;

	private int ids;

	LegacyCrowd(OracleEngine engine, int size, long seed, OracleCounts counts, Runnable available) {
		this.engine = engine;
		this.random = new Random(seed);
		this.lost = new LostSubscriptions<>(this.random, 8);
		this.counts = counts;
		this.available = available;
		for (int i = 0; i < size; i++) {
			this.clients.add(connect(i));
			subscribe(this.clients.get(i));
		}
	}

	private LegacyClient connect(int number) {
		return new LegacyClient(this.engine, OracleStorm.USERS.get(number % OracleStorm.USERS.size()), number % 3 == 0,
				this.counts, this.available);
	}

	@Override
	public void begin() {
		this.clients.forEach(this::request);
		if (!this.clients.isEmpty()) {
			reconnect(this.random.nextInt(this.clients.size()));
		}
	}

	@Override
	public boolean storm() {
		if (this.clients.isEmpty()) {
			return false;
		}
		LegacyClient client = this.clients.get(this.random.nextInt(this.clients.size()));
		if (this.random.nextInt(20) == 0) {
			request(client);
			return true;
		}
		boolean any = false;
		for (int i = this.random.nextInt(10); i >= 0 && client.step(); i--) {
			any = true;
		}
		return any;
	}

	private void request(LegacyClient client) {
		comeBack(client);
		List<String> all = List.copyOf(client.held().keySet());
		switch (this.random.nextInt(6)) {
			case 0, 1 -> {
				if (!all.isEmpty()) {
					lose(client, client.unsubscribe(all.get(this.random.nextInt(all.size()))));
				}
			}
			case 2 -> {
				if (this.clients.contains(client)) {
					reconnect(this.clients.indexOf(client));
				}
			}
			default -> {
				if (all.size() < SUBSCRIPTIONS) {
					subscribe(client);
				}
			}
		}
	}

	/**
	 * Asks again for what was denied, as soon as it is not any more.
	 * @return whether there was any
	 */
	private boolean comeBack(LegacyClient client) {
		List<LegacyHeld> granted = client.refused()
			.stream()
			.filter((held) -> !this.engine.denies(client.user(), held.query().table()))
			.toList();
		client.refused().removeAll(granted);
		granted.forEach((held) -> client.subscribe("l" + this.ids++, new LegacyHeld(held.query()), 1000));
		return !granted.isEmpty();
	}

	@Override
	public void disconnect() {
		close();
	}

	@Override
	public void reconnect() {
		for (int i = 0; i < this.clients.size(); i++) {
			reconnect(i);
		}
	}

	private void reconnect(int number) {
		LegacyClient before = this.clients.get(number);
		before.session().close();
		LegacyClient next = connect(number);
		this.clients.set(number, next);
		next.refused().addAll(before.refused());
		before.held().values().forEach((held) -> {
			LegacyHeld begun = (held.cursor != null) ? held.copy() : new LegacyHeld(held.query());
			next.subscribe("l" + this.ids++, begun, 1 + this.random.nextInt(40));
		});
	}

	private void lose(LegacyClient client, LegacyHeld held) {
		if (held.cursor != null) {
			this.lost.add(client.user(), held);
		}
	}

	private void subscribe(LegacyClient client) {
		LegacyHeld chosen = this.lost.choose(client.user());
		LegacyHeld begun = (chosen != null) ? chosen.copy() : new LegacyHeld(query());
		client.subscribe("l" + this.ids++, begun, 1 + this.random.nextInt(40));
	}

	private OracleQuery query() {
		boolean stream = this.random.nextInt(5) < 2;
		return RandomQuery.make(stream ? OracleTable.STREAMS : OracleTable.TABLES, this.random, false);
	}

	@Override
	public boolean settle(Sequence end, Connection connection) throws SQLException {
		boolean settled = true;
		for (LegacyClient client : this.clients) {
			while (client.step()) {
				settled = false;
			}
		}
		for (LegacyClient client : this.clients) {
			settled &= !comeBack(client);
			for (LegacyHeld held : client.held().values()) {
				settled = settled && isAllowed(client, held) && held.cursor != null
						&& held.rows().equals(expected(client, held, connection));
			}
		}
		return settled;
	}

	@Override
	public void compare(Sequence end, Connection connection) throws SQLException {
		for (LegacyClient client : this.clients) {
			for (Map.Entry<String, LegacyHeld> entry : client.held().entrySet()) {
				LegacyHeld held = entry.getValue();
				this.counts.compared.incrementAndGet();
				String what = entry.getKey() + " of the legacy client " + client.user() + " at " + held.cursor;
				assertThat(isAllowed(client, held)).as("%s: %s goes on without being allowed", what, held.query())
					.isTrue();
				OracleStorm.compare(what, held.query(), expected(client, held, connection), held.rows());
			}
		}
	}

	private boolean isAllowed(LegacyClient client, LegacyHeld held) {
		return !this.engine.denies(client.user(), held.query().table());
	}

	/**
	 * Of events that may have ended early, it has to hold those that it holds.
	 */
	private Set<String> expected(LegacyClient client, LegacyHeld held, Connection connection) throws SQLException {
		Set<String> expected = all(client, held, connection);
		if (held.query().table().isStream() && this.engine.hasLostEvents()) {
			expected.retainAll(held.rows());
		}
		return expected;
	}

	private Set<String> all(LegacyClient client, LegacyHeld held, Connection connection) throws SQLException {
		return held.query()
			.rows(connection, this.engine.access().condition(held.query().table(), client.user()))
			.stream()
			.map(LegacyHeld::normal)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	@Override
	public void close() {
		this.clients.forEach((client) -> client.session().close());
	}

}
