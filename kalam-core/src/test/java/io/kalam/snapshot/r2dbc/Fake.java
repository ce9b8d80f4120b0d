package io.kalam.snapshot.r2dbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * Something of the driver's that a test answers for.
 */
final class Fake {

	private Fake() {
	}

	/**
	 * A fake.
	 * @param type the interface
	 * @param handler answers its calls
	 */
	static <T> T of(Class<T> type, InvocationHandler handler) {
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type },
				(proxy, method, arguments) -> switch (method.getName()) {
					case "hashCode" -> System.identityHashCode(proxy);
					case "equals" -> proxy == arguments[0];
					case "toString" -> type.getSimpleName();
					default -> handler.invoke(proxy, method, arguments);
				}));
	}

}
