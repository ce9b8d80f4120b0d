package io.kalam.capture.debezium;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.kalam.capture.ChangeSource.LargeTransaction;
import io.kalam.capture.ChangeSource.Listener;
import io.kalam.catalog.Lsn;
import io.kalam.catalog.TableName;
import io.kalam.change.Change;
import io.kalam.change.CommittedTransaction;
import io.kalam.change.ResetReason;
import io.kalam.change.Row;
import io.kalam.codec.CodecException;
import io.kalam.codec.RowType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts transactions together and delivers them whole, one that does not fit into memory
 * in parts. Used by one thread.
 */
final class TransactionAssembler implements Consumer<Captured> {

	private static final Logger logger = LoggerFactory.getLogger(TransactionAssembler.class);

	private final Listener listener;

	private final Supplier<Map<TableName, RowType>> source;

	private final long maxBytes;

	private final Map<TableName, TableShape> shapes = new HashMap<>();

	private final Map<TableName, ResetReason> resets = new LinkedHashMap<>();

	private Map<TableName, RowType> types = Map.of();

	private Lsn delivered;

	private Captured.@Nullable Begin open;

	private List<Change> changes = new ArrayList<>();

	private long bytes;

	private @Nullable LargeTransaction large;

	TransactionAssembler(Lsn after, Listener listener, Supplier<Map<TableName, RowType>> source, long maxBytes) {
		this.delivered = after;
		this.listener = listener;
		this.source = source;
		this.maxBytes = maxBytes;
	}

	@Override
	public void accept(Captured captured) {
		if (captured instanceof Captured.Inserted inserted) {
			convert(inserted.relation(), (shape) -> insert(shape.row(inserted.after())));
		}
		else if (captured instanceof Captured.Updated updated) {
			convert(updated.relation(),
					(shape) -> update(shape, shape.row(updated.before()), shape.row(updated.after())));
		}
		else if (captured instanceof Captured.Deleted deleted) {
			convert(deleted.relation(), (shape) -> delete(shape.row(deleted.before())));
		}
		else if (captured instanceof Captured.Truncated truncated) {
			truncate(truncated.relation().table());
		}
		else if (captured instanceof Captured.Event event) {
			event(event);
		}
		else {
			mark(captured);
		}
		if (this.bytes > this.maxBytes) {
			spill();
		}
	}

	private void mark(Captured captured) {
		if (captured instanceof Captured.Begin begin) {
			begin(begin);
		}
		else if (captured instanceof Captured.Commit commit) {
			commit(commit.position());
		}
		else if (captured instanceof Captured.Message message) {
			message(message.position());
		}
		else if (captured instanceof Captured.Streaming) {
			this.listener.onStreaming();
		}
	}

	private void begin(Captured.Begin begin) {
		this.open = begin;
		abandon();
		this.resets.clear();
		Map<TableName, RowType> current = this.source.get();
		if (current != this.types) {
			this.types = current;
			this.shapes.clear();
		}
	}

	private void convert(Relation relation, Consumer<TableShape> change) {
		TableName table = relation.table();
		RowType type = this.types.get(table);
		if (type == null) {
			return;
		}
		TableShape shape = shape(relation, type);
		if (shape.mismatch() != null) {
			reset(table, ResetReason.SCHEMA);
		}
		else if (!this.resets.containsKey(table)) {
			convert(table, shape, change);
		}
	}

	private void convert(TableName table, TableShape shape, Consumer<TableShape> change) {
		try {
			change.accept(shape);
		}
		catch (IncompleteRowException ex) {
			logger.warn("A change of {} is not complete: {}", table, ex.getMessage());
			reset(table, ResetReason.SCHEMA);
		}
		catch (CodecException ex) {
			logger.warn("A change of {} could not be converted: {}", table, ex.getMessage());
			this.listener.onUnreadableValue(table, String.valueOf(ex.getMessage()));
			reset(table, ResetReason.CONVERSION);
		}
	}

	private TableShape shape(Relation relation, RowType type) {
		TableShape shape = this.shapes.get(relation.table());
		if (shape == null || !shape.isOf(relation)) {
			shape = new TableShape(relation, type);
			this.shapes.put(relation.table(), shape);
			if (shape.mismatch() != null) {
				logger.info("{} is not what it was when it was last looked at: {}", relation.table(), shape.mismatch());
			}
		}
		return shape;
	}

	private void truncate(TableName table) {
		RowType type = this.types.get(table);
		if (type != null) {
			add(new Change.Truncate(type));
		}
	}

	private void event(Captured.Event event) {
		if (this.types.containsKey(event.stream())) {
			add(new Change.Message(event.stream(), event.content()));
		}
	}

	private void insert(Row after) {
		add(new Change.Insert(after));
	}

	/**
	 * Of an update it is not told, nor kept, that it changed hidden columns only.
	 */
	private void update(TableShape shape, Row before, Row after) {
		if (shape.isHiding() && before.sameValues(after)) {
			return;
		}
		if (before.sameKey(after)) {
			add(new Change.Update(before, after));
		}
		else {
			add(new Change.Delete(before));
			add(new Change.Insert(after));
		}
	}

	private void delete(Row before) {
		add(new Change.Delete(before));
	}

	private void add(Change change) {
		if (!this.resets.containsKey(change.table())) {
			this.bytes += change.size();
			this.changes.add(change);
		}
	}

	private void spill() {
		if (this.large == null) {
			this.large = this.listener.onLargeTransaction();
		}
		List<Change> part = this.changes;
		this.changes = new ArrayList<>();
		this.bytes = 0;
		this.large.add(part);
	}

	/**
	 * Nothing more comes: a transaction that is not complete is void.
	 */
	void end() {
		abandon();
	}

	private void abandon() {
		this.changes = new ArrayList<>();
		this.bytes = 0;
		if (this.large != null) {
			this.large.discard();
			this.large = null;
		}
	}

	private void reset(TableName table, ResetReason reason) {
		ResetReason known = this.resets.put(table, reason);
		if (known == null) {
			this.changes.removeIf((change) -> change.table().equals(table));
		}
		else if (known == ResetReason.SCHEMA) {
			this.resets.put(table, known);
		}
	}

	private void commit(Lsn position) {
		Captured.Begin begin = this.open;
		this.open = null;
		if (begin == null || !position.isAfter(this.delivered)) {
			abandon();
			return;
		}
		this.resets.forEach((table, reason) -> this.changes.add(new Change.Reset(table, reason)));
		this.delivered = position;
		if (this.large != null) {
			spill();
			LargeTransaction whole = this.large;
			this.large = null;
			whole.commit(position, begin.xid(), begin.commitTime());
		}
		else if (this.changes.isEmpty()) {
			this.listener.onProgress(position);
		}
		else {
			deliver(new CommittedTransaction(position, begin.xid(), begin.commitTime(), this.changes));
		}
	}

	private void deliver(CommittedTransaction transaction) {
		this.changes = new ArrayList<>();
		this.bytes = 0;
		this.listener.onTransaction(transaction);
	}

	private void message(Lsn position) {
		if (this.open == null && position.isAfter(this.delivered)) {
			this.delivered = position;
			this.listener.onProgress(position);
		}
	}

}
