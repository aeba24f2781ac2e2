package dev.runbook.report.sarif;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;

/** The codes of problems in runbooks, inventories and values. */
public final class ProblemCodes implements RuleLookup {
    private static final String FILE = "codes.properties";

    private final Properties texts = new Properties();

    public ProblemCodes() {
        try (var in = Objects.requireNonNull(ProblemCodes.class.getResourceAsStream(FILE), FILE)) {
            texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("our own " + FILE + " cannot be read", e);
        }
    }

    @Override
    public Optional<Rule> find(String code) {
        return Optional.ofNullable(texts.getProperty(code)).map(text -> new Rule(firstSentence(text), text));
    }

    private static String firstSentence(String text) {
        return text.split("(?<=\\.) ", 2)[0];
    }
}
