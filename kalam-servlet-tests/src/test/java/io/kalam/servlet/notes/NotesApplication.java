package io.kalam.servlet.notes;

import java.security.Principal;
import java.time.Duration;
import java.time.Instant;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Spring MVC and JPA, and of Kalam only the starter and the annotation.
 */
@SpringBootApplication
public class NotesApplication {

	private static final String PREFIX = "token-of-";

	@Bean
	JwtDecoder tokens() {
		return (token) -> {
			if (!token.startsWith(PREFIX)) {
				throw new BadJwtException("Not a token of ours");
			}
			Instant now = Instant.now();
			return Jwt.withTokenValue(token)
				.header("alg", "none")
				.subject(token.substring(PREFIX.length()))
				.issuedAt(now)
				.expiresAt(now.plus(Duration.ofHours(1)))
				.build();
		};
	}

	@RestController
	static class Notes {

		private final NoteRepository notes;

		Notes(NoteRepository notes) {
			this.notes = notes;
		}

		@PostMapping("/notes")
		void add(@RequestBody String body, Principal author) {
			this.notes.save(new Note(author.getName(), body));
		}

	}

}
