package io.kalam.boot;

import java.util.Map;
import java.util.stream.Stream;

import io.kalam.boot.PostgresSettingsFactory.Address;
import io.kalam.catalog.PostgresSettings;
import io.kalam.postgres.embedded.EmbeddedPostgresServer;
import io.r2dbc.spi.ConnectionFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} of where the database is.
 */
@AutoConfiguration(after = SslAutoConfiguration.class,
		afterName = { "org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration",
				"org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration" })
@ConditionalOnBooleanProperty(name = "kalam.enabled", matchIfMissing = true)
@EnableConfigurationProperties(KalamProperties.class)
public final class KalamConnectionAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	PostgresSettings kalamPostgresSettings(KalamProperties properties, ObjectProvider<AddressSource> sources,
			ObjectProvider<SslBundleFiles> ssl) {
		Address address = sources.orderedStream()
			.flatMap((source) -> Stream.ofNullable(source.find()))
			.findFirst()
			.orElse(null);
		SslBundleFiles files = ssl.getIfAvailable();
		return new PostgresSettingsFactory(properties.postgres()).create(address,
				(files != null) ? files.properties() : Map.of());
	}

	@Bean
	@ConditionalOnProperty("kalam.postgres.ssl.bundle")
	SslBundleFiles kalamPostgresSslBundleFiles(SslBundles bundles, @Value("${kalam.postgres.ssl.bundle}") String name) {
		SslBundleFiles files = new SslBundleFiles(bundles.getBundle(name));
		bundles.addBundleUpdateHandler(name, files::write);
		return files;
	}

	/**
	 * Knows where some of the application's connections go.
	 */
	@FunctionalInterface
	interface AddressSource {

		@Nullable Address find();

	}

	/**
	 * An application that uses JDBC may have these details too, and not the classes that
	 * they are made of: those of a container, as soon as R2DBC is on the class path.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ R2dbcConnectionDetails.class, ConnectionFactory.class })
	@Conditional(OnR2dbcApplication.class)
	static class R2dbc {

		@Bean
		@Order(0)
		AddressSource kalamR2dbcAddress(ObjectProvider<R2dbcConnectionDetails> details) {
			return () -> {
				R2dbcConnectionDetails found = details.getIfAvailable();
				return (found != null) ? Address.of(found) : null;
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(JdbcConnectionDetails.class)
	static class Jdbc {

		@Bean
		@Order(1)
		AddressSource kalamJdbcAddress(ObjectProvider<JdbcConnectionDetails> details) {
			return () -> {
				JdbcConnectionDetails found = details.getIfAvailable();
				return (found != null) ? Address.of(found) : null;
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(EmbeddedPostgresServer.class)
	static class Embedded {

		@Bean
		DevelopmentDatabase kalamEmbeddedDatabase(ObjectProvider<EmbeddedPostgresServer> servers) {
			return new EmbeddedDatabase(servers);
		}

	}

}
