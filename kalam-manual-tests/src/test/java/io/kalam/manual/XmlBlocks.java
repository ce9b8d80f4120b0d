package io.kalam.manual;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Reads XML. A dependency is one that a module of ours is or has, and one of ours has the
 * version that is built.
 */
final class XmlBlocks implements BlockCheck {

	private final Set<String> artifacts = new HashSet<>();

	private final String revision;

	XmlBlocks() {
		try (Stream<Path> poms = Files.find(Page.root(), 2, (file, attributes) -> file.endsWith("pom.xml"))) {
			for (Path pom : poms.toList()) {
				texts(parse(Files.readString(pom)), "artifactId").forEach(this.artifacts::add);
			}
			this.revision = texts(parse(Files.readString(Page.root().resolve("pom.xml"))), "revision").get(0);
		}
		catch (IOException | SAXException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public Set<String> languages() {
		return Set.of("xml");
	}

	@Override
	public List<String> problems(List<Block> blocks) {
		List<String> problems = new ArrayList<>();
		for (Block block : blocks) {
			try {
				dependencies(block, parse("<block>" + block.text() + "</block>"), problems);
			}
			catch (SAXParseException ex) {
				problems.add(block.problem(ex.getLineNumber(), ex.getMessage()));
			}
			catch (IOException | SAXException ex) {
				throw new IllegalStateException(ex);
			}
		}
		return problems;
	}

	private void dependencies(Block block, Document document, List<String> problems) {
		NodeList dependencies = document.getElementsByTagName("dependency");
		for (int i = 0; i < dependencies.getLength(); i++) {
			Element dependency = (Element) dependencies.item(i);
			String artifact = text(dependency, "artifactId");
			String version = text(dependency, "version");
			int line = 1 + (int) block.lines().stream().takeWhile((text) -> !text.contains(artifact)).count();
			if (!this.artifacts.contains(artifact)) {
				problems.add(block.problem(line, "no module is or has " + artifact));
			}
			if (text(dependency, "groupId").equals("io.kalam") && !version.isEmpty()
					&& !version.equals(this.revision)) {
				problems.add(block.problem(line, artifact + " has the version " + this.revision + ", not " + version));
			}
		}
	}

	private static List<String> texts(Document document, String name) {
		List<String> texts = new ArrayList<>();
		NodeList elements = document.getElementsByTagName(name);
		for (int i = 0; i < elements.getLength(); i++) {
			texts.add(elements.item(i).getTextContent());
		}
		return texts;
	}

	private static String text(Element element, String name) {
		NodeList children = element.getElementsByTagName(name);
		return (children.getLength() == 0) ? "" : children.item(0).getTextContent();
	}

	private static Document parse(String text) throws IOException, SAXException {
		try {
			DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
			builder.setErrorHandler(new DefaultHandler());
			return builder.parse(new InputSource(new StringReader(text)));
		}
		catch (ParserConfigurationException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
