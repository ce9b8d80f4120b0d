package io.kalam.boot;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import io.kalam.access.AccessDecider;
import io.kalam.access.RealtimeAccessPolicy;
import io.kalam.capture.debezium.DebeziumChangeSource;
import io.kalam.capture.debezium.DebeziumSettings;
import io.kalam.catalog.KalamSchema;
import io.kalam.catalog.PostgresSettings;
import io.kalam.codec.Codecs;
import io.kalam.codec.RealtimeTypeCodec;
import io.kalam.event.EventStore;
import io.kalam.journal.ChangeJournal;
import io.kalam.journal.JournalListener;
import io.kalam.operations.ClientEvents;
import io.kalam.operations.EntityMapping;
import io.kalam.operations.EventLog;
import io.kalam.operations.EventPublisher;
import io.kalam.operations.LiveOperations;
import io.kalam.operations.RealtimeOperations;
import io.kalam.operations.RealtimePublishPolicy;
import io.kalam.operations.RealtimeSecurity;
import io.kalam.operations.SessionSecurity;
import io.kalam.partition.RealtimeTables;
import io.kalam.pipeline.ChangeSources;
import io.kalam.pipeline.PipelineListener;
import io.kalam.pipeline.PipelineSettings;
import io.kalam.pipeline.RealtimePipeline;
import io.kalam.query.LiveQueryParser;
import io.kalam.snapshot.SnapshotReader;
import io.kalam.snapshot.r2dbc.R2dbcSnapshotReader;
import io.kalam.snapshot.r2dbc.SnapshotSettings;
import io.kalam.subscription.LiveHub;
import io.kalam.subscription.SubscriptionEngine;
import io.kalam.subscription.SubscriptionListener;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} of the engine: from the database to subscriptions.
 */
