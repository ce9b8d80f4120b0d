package io.kalam.boot.actuate;

import io.kalam.boot.KalamAutoConfiguration;
import io.kalam.boot.KalamProperties;
import io.kalam.boot.KalamServletAutoConfiguration;
import io.kalam.boot.KalamWebFluxAutoConfiguration;
import io.kalam.catalog.OwnedObjects;
import io.kalam.catalog.PostgresSettings;
import io.kalam.event.EventStore;
import io.kalam.journal.ChangeJournal;
import io.kalam.partition.RealtimeTables;
import io.kalam.pipeline.RealtimePipeline;
import io.kalam.subscription.LiveHub;
import io.kalam.subscription.SubscriptionEngine;
import io.kalam.websocket.RealtimeConnections;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} of the actuator's endpoint.
 */
@AutoConfiguration(after = { KalamAutoConfiguration.class, KalamWebFluxAutoConfiguration.class,
		KalamServletAutoConfiguration.class })
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnBean(RealtimePipeline.class)
@ConditionalOnAvailableEndpoint(KalamEndpoint.class)
@EnableConfigurationProperties(KalamEndpointProperties.class)
public final class KalamEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	KalamEndpoint kalamEndpoint(KalamEndpointProperties endpoint, KalamProperties properties, PostgresSettings postgres,
			RealtimePipeline pipeline, RealtimeTables tables, ChangeJournal journal, LiveHub hub, EventStore events,
			SubscriptionEngine engine, ObjectProvider<RealtimeConnections> sockets) {
		RealtimeConnections found = sockets.getIfAvailable();
		String slot = properties.postgres().slotFor(postgres.database());
		return new KalamEndpoint(
				new EngineDescriber(pipeline, tables, journal, hub, events, (found != null) ? found::count : null),
				new RowExplainer(tables, hub, new RowLookup(postgres), new JournalSearch(journal),
						new AccessLookup(engine.access(), engine.parser())),
				new EngineControl(pipeline, tables,
						new OwnedObjects(postgres, slot, properties.postgres().publication()), slot,
						(found != null) ? found::disconnect : null),
				endpoint);
	}

}
