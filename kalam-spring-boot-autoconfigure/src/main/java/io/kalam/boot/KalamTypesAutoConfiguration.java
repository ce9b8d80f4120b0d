package io.kalam.boot;

import java.nio.file.Path;

import io.kalam.partition.RealtimeTables;
import io.kalam.typescript.TypeScriptDeclarations;
import jakarta.servlet.http.HttpServlet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.DispatcherHandler;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} of the TypeScript types of the realtime tables: at a path, in
 * development only, and in a file.
 */
@AutoConfiguration(after = KalamAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "kalam.enabled", matchIfMissing = true)
public final class KalamTypesAutoConfiguration {

	private static final Logger logger = LoggerFactory.getLogger(KalamTypesAutoConfiguration.class);

	@Bean
	@ConditionalOnMissingBean
	TypeScriptDeclarations kalamTypeScriptDeclarations(RealtimeTables tables) {
		return new TypeScriptDeclarations(tables);
	}

	@Bean
	@ConditionalOnProperty(KalamTypesProperties.FILE)
	TypesFile kalamTypesFile(KalamProperties properties, TypeScriptDeclarations declarations, RealtimeTables tables) {
		return new TypesFile(Path.of(String.valueOf(properties.types().file())), declarations, tables);
	}

	private static void warn(Environment environment) {
		if (!OnServedTypes.isDevelopment(environment)) {
			logger.warn(
					"Everybody may read the columns of the realtime tables at {}. "
							+ "That is for development; in production remove kalam.types.enabled=true.",
					KalamTypesProperties.PATH);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@Conditional(OnServedTypes.class)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
	@ConditionalOnClass(DispatcherHandler.class)
	static class Reactive {

		@Bean
		RouterFunction<ServerResponse> kalamTypesRoute(TypeScriptDeclarations declarations) {
			return RouterFunctions.route().GET(KalamTypesProperties.PATH, (request) -> {
				TypesAnswer answer = TypesAnswer.of(declarations);
				return ServerResponse.status(answer.status())
					.contentType(MediaType.parseMediaType(TypesAnswer.CONTENT_TYPE))
					.cacheControl(CacheControl.noStore())
					.bodyValue(answer.body());
			}).build();
		}

		@Bean
		SmartInitializingSingleton kalamTypesWarning(Environment environment) {
			return () -> warn(environment);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Conditional(OnServedTypes.class)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
	@ConditionalOnClass({ HttpServlet.class, ServletRegistrationBean.class })
	static class Servlet {

		@Bean
		ServletRegistrationBean<TypesServlet> kalamTypesServlet(TypeScriptDeclarations declarations) {
			ServletRegistrationBean<TypesServlet> servlet = new ServletRegistrationBean<>(
					new TypesServlet(declarations), KalamTypesProperties.PATH);
			servlet.setName("kalamTypesServlet");
			return servlet;
		}

		@Bean
		SmartInitializingSingleton kalamTypesWarning(Environment environment) {
			return () -> warn(environment);
		}

	}

}
