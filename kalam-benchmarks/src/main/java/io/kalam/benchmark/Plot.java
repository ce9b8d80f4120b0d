package io.kalam.benchmark;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Figures as bars in an SVG, those of one thing below each other at one scale that begins
 * at 0. A bar ends at the median; a line across its end goes from the lowest round to the
 * highest. The same figures give the same bytes.
 */
final class Plot {

	private static final int WIDTH = 860;

	private static final int LABELS = 330;

	private static final int NUMBERS = 90;

	private static final int LINE = 22;

	private static final int TITLE = 34;

	private static final int BAR = 14;

	private final StringBuilder svg = new StringBuilder();

	private int y;

	private Plot() {
	}

	/**
	 * Draws figures.
	 * @param figures the figures, in the order in which they are drawn
	 * @return an SVG
	 */
	static String of(List<Figure> figures) {
		Map<String, List<Figure>> panels = figures.stream()
			.collect(Collectors.groupingBy(Figure::what, LinkedHashMap::new, Collectors.toList()));
		int height = panels.size() * TITLE + figures.size() * LINE + LINE;
		Plot plot = new Plot();
		plot.add("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
				+ " font-size=\"13\">", WIDTH, height);
		plot.add("<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>");
		panels.forEach(plot::panel);
		plot.add("</svg>");
		return plot.svg.toString();
	}

	private void panel(String what, List<Figure> figures) {
		this.y += TITLE;
		add("<text x=\"10\" y=\"%d\" font-weight=\"bold\">%s</text>", this.y - 6, escape(what));
		double highest = figures.stream().mapToDouble(Figure::highest).max().orElseThrow();
		double scale = (highest > 0) ? (WIDTH - LABELS - NUMBERS) / highest : 0;
		figures.forEach((figure) -> bar(figure, scale));
	}

	private void bar(Figure figure, double scale) {
		int middle = this.y + LINE / 2;
		int text = middle + 4;
		add("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>", LABELS - 8, text, escape(figure.whose()));
		add("<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>", LABELS, middle - BAR / 2,
				figure.median() * scale, BAR, figure.whose().startsWith("Kalam") ? "#2563eb" : "#94a3b8");
		add("<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\" stroke=\"black\"/>", LABELS + figure.lowest() * scale,
				LABELS + figure.highest() * scale, middle, middle);
		add("<text x=\"%.1f\" y=\"%d\">%s</text>", LABELS + figure.highest() * scale + 6, text,
				number(figure.median()));
		this.y += LINE;
	}

	private void add(String format, Object... values) {
		this.svg.append(String.format(Locale.ROOT, format, values)).append('\n');
	}

	/**
	 * A number with three or four digits that say something.
	 */
	static String number(double value) {
		return String.format(Locale.ROOT, (value >= 100) ? "%,.0f" : (value >= 10) ? "%.1f" : "%.2f", value);
	}

	private static String escape(String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
	}

}
