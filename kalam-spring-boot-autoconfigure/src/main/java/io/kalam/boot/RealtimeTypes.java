package io.kalam.boot;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import io.kalam.RealtimeTable;

import org.springframework.boot.persistence.autoconfigure.EntityScanner;
import org.springframework.context.ApplicationContext;
import org.springframework.util.ClassUtils;

/**
 * The classes of the application that are realtime tables. What is made ahead of time
 * knows them by their names, and does not search the class path again.
 *
 * @param all the classes, by name
 */
record RealtimeTypes(List<Class<?>> all) {

	RealtimeTypes {
		all = all.stream().sorted(Comparator.<Class<?>, String>comparing(Class::getName)).toList();
	}

	/**
	 * Searches the packages in which entities are.
	 */
	static RealtimeTypes scan(ApplicationContext context) throws ClassNotFoundException {
		return new RealtimeTypes(List.copyOf(new EntityScanner(context).scan(RealtimeTable.class)));
	}

	/**
	 * Loads what has been found before.
	 */
	static RealtimeTypes named(String... names) {
		ClassLoader loader = RealtimeTypes.class.getClassLoader();
		return new RealtimeTypes(
				Stream.of(names).<Class<?>>map((name) -> ClassUtils.resolveClassName(name, loader)).toList());
	}

}
