package io.kalam.subscription;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.kalam.access.TableAccess;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * What a session has asked about access and not heard yet. Of several questions about the
 * same, only the answer to the last one counts, and whoever waits for an earlier one
 * waits for that. Used under the session's lock, under which answers are taken too.
 *
 * @param <K> what the questions are about
 */
final class AccessQuestions<K> {

	private final LiveSession session;

	private final Map<K, Question> open = new LinkedHashMap<>(2);

	AccessQuestions(LiveSession session) {
		this.session = session;
	}

	/**
	 * Asks.
	 * @param about what about
	 * @param decision the answer, or an error; may come at once
	 * @param answered takes the answer
	 * @param undecided is run if there is none
	 * @return completes when this question or a later one about the same was answered, or
	 * is not of interest any more
	 */
	Mono<Void> ask(K about, Mono<TableAccess> decision, Consumer<TableAccess> answered, Runnable undecided) {
		Question question = new Question(Disposables.swap(), Sinks.empty());
		Question earlier = this.open.put(about, question);
		if (earlier != null) {
			earlier.work().dispose();
			question.settled().asMono().subscribe(null, null, earlier.settled()::tryEmitEmpty);
		}
		question.work()
			.update(decision.subscribe((access) -> take(about, question, () -> answered.accept(access)),
					(ex) -> take(about, question, undecided)));
		return question.settled().asMono();
	}

	private void take(K about, Question question, Runnable answer) {
		this.session.resume(() -> {
			if (this.open.remove(about, question)) {
				answer.run();
				question.settled().tryEmitEmpty();
			}
		});
	}

	/**
	 * What is asked about.
	 */
	List<K> open() {
		return List.copyOf(this.open.keySet());
	}

	/**
	 * An answer is not of interest any more.
	 */
	void forget(K about) {
		Question question = this.open.remove(about);
		if (question != null) {
			question.work().dispose();
			question.settled().tryEmitEmpty();
		}
	}

	void clear() {
		open().forEach(this::forget);
	}

	private record Question(Disposable.Swap work, Sinks.Empty<Void> settled) {

	}

}
