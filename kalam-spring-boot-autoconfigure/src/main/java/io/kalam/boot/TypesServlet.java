package io.kalam.boot;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import io.kalam.typescript.TypeScriptDeclarations;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Answers with the types of the tables.
 */
final class TypesServlet extends HttpServlet {

	private final transient TypeScriptDeclarations declarations;

	TypesServlet(TypeScriptDeclarations declarations) {
		this.declarations = declarations;
	}

	@Override
	protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
		TypesAnswer answer = TypesAnswer.of(this.declarations);
		response.setStatus(answer.status());
		response.setContentType(TypesAnswer.CONTENT_TYPE);
		response.setHeader("Cache-Control", "no-store");
		response.getOutputStream().write(answer.body().getBytes(StandardCharsets.UTF_8));
	}

}
