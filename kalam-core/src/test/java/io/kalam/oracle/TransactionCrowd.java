package io.kalam.oracle;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import io.kalam.sequence.Sequence;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that know whole transactions. Everything that they are told has to fit what
 * they hold, and they know up to where they are complete.
 */
final class TransactionCrowd implements Crowd {

	private static final int SUBSCRIPTIONS = 6;

	private final OracleEngine engine;

	private final Random random;

	private final OracleCounts counts;

	private final Runnable available;

	private final List<OracleClient> clients = new ArrayList<>();

	private final LostSubscriptions<Held> lost;

	private final NewestRows newest;

	private int ids;

	TransactionCrowd(OracleEngine engine, int size, long seed, OracleCounts counts, Runnable available) {
		this.engine = engine;
		this.random = new Random(seed);
		this.lost = new LostSubscriptions<>(this.random, 12);
		this.counts = counts;
		this.newest = new NewestRows(engine, this.random, counts);
		this.available = available;
		for (int i = 0; i < size; i++) {
			this.clients.add(connect(i));
			subscribe(this.clients.get(i));
			subscribe(this.clients.get(i));
		}
	}

	@Override
	public void begin() {
		if (!this.clients.isEmpty()) {
			this.clients.forEach(this::request);
			reconnect(this.clients.get(this.random.nextInt(this.clients.size())));
		}
	}

	private OracleClient connect(int number) {
		return new OracleClient(this.engine, OracleStorm.USERS.get(number % OracleStorm.USERS.size()), number % 3 == 0,
				this.counts, this.available);
	}

	@Override
	public boolean storm() {
		if (this.clients.isEmpty()) {
			return false;
		}
		OracleClient client = this.clients.get(this.random.nextInt(this.clients.size()));
		if (this.random.nextInt(8) == 0) {
			request(client);
		}
		if (this.random.nextInt(60) == 0) {
			changeAccess(client.user());
		}
		boolean any = false;
		if (!client.isSlow() || this.random.nextInt(50) == 0) {
			for (int i = this.random.nextInt(20); i >= 0 && client.step(); i--) {
				any = true;
			}
		}
		return any;
	}

	/**
	 * Nothing of what could be read before is told behind it.
	 */
	private void changeAccess(String user) {
		OracleTable table = OracleAccess.GOVERNED.get(this.random.nextInt(OracleAccess.GOVERNED.size()));
		boolean changed = this.engine.access().change(user, table, this.random);
		this.engine.reevaluate(user);
		this.counts.decisions.incrementAndGet();
		if (changed) {
			this.clients.stream()
				.filter((other) -> other.user().equals(user))
				.forEach((other) -> other.accessChanged(table));
		}
	}

