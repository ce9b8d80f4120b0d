package io.kalam.desk.message;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.data.r2dbc.repository.Query;
import org.springframework.data.repository.Repository;

/**
 * The messages. What a user may change is part of each statement.
 */
interface MessageRepository extends Repository<Message, Long> {

	@Query("""
			SELECT * FROM (SELECT * FROM messages WHERE room = :room ORDER BY id DESC LIMIT 200) newest
			ORDER BY id""")
	Flux<Message> findNewest(String room);

	@Query("INSERT INTO messages (room, author, body) VALUES (:room, :author, :body) RETURNING *")
	Mono<Message> create(String room, String author, String body);

	@Query("UPDATE messages SET body = :body WHERE id = :id AND author = :author RETURNING *")
	Mono<Message> change(long id, String author, String body);

	Mono<Integer> deleteByIdAndAuthor(long id, String author);

}
