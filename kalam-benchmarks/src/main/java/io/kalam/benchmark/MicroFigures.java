package io.kalam.benchmark;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The figures in JMH's results: each has the values of the iterations.
 */
final class MicroFigures {

	private final JsonNode results;

	private final Set<String> varying = new HashSet<>();

	private MicroFigures(JsonNode results) {
		this.results = results;
		Map<String, Set<String>> values = new HashMap<>();
		for (JsonNode result : results) {
			result.path("params")
				.properties()
				.forEach((parameter) -> values.computeIfAbsent(parameter.getKey(), (name) -> new HashSet<>())
					.add(parameter.getValue().asString()));
		}
		values.forEach((name, all) -> {
			if (all.size() > 1) {
				this.varying.add(name);
			}
		});
	}

	/**
	 * Reads results.
	 * @param json what JMH has written
	 * @return a figure of each method, with each parameter
	 */
	static List<Figure> read(String json) {
		MicroFigures figures = new MicroFigures(JsonMapper.shared().readTree(json));
		List<Figure> all = new ArrayList<>();
		for (JsonNode result : figures.results) {
			all.add(figures.figure(result));
		}
		return all;
	}

	private Figure figure(JsonNode result) {
		String name = result.path("benchmark").asString();
		String method = name.substring(name.lastIndexOf('.') + 1);
		JsonNode metric = result.path("primaryMetric");
		String unit = metric.path("scoreUnit").asString();
		double[] values = values(metric);
		if (this.varying.isEmpty()) {
			return Figure.of(unit, method, values);
		}
		String parameters = result.path("params")
			.properties()
			.stream()
			.filter((parameter) -> this.varying.contains(parameter.getKey()))
			.map((parameter) -> parameter.getValue().asString())
			.collect(Collectors.joining(", "));
		return Figure.of(method + ", " + unit, parameters, values);
	}

	private static double[] values(JsonNode metric) {
		List<Double> values = new ArrayList<>();
		for (JsonNode fork : metric.path("rawData")) {
			fork.forEach((iteration) -> values.add(iteration.asDouble()));
		}
		return values.stream().mapToDouble(Double::doubleValue).toArray();
	}

}
