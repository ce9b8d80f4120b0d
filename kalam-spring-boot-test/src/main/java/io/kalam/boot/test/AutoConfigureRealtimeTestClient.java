package io.kalam.boot.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

/**
 * Adds a {@link RealtimeTestClient} to a test of a whole application,
 * {@code @SpringBootTest(webEnvironment = RANDOM_PORT)}. The tokens of its users are
 * accepted beside those that the application's own decoder accepts.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ImportAutoConfiguration
public @interface AutoConfigureRealtimeTestClient {

}
