package dev.runbook.etcd.config;

import java.util.Map;

/**
 * {@code $(NAME)} in a container's command, which the kubelet replaces; {@code $$} stands for one dollar sign
 * (kubernetes: third_party/forked/golang/expansion/expand.go).
 */
final class ContainerVariables {
    private ContainerVariables() {}

    /** Replaces known variables; an unknown one stays as it is. */
    static String expand(String text, Map<String, String> environment) {
        StringBuilder expanded = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            char character = text.charAt(at);
            int close = text.indexOf(')', at);
            if (character == '$' && text.startsWith("$", at + 1)) {
                expanded.append('$');
                at += 2;
            } else if (character == '$' && text.startsWith("(", at + 1) && close > 0) {
                String name = text.substring(at + 2, close);
                expanded.append(environment.getOrDefault(name, text.substring(at, close + 1)));
                at = close + 1;
            } else {
                expanded.append(character);
                at++;
            }
        }
        return expanded.toString();
    }

    /** Escapes a value so that {@link #expand} returns it. */
    static String escape(String value) {
        return value.contains("$(") || value.contains("$$") ? value.replace("$", "$$") : value;
    }
}
