package io.kalam.benchmark.application;

import reactor.core.publisher.Flux;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * Shows the items of an owner.
 */
@RestController
class ItemController {

	private final ItemRepository items;

	ItemController(ItemRepository items) {
		this.items = items;
	}

	@GetMapping("/items/{owner}")
	Flux<Item> items(@PathVariable String owner) {
		return this.items.findByOwner(owner);
	}

}
