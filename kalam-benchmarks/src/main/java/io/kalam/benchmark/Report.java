package io.kalam.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import tools.jackson.databind.json.JsonMapper;

/**
 * Prints results as a table in Markdown, and writes them as JSON and as a plot.
 */
final class Report {

	private static final JsonMapper JSON = JsonMapper.shared();

	private final List<String> lines = new ArrayList<>();

	private final List<Aim> aims = new ArrayList<>();

	private final List<Figure> figures = new ArrayList<>();

	/**
	 * Says where and how it was measured.
	 * @param machine the machine
	 * @param load its load average before the first round
	 * @param options the options
	 * @param remark what the figures are
	 */
	void head(Machine machine, double load, Options options, String remark) {
		text(machine.toString());
		text("");
		text(number("Load average: %.2f before the first round", load) + number(", %.2f at the end. ", Machine.load())
				+ "Options: " + options + ". " + remark);
	}

	void text(String line) {
		this.lines.add(line);
	}

	void table(List<String> columns) {
		this.lines.add("");
		row(columns);
		row(columns.stream().map((column) -> column.equals(columns.get(0)) ? "---" : "---:").toList());
	}

	void row(List<String> cells) {
		this.lines.add("| " + String.join(" | ", cells) + " |");
	}

	void aim(Aim aim) {
		this.aims.add(aim);
	}

	/**
	 * Has the spread of a figure in a table of its own, and the figure in the plot.
	 */
	void figure(Figure figure) {
		this.figures.add(figure);
	}

	private void spread() {
		table(List.of("spread over the rounds", "of", "lowest", "median", "highest"));
		this.figures.forEach((figure) -> row(List.of(figure.what(), figure.whose(), Plot.number(figure.lowest()),
				Plot.number(figure.median()), Plot.number(figure.highest()))));
	}

	static String number(String format, double value) {
		return String.format(Locale.ROOT, format, value);
	}

	/**
	 * Some of what there may be one of.
	 * @param number how many
	 * @param what what one of them is called
	 */
	static String count(int number, String what) {
		return String.format(Locale.ROOT, "%,d ", number) + what + ((number != 1) ? "s" : "");
	}

	/**
	 * Prints the report, and writes it, the results, the figures, their plot and the aims
	 * into the working directory.
	 * @param name the name of the files
	 * @param results the results
	 * @throws IOException if a file can't be written
	 */
	void publish(String name, Object results) throws IOException {
		publish(name);
		write(name + ".json", results);
	}

	/**
	 * Prints the report, and writes it, the figures, their plot and the aims into the
	 * working directory, where the results are already.
	 * @param name the name of the files
	 * @throws IOException if a file can't be written
	 */
	void publish(String name) throws IOException {
		if (!this.figures.isEmpty()) {
			spread();
			Files.writeString(Path.of(name + ".svg"), Plot.of(this.figures));
			write(name + ".figures.json", this.figures);
		}
		String text = String.join("\n", this.lines) + "\n";
		System.out.println("\n" + text);
		Files.writeString(Path.of(name + ".md"), text);
		if (!this.aims.isEmpty()) {
			write(name + ".aims.json", this.aims);
		}
	}

	private static void write(String file, Object what) throws IOException {
		Files.writeString(Path.of(file), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(what));
	}

}
