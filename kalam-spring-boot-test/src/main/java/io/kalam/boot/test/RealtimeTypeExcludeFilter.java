package io.kalam.boot.test;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.springframework.boot.test.context.filter.annotation.StandardAnnotationCustomizableTypeExcludeFilter;
import org.springframework.stereotype.Repository;
import org.springframework.stereotype.Service;
import org.springframework.util.ClassUtils;

/**
 * Leaves out of the component scan what {@link RealtimeTest} does not run.
 */
final class RealtimeTypeExcludeFilter extends StandardAnnotationCustomizableTypeExcludeFilter<RealtimeTest> {

	private static final List<String> POLICIES = List.of("io.kalam.access.RealtimeAccessPolicy",
			"io.kalam.operations.RealtimePublishPolicy");

	RealtimeTypeExcludeFilter(Class<?> testClass) {
		super(testClass);
	}

	@Override
	protected Set<Class<?>> getKnownIncludes() {
		Set<Class<?>> includes = new LinkedHashSet<>(Set.of(Service.class, Repository.class));
		ClassLoader classLoader = getClass().getClassLoader();
		POLICIES.stream()
			.filter((policy) -> ClassUtils.isPresent(policy, classLoader))
			.forEach((policy) -> includes.add(ClassUtils.resolveClassName(policy, classLoader)));
		return includes;
	}

}
