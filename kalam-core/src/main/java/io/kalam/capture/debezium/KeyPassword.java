package io.kalam.capture.debezium;

import java.io.IOException;
import java.util.Properties;

import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;

/**
 * Gives the JDBC driver the password of the client's key, which as a property Debezium
 * would print. Loaded by the driver by its name.
 */
public final class KeyPassword implements CallbackHandler {

	private final String source;

	/**
	 * The password of a source.
	 * @param properties the connection's properties, which tell the source
	 */
	public KeyPassword(Properties properties) {
		this.source = properties.getProperty("socketFactoryArg", "");
	}

	@Override
	public void handle(Callback[] callbacks) throws IOException, UnsupportedCallbackException {
		for (Callback callback : callbacks) {
			if (!(callback instanceof PasswordCallback password)) {
				throw new UnsupportedCallbackException(callback);
			}
			password.setPassword(Sockets.of(this.source).keyPassword().toCharArray());
		}
	}

}
