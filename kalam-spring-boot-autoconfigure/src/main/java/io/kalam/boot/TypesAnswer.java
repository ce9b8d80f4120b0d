package io.kalam.boot;

import io.kalam.typescript.TypeScriptDeclarations;

/**
 * What is answered to who asks for the types of the tables.
 *
 * @param status the HTTP status
 * @param body the types, or what is in the way
 */
record TypesAnswer(int status, String body) {

	static final String CONTENT_TYPE = "text/plain;charset=UTF-8";

	static TypesAnswer of(TypeScriptDeclarations declarations) {
		return declarations.isKnown() ? new TypesAnswer(200, declarations.write()) : new TypesAnswer(503,
				"The database has not been looked at yet. The health of the application says what is in the way.\n");
	}

}
