package io.kalam.desk.message;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.kalam.desk.ticket.Workload;
import io.kalam.operations.RealtimeOperations;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;

/**
 * Answers messages that begin with its name, word by word. It stands in for a language
 * model: its words come from {@link Workload}, slowly.
 * <p>
 * Words are events, the whole answer is a message. A few answers are made at once, in the
 * order of their questions; who asks while hundreds wait is not answered.
 */
@Component
final class Assistant implements DisposableBean {

	/**
	 * A name that no user can have.
	 */
	private static final String NAME = "@desk";

	private static final Pattern QUESTION = Pattern.compile(NAME + "\\b");

	private static final Duration PACE = Duration.ofMillis(120);

	private static final int AT_ONCE = 8;

	private static final int WAITING = 256;

	private static final Log logger = LogFactory.getLog(Assistant.class);

	private final Workload workload;

	private final MessageRepository messages;

	private final RealtimeOperations realtime;

	private final TransactionalOperator transaction;

	private final Scheduler scheduler;

	private final Sinks.Many<Message> questions = Sinks.many()
		.unicast()
		.onBackpressureBuffer(new ArrayBlockingQueue<>(WAITING));

	private final Disposable answering;

	Assistant(Workload workload, MessageRepository messages, RealtimeOperations realtime,
			TransactionalOperator transaction, Scheduler assistantScheduler) {
		this.workload = workload;
		this.messages = messages;
		this.realtime = realtime;
		this.transaction = transaction;
		this.scheduler = assistantScheduler;
		this.answering = this.questions.asFlux().flatMap(this::answer, AT_ONCE).subscribe();
	}

	/**
	 * Begins an answer, if a message is a question, and doesn't wait for it.
	 * @param message what somebody has said
	 */
	synchronized void hear(Message message) {
		if (QUESTION.matcher(message.body()).lookingAt()) {
			this.questions.tryEmitNext(message);
		}
	}

	private Mono<Message> answer(Message question) {
		return this.workload.describe(question.author())
			.flatMap((text) -> speak(question, text).then(conclude(question, text)))
			.onErrorResume((ex) -> {
				logger.warn("Message %d could not be answered".formatted(question.id()), ex);
				return Mono.empty();
			});
	}

	private Mono<Void> speak(Message question, String text) {
		return Flux.fromStream(() -> beginnings(text))
			.delayElements(PACE, this.scheduler)
			.concatMap((words) -> this.realtime.emit(new Answer(question.id(), question.room(), words)))
			.then();
	}

	/**
	 * The answer becomes a message and its event ends, by one commit: no reader sees both
	 * of them, or none.
	 */
	private Mono<Message> conclude(Message question, String text) {
		return this.realtime.retract(new Answer(question.id(), question.room(), text))
			.then(this.messages.create(question.room(), NAME, text))
			.as(this.transaction::transactional);
	}

	/**
	 * The first word of a text, the first two, and so on.
	 */
	private static Stream<String> beginnings(String text) {
		return IntStream.rangeClosed(1, text.length())
			.filter((end) -> end == text.length() || text.charAt(end) == ' ')
			.mapToObj((end) -> text.substring(0, end));
	}

	@Override
	public void destroy() {
		this.answering.dispose();
	}

}
