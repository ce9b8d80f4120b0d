package io.kalam.boot.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.autoconfigure.OverrideAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.filter.annotation.TypeExcludeFilters;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.core.annotation.AliasFor;

/**
 * A test of realtime tables: who sees which rows, after which call. It runs the
 * application's repositories and services, its migrations or SQL scripts, Kalam and the
 * web server with Kalam's socket, on a real Postgres; not its controllers, security or
 * other configuration.
 * <p>
 * The database is one of its own for each application context, on a server that the tests
 * of a JVM share, and is dropped with the context. Nothing is rolled back: only what is
 * committed can be seen by anybody else. A Postgres that the test brings by itself
 * ({@code @ServiceConnection}) takes its place. A {@link RealtimeTestClient} can be
 * injected.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@OverrideAutoConfiguration(enabled = false)
@TypeExcludeFilters(RealtimeTypeExcludeFilter.class)
@ImportAutoConfiguration
@AutoConfigureRealtimeTestClient
public @interface RealtimeTest {

	/**
	 * Properties in the form {@code key=value}, for this test.
	 * @return the properties
	 */
	@AliasFor(annotation = SpringBootTest.class, attribute = "properties")
	String[] properties() default {};

	/**
	 * Whether {@code @Service}, {@code @Repository}, access and publish policies are
	 * included without being named.
	 * @return whether they are
	 */
	boolean useDefaultFilters() default true;

	/**
	 * Components to be included besides.
	 * @return the filters
	 */
	Filter[] includeFilters() default {};

	/**
	 * Components to be left out, for instance services that need what is not there.
	 * @return the filters
	 */
	Filter[] excludeFilters() default {};

	/**
	 * Auto-configurations to be left out.
	 * @return the classes
	 */
	@AliasFor(annotation = ImportAutoConfiguration.class, attribute = "exclude")
	Class<?>[] excludeAutoConfiguration() default {};

}
