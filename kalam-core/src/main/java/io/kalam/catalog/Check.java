package io.kalam.catalog;

import java.sql.SQLException;

/**
 * Looks at one side of the database, changes nothing, and tells the context what it found
 * wrong.
 */
sealed interface Check permits SessionCheck, ServerCheck, ReplicationCheck, SlotCheck, SchemaCheck, EnumCheck,
		TableCheck, DuplicateCheck, PublicationCheck, PublishedTablesCheck {

	void run(CheckContext context) throws SQLException;

}
