package io.kalam.benchmark.application;

import reactor.core.publisher.Flux;

import org.springframework.data.repository.reactive.ReactiveCrudRepository;

/**
 * The items.
 */
interface ItemRepository extends ReactiveCrudRepository<Item, Long> {

	Flux<Item> findByOwner(String owner);

}
