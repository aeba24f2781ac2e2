package dev.runbook.report.junit;

import java.io.StringWriter;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes suites in the XML format of Ant's JUnit task (windyroad's JUnit.xsd, the strictest description of it): Jenkins,
 * GitLab and GitHub's viewers read what is valid there.
 */
public final class JunitXml {
    private static final DateTimeFormatter WITHOUT_ZONE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

    private final XMLStreamWriter xml;

    private JunitXml(XMLStreamWriter xml) {
        this.xml = xml;
    }

    /**
     * The document, in UTF-8.
     *
     * @param hostname of the machine that ran the command
     */
    public static String write(List<JunitSuite> suites, String hostname) {
        var text = new StringWriter();
        try {
            var xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            new JunitXml(xml).document(suites, hostname);
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("XML cannot be written into memory", e);
        }
        return text.toString();
    }

    private void document(List<JunitSuite> suites, String hostname) throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        line();
        xml.writeStartElement("testsuites");
        int id = 0;
        for (var suite : suites) {
            line();
            suite(suite, hostname, id++);
        }
        line();
        xml.writeEndElement();
        line();
        xml.writeEndDocument();
    }

    private void suite(JunitSuite suite, String hostname, int id) throws XMLStreamException {
        xml.writeStartElement("testsuite");
        attribute("id", Integer.toString(id));
        attribute("package", "runbook");
        attribute("name", suite.name());
        attribute("timestamp", WITHOUT_ZONE.format(suite.began()));
        attribute("hostname", hostname);
        attribute("tests", Integer.toString(suite.cases().size()));
        attribute("failures", Long.toString(suite.failures()));
        attribute("errors", "0");
        attribute("skipped", Long.toString(suite.skipped()));
        attribute("time", seconds(suite.took()));
        line();
        xml.writeEmptyElement("properties");
        for (var each : suite.cases()) {
            line();
            one(each);
        }
        line();
        element("system-out", suite.output());
        line();
        xml.writeEmptyElement("system-err");
        line();
        xml.writeEndElement();
    }

    private void one(JunitSuite.Case each) throws XMLStreamException {
        xml.writeStartElement("testcase");
        attribute("classname", each.group());
        attribute("name", each.name());
        attribute("time", seconds(each.took()));
        switch (each.result()) {
            case JunitSuite.Result.Passed() -> {}
            case JunitSuite.Result.Failed(var message, var type, var text) -> {
                xml.writeStartElement("failure");
                attribute("message", message);
                attribute("type", type);
                xml.writeCharacters(legal(text));
                xml.writeEndElement();
            }
            case JunitSuite.Result.Skipped(var why) -> {
                xml.writeStartElement("skipped");
                attribute("message", why);
                xml.writeEndElement();
            }
        }
        xml.writeEndElement();
    }

    private void element(String name, String text) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(legal(text));
        xml.writeEndElement();
    }

    /** Names and messages are one line and never empty. */
    private void attribute(String name, String value) throws XMLStreamException {
        var line = legal(value).replaceAll("\\s+", " ").strip();
        xml.writeAttribute(name, line.isEmpty() ? "-" : line);
    }

    private void line() throws XMLStreamException {
        xml.writeCharacters("\n");
    }

    private static String seconds(Duration took) {
        return String.format(Locale.ROOT, "%.3f", took.toNanos() / 1e9);
    }

    /** Replaces what XML 1.0 cannot write: other control characters, and unpaired surrogates. */
    private static String legal(String text) {
        return text.codePoints()
                .map(each -> each == '\t'
                                || each == '\n'
                                || (each >= ' ' && each < 0xD800)
                                || (each >= 0xE000 && each < 0xFFFE)
                                || each > 0xFFFF
                        ? each
                        : each == '\r' ? '\n' : 0xFFFD)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }
}
