package io.kalam.manual;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.kalam.protocol.ClientMessageReader;
import io.kalam.protocol.ProtocolException;
import io.kalam.testing.GoldenFrames;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads JSON, several values after each other; <code>{…}</code> stands for any object.
 * One with a {@code type} is a frame: the server's own reader takes those of clients, and
 * those of the server have a type and fields that golden frames have.
 */
final class JsonBlocks implements BlockCheck {

	private static final Set<String> CLIENT = Set.of("authenticate", "subscribe", "next_batch", "unsubscribe",
			"publish", "release", "ping");

	private static final JsonMapper JSON = JsonMapper.shared();

	private final ClientMessageReader reader = new ClientMessageReader(65536);

	private final Map<String, Set<String>> server = new HashMap<>();

	JsonBlocks() {
		for (String name : GoldenFrames.names("server-")) {
			JsonNode frame = JSON.readTree(GoldenFrames.read(name));
			this.server.computeIfAbsent(frame.path("type").asString(), (type) -> new TreeSet<>())
				.addAll(frame.propertyNames());
		}
	}

	@Override
	public Set<String> languages() {
		return Set.of("json");
	}

	@Override
	public List<String> problems(List<Block> blocks) {
		List<String> problems = new ArrayList<>();
		blocks.forEach((block) -> read(block, problems));
		return problems;
	}

	private void read(Block block, List<String> problems) {
		String text = block.text().replace("{…}", "{}");
		int line = 1;
		try (MappingIterator<JsonNode> values = JSON.readerFor(JsonNode.class).readValues(text)) {
			while (values.hasNextValue()) {
				JsonNode value = values.nextValue();
				String problem = value.path("type").isString() ? frame(value) : null;
				line = values.currentLocation().getLineNr();
				if (problem != null) {
					problems.add(block.problem(line, problem));
				}
			}
		}
		catch (JacksonException ex) {
			int at = (ex.getLocation() != null) ? ex.getLocation().getLineNr() : line;
			problems.add(block.problem(at, ex.getOriginalMessage()));
		}
	}

	private String frame(JsonNode frame) {
		String type = frame.path("type").asString();
		if (CLIENT.contains(type)) {
			return client(frame);
		}
		Set<String> fields = this.server.get(type);
		if (fields == null) {
			return "there is no frame of type " + type;
		}
		Set<String> unknown = new TreeSet<>(frame.propertyNames());
		unknown.removeAll(fields);
		return unknown.isEmpty() ? null : "no golden frame of type " + type + " has " + unknown;
	}

	private String client(JsonNode frame) {
		try {
			this.reader.read(frame.toString().getBytes(StandardCharsets.UTF_8));
			return null;
		}
		catch (ProtocolException ex) {
			return ex.getMessage();
		}
	}

}
