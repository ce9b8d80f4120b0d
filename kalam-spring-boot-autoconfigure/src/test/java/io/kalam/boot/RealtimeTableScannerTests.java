package io.kalam.boot;

import java.util.List;
import java.util.Set;

import io.kalam.RealtimeTable;
import io.kalam.RealtimeTableType;
import io.kalam.catalog.ColumnChoice;
import io.kalam.catalog.RequiredTable;
import io.kalam.catalog.TableReference;
import io.kalam.partition.RealtimeTableDefinition;
import org.junit.jupiter.api.Test;

import org.springframework.data.annotation.Id;
import org.springframework.data.r2dbc.mapping.R2dbcMappingContext;
import org.springframework.data.relational.core.mapping.Column;
import org.springframework.data.relational.core.mapping.NamingStrategy;
import org.springframework.data.relational.core.mapping.RelationalPersistentProperty;
import org.springframework.data.relational.core.mapping.Table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RealtimeTableScannerTests {

	@Test
	void takesTheNamesOfSpringDatasStrategy() {
		assertThat(define(SupportTicket.class).table()).isEqualTo(new RequiredTable(
				new TableReference(null, "support_ticket"), "assignee_id", SupportTicket.class.getName()));
	}

	@Test
	void takesTheTenantsColumnLikeTheOwners() {
		assertThat(define(TenantTicket.class).tenant()).isEqualTo("tenant_key");
		assertThat(define(SupportTicket.class).tenant()).isNull();
	}

	@Test
	void takesTheNamesOfAStrategyOfTheApplication() {
		NamingStrategy strategy = new NamingStrategy() {

			@Override
			public String getSchema() {
				return "app";
			}

			@Override
			public String getTableName(Class<?> type) {
				return "T_" + type.getSimpleName();
			}

			@Override
			public String getColumnName(RelationalPersistentProperty property) {
				return "C_" + property.getName();
			}

		};
		RequiredTable table = define(new R2dbcMappingContext(strategy), SupportTicket.class).table();
		assertThat(table.reference()).isEqualTo(new TableReference("app", "T_SupportTicket"));
		assertThat(table.owner()).isEqualTo("C_assigneeId");
	}

	@Test
	void takesTheNamesOfSpringDatasAnnotations() {
		RequiredTable table = define(Renamed.class).table();
		assertThat(table.reference()).isEqualTo(new TableReference("app", "tickets"));
		assertThat(table.owner()).isEqualTo("assigned_to");
	}

	@Test
	void takesTheNamesOfAPlainClassAsTheyAre() {
		RealtimeTableDefinition definition = define(Plain.class);
		assertThat(definition.table().reference()).isEqualTo(new TableReference("app", "tickets"));
		assertThat(definition.table().owner()).isEqualTo("assignee_id");
		assertThat(new RealtimeTableScanner(List.of()).define(Set.of(Plain.class))).containsExactly(definition);
	}

	@Test
	void takesTypeAndAuthorities() {
		RealtimeTableDefinition definition = define(Shared.class);
		assertThat(definition.type()).isEqualTo(RealtimeTableType.SHARED);
		assertThat(definition.authorities()).containsExactlyInAnyOrder("SCOPE_desk", "ROLE_ADMIN");
		assertThat(definition.table().owner()).isNull();
	}

	@Test
	void takesTheColumnsOfProperties() {
		assertThat(define(SupportTicket.class).table().choice()).isEqualTo(ColumnChoice.ALL);
		assertThat(define(Excluding.class).table().choice())
			.isEqualTo(new ColumnChoice.Except(Set.of("password_hash", "notes", "pin_code")));
		assertThat(define(Choosing.class).table().choice())
			.isEqualTo(new ColumnChoice.Only(Set.of("id", "assignee_id", "headline")));
	}

	@Test
	void refusesWhatCannotBeMeant() {
		assertRefused(Ownerless.class, "does not say who owns a row", "@RealtimeTable(owner = \"…\")");
		assertRefused(SharedWithOwner.class, "is SHARED and names an owner", "Leave out");
		assertRefused(OwnedWithAuthorities.class, "is of type USER and names authorities", "Leave them out");
		assertRefused(Unmapped.class, "is no entity", "@RealtimeTable(table = \"…\")");
		assertRefused(Misnamed.class, "names the table 'a.b.c'", "schema.name");
		assertRefused(Unnamed.class, "names the table 'app.'", "schema.name");
		assertRefused(Undecided.class, "names columns and excludes others", "Keep @RealtimeTable(columns = …)");
		assertRefused(Nameless.class, "names a column without a name", "Leave the empty name out");
	}

	static void assertRefused(Class<?> type, String problem, String action) {
		assertThatExceptionOfType(InvalidRealtimeTableException.class).isThrownBy(() -> define(type))
			.withMessageContaining(type.getName())
			.withMessageContaining(problem)
			.satisfies((ex) -> assertThat(ex.action()).contains(action));
	}

	static RealtimeTableDefinition define(Class<?> type) {
		return define(new R2dbcMappingContext(), type);
	}

	private static RealtimeTableDefinition define(R2dbcMappingContext context, Class<?> type) {
		return new RealtimeTableScanner(List.of(new R2dbcEntityNames(context))).define(Set.of(type)).get(0);
	}

	@RealtimeTable(owner = "assigneeId")
	record SupportTicket(@Id Long id, String assigneeId) {

	}

	@RealtimeTable(owner = "assigneeId", exclude = { "passwordHash", "internalNotes", "pin_code" })
	record Excluding(@Id Long id, String assigneeId, String passwordHash, @Column("notes") String internalNotes) {

	}

	@RealtimeTable(owner = "assigneeId", columns = { "id", "assigneeId", "title" })
	record Choosing(@Id Long id, String assigneeId, @Column("headline") String title, String secret) {

	}

	@RealtimeTable(owner = "author", table = "tickets", columns = { "id", "author" }, exclude = "secret")
	static final class Undecided {

	}

	@RealtimeTable(owner = "author", table = "tickets", exclude = " ")
	static final class Nameless {

	}

	@RealtimeTable(owner = "assigneeId")
	@Table(schema = "app", name = "tickets")
	record Renamed(Long id, @Column("assigned_to") String assigneeId) {

	}

	@RealtimeTable(table = "app.tickets", owner = "assignee_id")
	static final class Plain {

	}

	@RealtimeTable(type = RealtimeTableType.SHARED, table = "messages", authorities = { "SCOPE_desk", "ROLE_ADMIN" })
	static final class Shared {

	}

	@RealtimeTable(table = "tickets")
	static final class Ownerless {

	}

	@RealtimeTable(type = RealtimeTableType.SHARED, table = "messages", owner = "author")
	static final class SharedWithOwner {

	}

	@RealtimeTable(table = "tickets", owner = "author", authorities = "ROLE_ADMIN")
	static final class OwnedWithAuthorities {

	}

	@RealtimeTable(owner = "author")
	static final class Unmapped {

	}

	@RealtimeTable(table = "a.b.c", owner = "author")
	static final class Misnamed {

	}

	@RealtimeTable(table = "app.", owner = "author")
	static final class Unnamed {

	}

	@RealtimeTable(tenant = "tenantKey", owner = "assigneeId")
	record TenantTicket(@Id Long id, String tenantKey, String assigneeId) {

	}

}