	private void request(OracleClient client) {
		comeBack(client);
		List<String> all = List.copyOf(client.held().keySet());
		switch (this.random.nextInt(8)) {
			case 0 -> client.session().mark();
			case 1 -> all.forEach(client.session()::nextBatch);
			case 2, 3 -> {
				if (!all.isEmpty()) {
					String id = all.get(this.random.nextInt(all.size()));
					lose(client, client.unsubscribe(id));
				}
			}
			case 4 -> {
				if (this.random.nextInt(4) == 0) {
					reconnect(client);
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
	private boolean comeBack(OracleClient client) {
		List<Held> granted = client.refused()
			.stream()
			.filter((held) -> !this.engine.denies(client.user(), held.query().table()))
			.toList();
		client.refused().removeAll(granted);
		granted.forEach((held) -> client.subscribe("s" + this.ids++, held.again(), 1 + this.random.nextInt(40)));
		return !granted.isEmpty();
	}

	private void reconnect(OracleClient client) {
		client.session().close();
		client.held().values().forEach((held) -> lose(client, held));
		int number = this.clients.indexOf(client);
		OracleClient next = connect(number);
		this.clients.set(number, next);
		client.held().keySet().forEach((id) -> subscribe(next));
		next.refused().addAll(client.refused());
	}

	@Override
	public void disconnect() {
		close();
	}

	@Override
	public void reconnect() {
		for (int i = 0; i < this.clients.size(); i++) {
			OracleClient next = connect(i);
			OracleClient before = this.clients.set(i, next);
			before.held().values().forEach((held) -> goOn(next, held));
			next.refused().addAll(before.refused());
		}
	}

	private void goOn(OracleClient client, Held held) {
		boolean pull = held.wanted().pull();
		client.subscribe("s" + this.ids++, held.live ? held.copy(pull) : any(client, pull),
				1 + this.random.nextInt(40));
	}

	private void lose(OracleClient client, Held held) {
		if (held.live) {
			this.lost.add(client.user(), held);
		}
	}

	private void subscribe(OracleClient client) {
		boolean pull = this.random.nextInt(4) == 0;
		Held chosen = this.lost.choose(client.user());
		Held begun = (chosen != null) ? chosen.copy(pull) : any(client, pull);
		if (chosen != null && this.random.nextInt(20) == 0) {
			begun.epoch = Held.OTHER_EPOCH;
		}
		client.subscribe("s" + this.ids++, begun, 1 + this.random.nextInt(40));
	}

	private Held any(OracleClient client, boolean pull) {
		boolean stream = this.random.nextInt(5) < 2;
		OracleQuery query = stream ? RandomQuery.ofStream(this.random) : RandomQuery.makeAny(this.random);
		Wanted wanted = wanted(pull);
		return new Held(query, client.user(), query.isWindow() ? new Wanted(true, 0, pull) : wanted);
	}

	private Wanted wanted(boolean pull) {
		return switch (this.random.nextInt(8)) {
			case 0 -> new Wanted(false, 0, pull);
			case 1 -> new Wanted(true, 1 + this.random.nextInt(30), pull);
			default -> new Wanted(true, 0, pull);
		};
	}

	@Override
	public boolean settle(Sequence end, Connection connection) {
		boolean settled = true;
		for (OracleClient client : this.clients) {
			if (!client.isCompleteUpTo(end)) {
				settled = false;
				client.held().keySet().forEach(client.session()::nextBatch);
				client.session().mark();
			}
			while (client.step()) {
				settled = false;
			}
			settled &= !comeBack(client);
		}
		return settled;
	}

	@Override
	public void compare(Sequence end, Connection connection) throws SQLException {
		for (OracleClient client : this.clients) {
			for (Map.Entry<String, Held> entry : client.held().entrySet()) {
				Held held = entry.getValue();
				String what = entry.getKey() + " of " + client.user() + " at " + held.cursor;
				assertThat(held.isCompleteUpTo(end)).as("%s: %s gets live up to %s", what, held.query(), end).isTrue();
				this.counts.compared.incrementAndGet();
				if (held.query().table().isStream() && this.engine.hasLostEvents()) {
					assertThat(held.query().all(connection, readable(held, client))).as(what).containsAll(held.rows());
					continue;
				}
				Set<String> all = held.query().rows(connection, readable(held, client));
				OracleStorm.compare(what, held.query(), held.expected(all), held.rows());
				held.fill(all);
			}
		}
		if (!this.clients.isEmpty()) {
			OracleClient client = this.clients.get(this.random.nextInt(this.clients.size()));
			this.newest.check("q" + this.ids++, client, false, connection);
			this.newest.check("q" + this.ids++, client, true, connection);
			onlyChanges(client, connection);
		}
	}

	private String readable(Held held, OracleClient client) {
		return this.engine.access().condition(held.query().table(), client.user());
	}

	/**
	 * While nothing is written it is known what the changes will be changes of.
	 */
	private void onlyChanges(OracleClient client, Connection connection) throws SQLException {
		Held begun = new Held(this.newest.readable(client.user(), OracleTable.TABLES), client.user(),
				new Wanted(false, 0, false));
		begun.fill(begun.query().rows(connection, readable(begun, client)));
		client.subscribe("q" + this.ids++, begun, 1);
	}

	@Override
	public void close() {
		this.clients.forEach((client) -> client.session().close());
	}

}
