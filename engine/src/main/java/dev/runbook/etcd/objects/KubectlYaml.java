package dev.runbook.etcd.objects;

import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;
import tools.jackson.dataformat.yaml.util.StringQuotingChecker;

/** Writes YAML that kubectl reads back unchanged: it reads YAML 1.1, in which many plain words are not strings. */
final class KubectlYaml {
    private static final YAMLMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .stringQuotingChecker(new Quoting())
                    .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
                    .disable(YAMLWriteFeature.SPLIT_LINES)
                    .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
                    .enable(YAMLWriteFeature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                    .build())
            .build();

    private KubectlYaml() {}

    /** YAML that ends in a line break. */
    static String of(JsonNode tree) {
        return YAML.writeValueAsString(tree);
    }

    /** Quotes everything except words that are strings to every reader. */
    private static final class Quoting extends StringQuotingChecker {
        private static final long serialVersionUID = 1;
        private static final Pattern PLAIN = Pattern.compile("[A-Za-z/][A-Za-z0-9_./@+-]*"
                + "(?::[A-Za-z0-9_./@+-]+)*(?: [A-Za-z0-9_./@+-]+)*|[0-9]+(?:m|[KMGTPE]i)|\\([a-z]+\\)");

        @Override
        public boolean needToQuoteName(String name) {
            return needsQuotes(name);
        }

        @Override
        public boolean needToQuoteValue(String value) {
            return needsQuotes(value);
        }

        private boolean needsQuotes(String text) {
            return !PLAIN.matcher(text).matches() || isReservedKeyword(text);
        }
    }
}
