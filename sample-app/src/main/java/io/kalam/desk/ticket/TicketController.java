package io.kalam.desk.ticket;

import java.security.Principal;

import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * A user reads, changes and deletes their own tickets, and may hand one to anybody.
 */
@RestController
@RequestMapping("/api/tickets")
final class TicketController {

	private final TicketRepository tickets;

	TicketController(TicketRepository tickets) {
		this.tickets = tickets;
	}

	@GetMapping
	Flux<Ticket> list(Principal user) {
		return this.tickets.findByAssigneeIdOrderById(user.getName());
	}

	@PostMapping
	@ResponseStatus(HttpStatus.CREATED)
	Mono<Ticket> create(Principal user, @Valid @RequestBody NewTicket body) {
		return this.tickets.create(orElse(body.assigneeId(), user.getName()), body.title(),
				orElse(body.priority(), "normal"), orElse(body.status(), "open"));
	}

	@PatchMapping("/{id}")
	Mono<Ticket> change(Principal user, @PathVariable long id, @Valid @RequestBody TicketChanges body) {
		return this.tickets.change(id, user.getName(), body.title(), body.priority(), body.status(), body.assigneeId())
			.switchIfEmpty(Mono.error(() -> notYours(id)));
	}

	@DeleteMapping("/{id}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	Mono<Void> delete(Principal user, @PathVariable long id) {
		return this.tickets.deleteByIdAndAssigneeId(id, user.getName())
			.filter((deleted) -> deleted > 0)
			.switchIfEmpty(Mono.error(() -> notYours(id)))
			.then();
	}

	private static String orElse(@Nullable String value, String fallback) {
		return (value != null) ? value : fallback;
	}

	private static ResponseStatusException notYours(long id) {
		return new ResponseStatusException(HttpStatus.NOT_FOUND, "You have no ticket %d.".formatted(id));
	}

}
