package io.kalam.boot;

import io.kalam.event.EventJournal;
import io.kalam.event.EventSnapshotReader;
import io.kalam.event.EventStore;
import io.kalam.journal.ChangeJournal;
import io.kalam.snapshot.SnapshotReader;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Keeps events out of the journal and out of the database, in an application with
 * streams: whoever's bean the journal is, and the reader of snapshots, it is told of
 * tables only.
 */
final class EventPostProcessor implements BeanPostProcessor {

	private final ObjectProvider<RealtimeEntities> entities;

	private final ObjectProvider<EventStore> events;

	EventPostProcessor(ObjectProvider<RealtimeEntities> entities, ObjectProvider<EventStore> events) {
		this.entities = entities;
		this.events = events;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof ChangeJournal journal && !(bean instanceof EventJournal) && hasStreams()) {
			return new EventJournal(journal, JournalFactory.openForEvents(), this.events.getObject());
		}
		if (bean instanceof SnapshotReader reader && !(bean instanceof EventSnapshotReader) && hasStreams()) {
			return new EventSnapshotReader(this.events.getObject(), reader);
		}
		return bean;
	}

	private boolean hasStreams() {
		return this.entities.getObject().hasStreams();
	}

}
