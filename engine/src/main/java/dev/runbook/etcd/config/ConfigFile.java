package dev.runbook.etcd.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The YAML file of {@code --config-file}. With one, etcd ignores flags and environment
 * (etcd: server/etcdmain/config.go).
 */
public final class ConfigFile {
    /** Flags whose keys are in a nested mapping in this file. */
    private static final List<String> SECURITY =
            List.of("cert-file", "key-file", "client-cert-auth", "trusted-ca-file", "auto-tls", "crl-file");

    private final YamlSource yaml;

    private ConfigFile(YamlSource yaml) {
        this.yaml = yaml;
    }

    /**
     * Reads a file.
     *
     * @throws ConfigProblem when it is not a single YAML document with keys
     */
    public static ConfigFile parse(String text) throws ConfigProblem {
        YamlSource yaml = YamlSource.parse(text);
        if (!(yaml.root() instanceof YamlNode.Mapping)) {
            throw new ConfigProblem("it has no keys at the top level");
        }
        return new ConfigFile(yaml);
    }

    public String text() {
        return yaml.text();
    }

    /**
     * Values by the name of the corresponding flag: {@code cert-file} of {@code peer-transport-security} is
     * {@code peer-cert-file}. Lists and other mappings are left out.
     */
    public Map<String, String> flags() throws ConfigProblem {
        Map<String, String> flags = new LinkedHashMap<>();
        for (YamlNode.Entry entry : ((YamlNode.Mapping) yaml.root()).entries()) {
            String key = YamlPath.text(entry.key()).orElse("");
            Optional<String> value = YamlPath.find(yaml.root(), key).flatMap(YamlPath::text);
            value.ifPresent(text -> flags.put(key, text));
        }
        for (String side : List.of("", "peer-")) {
            for (String key : SECURITY) {
                YamlPath.find(yaml.root(), section(side), key)
                        .flatMap(YamlPath::text)
                        .ifPresent(text -> flags.put(side + key, text));
            }
        }
        return Collections.unmodifiableMap(flags);
    }

    /**
     * Sets the key that corresponds to a flag: in place, else at the end of the file.
     *
     * @param flag without dashes
     */
    public ConfigFile with(String flag, String value) throws ConfigProblem {
        String side = flag.startsWith("peer-") ? "peer-" : "";
        String key = EtcdArguments.checkName(flag).substring(side.length());
        YamlSplice splice = new YamlSplice(yaml);
        Optional<YamlNode> current = YamlPath.findUnresolved(yaml.root(), flag);
        if (current.isEmpty() && SECURITY.contains(key)) {
            YamlNode section = YamlPath.find(yaml.root(), section(side))
                    .orElseThrow(() -> new ConfigProblem("it has no " + section(side)));
            current = YamlPath.findUnresolved(section, key);
            if (current.isEmpty() && section instanceof YamlNode.Mapping mapping) {
                return parse(splice.append(mapping, key, value));
            }
        }
        return parse(
                current.isPresent()
                        ? splice.replace(current.get(), value)
                        : splice.append((YamlNode.Mapping) yaml.root(), flag, value));
    }

    private static String section(String side) {
        return side.isEmpty() ? "client-transport-security" : "peer-transport-security";
    }
}
