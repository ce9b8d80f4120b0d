package io.kalam.boot;

import java.time.Duration;
import java.util.List;

import io.kalam.boot.jpa.JpaDocument;
import io.kalam.boot.jpa.JpaTicket;
import io.kalam.catalog.TableName;
import io.kalam.catalog.TableReference;
import io.kalam.partition.LiveTable;
import io.kalam.partition.RealtimeTables;
import io.kalam.pipeline.PipelineState;
import io.kalam.pipeline.RealtimePipeline;
import io.kalam.postgres.embedded.EmbeddedPostgresServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application with JPA and JDBC and no R2DBC of its own; Hibernate makes the tables.
 */
class JpaEntityIntegrationTests {

	private static EmbeddedPostgresServer server;

	private static ConfigurableApplicationContext context;

	@BeforeAll
	static void run() {
		server = EmbeddedPostgresServer.builder().start();
		context = new SpringApplicationBuilder(JpaApplication.class).web(WebApplicationType.NONE)
			.properties("spring.datasource.url=" + server.jdbcUrl(), "spring.datasource.username=" + server.user(),
					"spring.datasource.password=" + server.password(), "spring.jpa.hibernate.ddl-auto=update",
					"spring.jpa.properties.hibernate.hbm2ddl.create_namespaces=true",
					"kalam.postgres.replica-identity=manage",
					"kalam.journal.directory=" + RunningApplication.newDirectory())
			.run();
	}

	@AfterAll
	static void close() {
		context.close();
		server.close();
	}

	@Test
	void theTablesThatHibernateHasMadeAreStreamed() {
		RealtimePipeline pipeline = context.getBean(RealtimePipeline.class);
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.until(() -> pipeline.status().state() == PipelineState.STREAMING);
		List<LiveTable> tables = context.getBean(RealtimeTables.class).all();
		assertThat(tables).extracting(LiveTable::name)
			.containsExactlyInAnyOrder(new TableName("public", "jpa_ticket"), new TableName("app", "documents"));
		assertThat(tables).extracting((table) -> table.owner().name())
			.containsExactlyInAnyOrder("assignee_id", "Written By");
		assertThat(context.getBean(RealtimeTables.class).resolve("public", "jpa_ticket").rowType().table().columns())
			.as("a property that is excluded")
			.extracting("name")
			.containsExactlyInAnyOrder("id", "assignee_id");
	}

	@Test
	void namesAreHibernates() {
		EntityNames names = context.getBean(EntityNames.class);
		assertThat(names).isInstanceOf(JpaEntityNames.class);
		EntityNames.Entity ticket = names.find(JpaTicket.class);
		assertThat(ticket.table()).isEqualTo(new TableReference(null, "jpa_ticket"));
		assertThat(ticket.column("assigneeId")).isEqualTo("assignee_id");
		assertThat(ticket.column("assignee_id")).as("no property").isEqualTo("assignee_id");
		EntityNames.Entity document = names.find(JpaDocument.class);
		assertThat(document.table()).isEqualTo(new TableReference("app", "documents"));
		assertThat(document.column("author")).isEqualTo("Written By");
		assertThat(document.column("ticket")).isEqualTo("ticket_ref");
		assertThat(names.find(String.class)).isNull();
	}

	@Configuration(proxyBeanMethods = false)
	@EntityScan(basePackageClasses = JpaTicket.class)
	@ImportAutoConfiguration({ DataSourceAutoConfiguration.class, HibernateJpaAutoConfiguration.class,
			KalamConnectionAutoConfiguration.class, KalamEntityAutoConfiguration.class, KalamAutoConfiguration.class })
	static class JpaApplication {

	}

}
