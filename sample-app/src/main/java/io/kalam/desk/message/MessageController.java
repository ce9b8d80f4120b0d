package io.kalam.desk.message;

import java.security.Principal;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Everybody reads all messages; a user changes and deletes their own.
 */
@RestController
@RequestMapping("/api/messages")
final class MessageController {

	private static final String DEFAULT_ROOM = "general";

	private final MessageRepository messages;

	private final Rooms rooms;

	private final Assistant assistant;

	MessageController(MessageRepository messages, Rooms rooms, Assistant assistant) {
		this.messages = messages;
		this.rooms = rooms;
		this.assistant = assistant;
	}

	@GetMapping
	Flux<Message> list(@RequestParam(defaultValue = DEFAULT_ROOM) @Pattern(regexp = Message.ROOM,
			message = Message.ROOM_MESSAGE) String room) {
		return this.messages.findNewest(room);
	}

	@PostMapping
	@ResponseStatus(HttpStatus.CREATED)
	Mono<Message> create(Principal user, @Valid @RequestBody NewMessage body) {
		String room = (body.room() != null) ? body.room() : DEFAULT_ROOM;
		return this.rooms.say(room, user.getName(), body.body()).doOnNext(this.assistant::hear);
	}

	@PatchMapping("/{id}")
	Mono<Message> change(Principal user, @PathVariable long id, @Valid @RequestBody MessageChanges body) {
		return this.messages.change(id, user.getName(), body.body()).switchIfEmpty(Mono.error(() -> notYours(id)));
	}

	@DeleteMapping("/{id}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	Mono<Void> delete(Principal user, @PathVariable long id) {
		return this.messages.deleteByIdAndAuthor(id, user.getName())
			.filter((deleted) -> deleted > 0)
			.switchIfEmpty(Mono.error(() -> notYours(id)))
			.then();
	}

	private static ResponseStatusException notYours(long id) {
		return new ResponseStatusException(HttpStatus.NOT_FOUND, "You have written no message %d.".formatted(id));
	}

}
