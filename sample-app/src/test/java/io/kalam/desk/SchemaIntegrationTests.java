package io.kalam.desk;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.r2dbc.spi.ConnectionFactory;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.r2dbc.connection.init.ResourceDatabasePopulator;
import org.springframework.r2dbc.core.DatabaseClient;

import static org.assertj.core.api.Assertions.assertThat;

@DeskTest
class SchemaIntegrationTests {

	@Autowired
	private ConnectionFactory connections;

	@Autowired
	private DatabaseClient database;

	@Test
	void publishesWholeOldRows() {
		assertThat(count("""
				SELECT count(*) FROM pg_class
				WHERE oid IN ('tickets'::regclass, 'messages'::regclass) AND relreplident = 'f'""")).isEqualTo(2);
	}

	@Test
	void startsAgainOnTheSameDatabase() {
		populate(new ByteArrayResource("TRUNCATE tickets, messages".getBytes(StandardCharsets.UTF_8)));
		for (int start = 0; start < 2; start++) {
			populate(new ClassPathResource("schema.sql"), new ClassPathResource("data.sql"));
			assertThat(count("SELECT count(*) FROM tickets WHERE title = 'Search ignores umlauts'")).isOne();
		}
	}

	private void populate(Resource... scripts) {
		StepVerifier.create(new ResourceDatabasePopulator(scripts).populate(this.connections))
			.expectComplete()
			.verify(Duration.ofSeconds(30));
	}

	private long count(String sql) {
		return this.database.sql(sql).mapValue(Long.class).one().block(Duration.ofSeconds(30));
	}

}
