package io.kalam.desk;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.context.annotation.Import;

/**
 * Runs the whole application on a real Postgres, once for all tests that say so.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "kalam.embedded-postgres.port=0", "kalam.security.clock-skew=0s",
				"kalam.websocket.auth-timeout=30s" })
@AutoConfigureWebTestClient
@Import({ FreshConnections.class, AssistantTime.class })
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface DeskTest {

}
