package io.kalam;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes the table of the annotated type live: clients may subscribe to its rows.
 * <p>
 * Goes on a Spring Data entity, on a JPA entity, or on any class that names its table
 * with {@link #table()}.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface RealtimeTable {

	/**
	 * Who owns the rows.
	 * @return the type of the table
	 */
	RealtimeTableType type() default RealtimeTableType.USER;

	/**
	 * The property, or else the column, that holds a row's owner. Needed for
	 * {@link RealtimeTableType#USER}, not allowed for {@link RealtimeTableType#SHARED}.
	 * @return the owner's property or column
	 */
	String owner() default "";

	/**
	 * The property, or else the column, that holds a row's tenant. Who may read the table
	 * otherwise sees the rows of their tenant only, which is in the token's claim
	 * {@code kalam.security.tenant-claim}; without it, none. Empty: no tenants.
	 * @return the tenant's property or column
	 */
	String tenant() default "";

	/**
	 * The authorities that let a user read a {@link RealtimeTableType#SHARED} table, or a
	 * {@link RealtimeTableType#STREAM} without owners; one of them is enough. Empty:
	 * every authenticated user may read it.
	 * @return the authorities, as Spring Security spells them ({@code SCOPE_desk},
	 * {@code ROLE_ADMIN})
	 */
	String[] authorities() default {};

	/**
	 * The properties, or else the columns, that clients may know: all others, and those
	 * that are added later, stay in the database. Key and owner have to be among them.
	 * Empty: all columns but those to {@link #exclude()}.
	 * @return the properties or columns
	 */
	String[] columns() default {};

	/**
	 * The properties, or else the columns, that are never to leave the database: neither
	 * for clients, nor in the journal. Not the key, nor the owner, and not together with
	 * {@link #columns()}.
	 * @return the properties or columns
	 */
	String[] exclude() default {};

	/**
	 * The table's name, {@code name} or {@code schema.name}, for a type that is no
	 * entity. Empty: the entity's table, under the application's naming strategy; of a
	 * {@link RealtimeTableType#STREAM} the type's name in snake_case.
	 * @return the table's name
	 */
	String table() default "";

	/**
	 * What tells an event of a {@link RealtimeTableType#STREAM} from the owner's others:
	 * an event takes the place of one with the same key. Empty: the property that is
	 * annotated with {@code @Id}; without one every event is another, and gets a column
	 * {@code event_id}.
	 * @return the properties
	 */
	String[] key() default {};

	/**
	 * The property with who has told an event of a {@link RealtimeTableType#STREAM}.
	 * Clients may tell events then: the sender is who is authenticated, and part of the
	 * key. Empty: only the application's own code tells events.
	 * @return the sender's property
	 */
	String sender() default "";

	/**
	 * How long an event of a {@link RealtimeTableType#STREAM} lives after its commit, as
	 * Spring Boot writes durations ({@code 500ms}, {@code 10s}, {@code 5m}). When it ends
	 * its readers are told that it is gone.
	 * @return the time to live; more than nothing, and an hour at the most
	 */
	String ttl() default "30s";

	/**
	 * How many events of a {@link RealtimeTableType#STREAM} may live at once: for each
	 * owner, or in all where there are none. The oldest make room.
	 * @return the number of events; at least 1
	 */
	int maxRows() default 1000;

}
