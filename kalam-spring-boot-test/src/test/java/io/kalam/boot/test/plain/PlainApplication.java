package io.kalam.boot.test.plain;

import io.kalam.RealtimeTable;
import io.kalam.RealtimeTableType;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;

/**
 * An application with one entity, a token decoder, and nothing that says where its
 * database is.
 */
@SpringBootApplication
public class PlainApplication {

	@Bean
	ReactiveJwtDecoder tokens() {
		return (token) -> Mono.error(new BadJwtException("Nobody comes"));
	}

	/**
	 * A notice for all.
	 */
	@RealtimeTable(type = RealtimeTableType.SHARED)
	@Table("notices")
	public record Notice(@Id Long id, String body) {

	}

}
