package io.kalam.boot;

import java.util.List;

import javax.lang.model.element.Modifier;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.generate.GeneratedMethod;
import org.springframework.aot.generate.GenerationContext;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.aot.BeanRegistrationCode;
import org.springframework.beans.factory.aot.BeanRegistrationCodeFragments;
import org.springframework.beans.factory.aot.BeanRegistrationCodeFragmentsDecorator;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.javapoet.ClassName;
import org.springframework.javapoet.CodeBlock;

/**
 * Searches for realtime tables when an application is processed ahead of time, instead of
 * when it starts, and lets rows be read into and written from the classes by reflection.
 */
final class RealtimeTypesAotProcessor implements BeanRegistrationAotProcessor {

	@Override
	public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean bean) {
		if (bean.getBeanClass() != RealtimeTypes.class) {
			return null;
		}
		RealtimeTypes types = bean.getBeanFactory().getBean(bean.getBeanName(), RealtimeTypes.class);
		return BeanRegistrationAotContribution.withCustomCodeFragments((fragments) -> new Found(fragments, types));
	}

	private static final class Found extends BeanRegistrationCodeFragmentsDecorator {

		private final RealtimeTypes types;

		Found(BeanRegistrationCodeFragments fragments, RealtimeTypes types) {
			super(fragments);
			this.types = types;
		}

		@Override
		public ClassName getTarget(RegisteredBean bean) {
			return ClassName.get(RealtimeTypes.class);
		}

		@Override
		public CodeBlock generateInstanceSupplierCode(GenerationContext context, BeanRegistrationCode code,
				boolean allowDirectSupplierShortcut) {
			this.types.all().forEach((type) -> register(context.getRuntimeHints(), type));
			List<CodeBlock> names = this.types.all()
				.stream()
				.map((type) -> CodeBlock.of("$S", type.getName()))
				.toList();
			GeneratedMethod method = code.getMethods()
				.add("getInstance",
						(builder) -> builder.addModifiers(Modifier.PRIVATE, Modifier.STATIC)
							.returns(RealtimeTypes.class)
							.addStatement("return $T.named($L)", RealtimeTypes.class, CodeBlock.join(names, ", ")));
			return method.toMethodReference().toCodeBlock();
		}

		private static void register(RuntimeHints hints, Class<?> type) {
			new BindingReflectionHintsRegistrar().registerReflectionHints(hints.reflection(), type);
			hints.reflection()
				.registerType(type, MemberCategory.ACCESS_DECLARED_FIELDS, MemberCategory.INVOKE_DECLARED_CONSTRUCTORS);
		}

	}

}
