package io.kalam.benchmark;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;

import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A plot shows the figures, to scale.
 */
class PlotTests {

	private static final Figure OURS = Figure.of("rows/s", "Kalam", 30, 10, 20, 40);

	private static final Figure BARE = Figure.of("rows/s", "SELECT <id> & more", 50, 50, 50);

	private static final Figure OTHER = Figure.of("ms", "Kalam", 0.5);

	@Test
	void aFigureHasTheMedianOfItsRoundsBetweenTheLowestAndTheHighest() {
		assertThat(OURS).isEqualTo(new Figure("rows/s", "Kalam", 10, 25, 40));
	}

	@Test
	void barsOfOneThingAreToOneScaleAndWhiskersGoFromTheLowestToTheHighest() throws Exception {
		Document plot = plot(List.of(OURS, BARE, OTHER));
		List<Double> bars = numbers(plot.getElementsByTagName("rect"), "width", 1);
		assertThat(bars).hasSize(3);
		assertThat(bars.get(1)).as("the greatest takes the room that there is").isEqualTo(440);
		assertThat(bars.get(0)).isEqualTo(bars.get(1) / 2);
		assertThat(bars.get(2)).as("another thing has its own scale").isEqualTo(bars.get(1));
		double begin = Double.parseDouble(((Element) plot.getElementsByTagName("rect").item(1)).getAttribute("x"));
		List<Double> from = numbers(plot.getElementsByTagName("line"), "x1", 0);
		List<Double> to = numbers(plot.getElementsByTagName("line"), "x2", 0);
		assertThat(from.get(0) - begin).isEqualTo(bars.get(1) / 5);
		assertThat(to.get(0) - begin).isEqualTo(bars.get(1) * 4 / 5);
	}

	@Test
	void labelsAreWhatTheyAre() throws Exception {
		assertThat(plot(List.of(OURS, BARE, OTHER)).getDocumentElement().getTextContent()).contains("rows/s", "Kalam",
				"SELECT <id> & more", "25.0", "50.0", "0.50");
	}

	@Test
	void nothingButZerosIsDrawnToo() throws Exception {
		Document plot = plot(List.of(Figure.of("errors", "Kalam", 0, 0)));
		assertThat(numbers(plot.getElementsByTagName("rect"), "width", 1)).containsExactly(0.0);
	}

	private static Document plot(List<Figure> figures) throws Exception {
		return DocumentBuilderFactory.newInstance()
			.newDocumentBuilder()
			.parse(new InputSource(new StringReader(Plot.of(figures))));
	}

	private static List<Double> numbers(NodeList elements, String attribute, int first) {
		List<Double> numbers = new ArrayList<>();
		for (int i = first; i < elements.getLength(); i++) {
			numbers.add(Double.parseDouble(((Element) elements.item(i)).getAttribute(attribute)));
		}
		return numbers;
	}

}
