package io.kalam.servlet;

import java.net.http.HttpResponse;

import io.kalam.servlet.notes.NotesApplication;
import org.junit.jupiter.api.Test;

import org.springframework.boot.builder.SpringApplicationBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The TypeScript types of the tables in a servlet application, where the property says
 * that everybody may read them.
 */
class ServletTypesIntegrationTests {

	@Test
	void everybodyMayReadThem() {
		SpringApplicationBuilder development = new SpringApplicationBuilder(NotesApplication.class)
			.properties("kalam.types.enabled=true");
		try (RunningApplication application = new RunningApplication(development)) {
			HttpResponse<String> answer = application.get("/kalam/types.d.ts");
			assertThat(answer.statusCode()).isEqualTo(200);
			assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain;charset=UTF-8");
			assertThat(answer.headers().firstValue("Cache-Control"))
				.hasValueSatisfying((value) -> assertThat(value).contains("no-store"));
			assertThat(answer.body()).contains("note: Note;", "export interface Note");
		}
	}

}
