package dev.runbook.etcd.objects;

import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;
import tools.jackson.dataformat.yaml.util.StringQuotingChecker;

/** YAML that kubectl reads back as it was: its reader is of YAML 1.1, for which a lot of strings are something else. */
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

    /** Ending in a line break. */
    static String of(JsonNode tree) {
        return YAML.writeValueAsString(tree);
    }

    /** Quotes all but words that are a string to every reader. */
    private static final class Quoting extends StringQuotingChecker {
        private static final long serialVersionUID = 1;
        private static final Pattern PLAIN = Pattern.compile("[A-Za-z/][A-Za-z0-9_./@+-]*"
                + "(?::[A-Za-z0-9_./@+-]+)*(?: [A-Za-z0-9_./@+-]+)*|[0-9]+(?:m|[KMGTPE]i)|\\([a-z]+\\)");

        @Override
        public boolean needToQuoteName(String name) {
            return plainless(name);
        }

        @Override
        public boolean needToQuoteValue(String value) {
            return plainless(value);
        }

        private boolean plainless(String text) {
            return !PLAIN.matcher(text).matches() || isReservedKeyword(text);
        }
    }
}
