package io.kalam.websocket;

import java.util.function.Consumer;

import io.kalam.access.RealtimeUser;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

/**
 * A token that is being looked at. Used by one thread at a time; answers on any.
 */
final class TokenCheck {

	private final RealtimeAuthenticator authenticator;

	private boolean pending;

	private @Nullable Disposable attempt;

	TokenCheck(RealtimeAuthenticator authenticator) {
		this.authenticator = authenticator;
	}

	void start(String token, Consumer<RealtimeUser> accepted, Consumer<Throwable> refused) {
		this.pending = true;
		this.attempt = this.authenticator.authenticate(token).subscribe(accepted, refused);
	}

	boolean isPending() {
		return this.pending;
	}

	void end() {
		this.pending = false;
		if (this.attempt != null) {
			this.attempt.dispose();
			this.attempt = null;
		}
	}

}
