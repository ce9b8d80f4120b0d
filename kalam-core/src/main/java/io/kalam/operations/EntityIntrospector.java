package io.kalam.operations;

import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Parameter;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;

/**
 * Looks at a class as those do who store it: what is said about how it is shown as JSON
 * does not count.
 */
final class EntityIntrospector extends NopAnnotationIntrospector {

	private static final String CREATOR = "org.springframework.data.annotation.PersistenceCreator";

	@Override
	public @Nullable String findImplicitPropertyName(MapperConfig<?> config, AnnotatedMember member) {
		if (member instanceof AnnotatedParameter parameter
				&& parameter.getOwner().getAnnotated() instanceof Executable executable) {
			Parameter declared = executable.getParameters()[parameter.getIndex()];
			return declared.isNamePresent() ? declared.getName() : null;
		}
		return null;
	}

	@Override
	public JsonCreator.@Nullable Mode findCreatorAnnotation(MapperConfig<?> config, Annotated annotated) {
		if (annotated.getAnnotated() instanceof Constructor<?> constructor) {
			for (Annotation annotation : constructor.getAnnotations()) {
				if (annotation.annotationType().getName().equals(CREATOR)) {
					return JsonCreator.Mode.PROPERTIES;
				}
			}
		}
		return null;
	}

}