@AutoConfiguration(after = { KalamConnectionAutoConfiguration.class, KalamEntityAutoConfiguration.class })
@ConditionalOnBooleanProperty(name = "kalam.enabled", matchIfMissing = true)
@EnableConfigurationProperties(KalamProperties.class)
public final class KalamAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	RealtimeTables kalamRealtimeTables() {
		return new RealtimeTables();
	}

	@Bean
	@ConditionalOnMissingBean
	LiveHub kalamLiveHub(ObjectProvider<SubscriptionListener> listeners) {
		return new LiveHub(new SubscriptionListeners(Listeners.of(listeners)));
	}

	@Bean
	@ConditionalOnMissingBean
	EventStore kalamEventStore(RealtimeTables tables, LiveHub hub) {
		return new EventStore(tables, Clock.systemUTC(), hub::head);
	}

	@Bean
	static RealtimeTypes kalamRealtimeTypes(ApplicationContext context) throws ClassNotFoundException {
		return RealtimeTypes.scan(context);
	}

	@Bean
	RealtimeEntities kalamRealtimeEntities(ObjectProvider<EntityNames> names, RealtimeTypes types) {
		RealtimeTableScanner scanner = new RealtimeTableScanner(names.orderedStream().toList());
		return new RealtimeEntities(scanner.define(types.all()));
	}

	@Bean
	static EventPostProcessor kalamEventPostProcessor(ObjectProvider<RealtimeEntities> entities,
			ObjectProvider<EventStore> events) {
		return new EventPostProcessor(entities, events);
	}

	@Bean
	@ConditionalOnMissingBean
	ChangeJournal kalamChangeJournal(KalamProperties properties, PostgresSettings postgres, RealtimeEntities entities,
			ObjectProvider<DevelopmentDatabase> development, ObjectProvider<JournalListener> listeners,
			ApplicationContext context) {
		boolean temporary = development.stream().anyMatch((database) -> database.isTemporaryAt(postgres));
		Listeners<JournalListener> all = Listeners.of(listeners);
		JournalFactory factory = new JournalFactory(properties.journal(), context.getClassLoader(),
				(nanos) -> all.tell((listener) -> listener.synced(nanos)));
		if (entities.isEmpty()) {
			return factory.openUnused();
		}
		return factory.open(properties.postgres().slotFor(postgres.database()), temporary);
	}

	@Bean
	@ConditionalOnMissingBean
	SnapshotReader kalamSnapshotReader(KalamProperties properties, PostgresSettings postgres, LiveHub hub) {
		SnapshotSettings defaults = SnapshotSettings.DEFAULTS;
		Duration timeout = properties.snapshot().timeout();
		SnapshotSettings settings = new SnapshotSettings(properties.snapshot().maxConcurrent(), timeout, timeout,
				defaults.lockTimeout(), defaults.idleTimeout(),
				Math.toIntExact(properties.snapshot().spoolMemory().toBytes()), defaults.directory(),
				defaults.applicationName());
		return new R2dbcSnapshotReader(postgres, settings, hub::visible);
	}

	@Bean
	@ConditionalOnMissingBean
	ChangeSources kalamChangeSources(KalamProperties properties, PostgresSettings postgres, RealtimeTables tables) {
		String prefix = "kalam-" + UUID.randomUUID();
		DebeziumSettings settings = new DebeziumSettings(postgres, properties.postgres().slotFor(postgres.database()),
				properties.postgres().publication(), prefix, KalamSchema.MESSAGE_PREFIX,
				properties.capture().maxTransactionSize().toBytes(), properties.debezium().properties(),
				tables::rowTypes);
		return () -> new DebeziumChangeSource(settings);
	}

	@Bean
	@ConditionalOnMissingBean
	Codecs kalamCodecs(ObjectProvider<RealtimeTypeCodec> own) {
		return new Codecs(own.orderedStream().toList());
	}

	@Bean
	@ConditionalOnMissingBean
	RealtimePipeline kalamRealtimePipeline(KalamProperties properties, PostgresSettings postgres, RealtimeTables tables,
			EventStore events, ChangeJournal journal, LiveHub hub, ChangeSources sources, RealtimeEntities entities,
			Codecs codecs, ObjectProvider<DevelopmentDatabase> development,
			ObjectProvider<PipelineListener> listeners) {
		KalamProperties.Postgres own = properties.postgres();
		PipelineSettings settings = new PipelineSettings(postgres, own.slotFor(postgres.database()), own.publication(),
				own.manage(),
				own.managesReplicaIdentity(development.stream().anyMatch((database) -> database.isAt(postgres))),
				own.onSlotLost(), properties.capture().heartbeatInterval(), properties.capture().checkInterval());
		return new RealtimePipeline(settings, entities.definitions(), codecs, tables, events, journal, hub, sources,
				Clock.systemUTC(), new PipelineListeners(Listeners.of(listeners)));
	}

	@Bean
	BlockingThreads kalamBlockingThreads(Environment environment) {
		return new BlockingThreads(environment);
	}

	@Bean
	@ConditionalOnMissingBean
	AccessDecider kalamAccessDecider(KalamProperties properties, ObjectProvider<RealtimeAccessPolicy> policies,
			RealtimeEntities entities, BlockingThreads threads) {
		List<RealtimeAccessPolicy> all = policies.orderedStream().toList();
		all.forEach(entities::check);
		entities.checkTenants(properties.security().tenantClaim());
		return new AccessDecider(all, properties.security().policyTimeout(), threads.policies());
	}

	@Bean
	@ConditionalOnMissingBean
	SubscriptionEngine kalamSubscriptionEngine(KalamProperties properties, RealtimeTables tables, AccessDecider access,
			SnapshotReader snapshots, ChangeJournal journal, LiveHub hub, RealtimePipeline pipeline) {
		return new SubscriptionEngine(tables, new LiveQueryParser(properties.query().limits()), access, snapshots,
				journal, hub, pipeline::epoch, pipeline.heartbeat(), pipeline.refresh(),
				properties.journal().collapseAfter());
	}

	@Bean
	@ConditionalOnMissingBean
	EntityMapping kalamEntityMapping(ObjectProvider<EntityNames> names) {
		return new NamedEntities(new RealtimeTableScanner(names.orderedStream().toList()));
	}

	@Bean
	@ConditionalOnMissingBean(RealtimeOperations.class)
	LiveOperations kalamRealtimeOperations(SubscriptionEngine engine, RealtimePipeline pipeline, EntityMapping mapping,
			ObjectProvider<EventLog> logs) {
		LiveOperations operations = new LiveOperations(engine, pipeline::heartbeat, mapping,
				EventLogs.of(logs.orderedStream().toList()));
		pipeline.listen(operations::follow);
		return operations;
	}

	@Bean
	@ConditionalOnMissingBean(ClientEvents.class)
	EventPublisher kalamClientEvents(SubscriptionEngine engine, EntityMapping mapping, ObjectProvider<EventLog> logs,
			ObjectProvider<RealtimePublishPolicy<?>> policies, BlockingThreads threads, KalamProperties properties) {
		return new EventPublisher(engine, mapping, EventLogs.of(logs.orderedStream().toList()),
				policies.orderedStream().toList(), threads.policies(), properties.websocket().holdGrace());
	}

	@Bean
	@ConditionalOnMissingBean
	RealtimeSecurity kalamRealtimeSecurity(SubscriptionEngine engine, ClientEvents events) {
		return new SessionSecurity(engine, events);
	}

	@Bean
	KalamPipelineLifecycle kalamPipelineLifecycle(RealtimePipeline pipeline, KalamProperties properties) {
		return new KalamPipelineLifecycle(pipeline, properties.failFast());
	}

}
