package io.kalam.desk.message;

import io.kalam.operations.RealtimeOperations;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;
import org.springframework.transaction.reactive.TransactionalOperator;

/**
 * What is said in rooms.
 */
@Service
final class Rooms {

	private final MessageRepository messages;

	private final RealtimeOperations realtime;

	private final TransactionalOperator transaction;

	Rooms(MessageRepository messages, RealtimeOperations realtime, TransactionalOperator transaction) {
		this.messages = messages;
		this.realtime = realtime;
		this.transaction = transaction;
	}

	/**
	 * Writes a message. Its author isn't typing any more: by the same commit, so that
	 * nobody sees one without the other.
	 * @param room the room
	 * @param author the user
	 * @param body the text
	 * @return the message
	 */
	Mono<Message> say(String room, String author, String body) {
		return this.realtime.retract(new Typing(author, room))
			.then(this.messages.create(room, author, body))
			.as(this.transaction::transactional);
	}

}
