package io.kalam.desk.ticket;

import java.util.Comparator;
import java.util.List;

import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * What a user has to do, in words that others may hear: it counts the user's own tickets
 * and names them by number, never by title.
 */
@Service
public final class Workload {

	private static final String TEXT = """
			%s, you have %s to do, %d in progress. Begin with #%d, its priority is %s. \
			I name tickets by number only, because everybody in this room reads along.""";

	private static final String NOTHING = "%s, you have no open tickets. Somebody else may be glad of some help.";

	private static final List<String> STATUSES = List.of("open", "in_progress");

	private static final List<String> PRIORITIES = List.of("urgent", "high", "normal", "low");

	private final TicketRepository tickets;

	Workload(TicketRepository tickets) {
		this.tickets = tickets;
	}

	/**
	 * Describes what a user has to do.
	 * @param user the user
	 * @return a few sentences, the same for the same tickets
	 */
	public Mono<String> describe(String user) {
		return this.tickets.findByAssigneeIdOrderById(user)
			.filter((ticket) -> STATUSES.contains(ticket.status()))
			.sort(Comparator.comparingInt((ticket) -> PRIORITIES.indexOf(ticket.priority())))
			.collectList()
			.map((pending) -> describe(user, pending));
	}

	private static String describe(String user, List<Ticket> pending) {
		if (pending.isEmpty()) {
			return NOTHING.formatted(user);
		}
		Ticket first = pending.get(0);
		long begun = pending.stream().filter((ticket) -> ticket.status().equals("in_progress")).count();
		return TEXT.formatted(user, count(pending.size()), begun, first.id(), first.priority());
	}

	private static String count(int tickets) {
		return (tickets == 1) ? "1 ticket" : tickets + " tickets";
	}

}
