package dev.runbook.etcd.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The YAML file of {@code --config-file}. etcd that is given one takes nothing from flags and environment
 * (etcd: server/etcdmain/config.go).
 */
public final class ConfigFile {
    /** Keys that stand in a mapping of their own here, by the flag of the same meaning. */
    private static final List<String> SECURITY =
            List.of("cert-file", "key-file", "client-cert-auth", "trusted-ca-file", "auto-tls", "crl-file");

    private final YamlSource yaml;

    private ConfigFile(YamlSource yaml) {
        this.yaml = yaml;
    }

    /**
     * Reads a file.
     *
     * @throws ConfigProblem when it is not one YAML document with keys
     */
    public static ConfigFile parse(String text) throws ConfigProblem {
        YamlSource yaml = YamlSource.parse(text);
        if (!(yaml.root() instanceof YamlNode.Mapping)) {
            throw new ConfigProblem("it has no keys at its top");
        }
        return new ConfigFile(yaml);
    }

    public String text() {
        return yaml.text();
    }

    /**
     * Values by the name of the flag of the same meaning: {@code cert-file} of {@code peer-transport-security} is
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
     * Sets the key that means the same as a flag: where it is now, else at the end of the file.
     *
     * @param flag without dashes
     */
    public ConfigFile with(String flag, String value) throws ConfigProblem {
        String side = flag.startsWith("peer-") ? "peer-" : "";
        String key = EtcdArguments.checkName(flag).substring(side.length());
        YamlSplice splice = new YamlSplice(yaml);
        Optional<YamlNode> now = YamlPath.findUnresolved(yaml.root(), flag);
        if (now.isEmpty() && SECURITY.contains(key)) {
            YamlNode section = YamlPath.find(yaml.root(), section(side))
                    .orElseThrow(() -> new ConfigProblem("it has no " + section(side)));
            now = YamlPath.findUnresolved(section, key);
            if (now.isEmpty() && section instanceof YamlNode.Mapping mapping) {
                return parse(splice.append(mapping, key, value));
            }
        }
        return parse(
                now.isPresent()
                        ? splice.replace(now.get(), value)
                        : splice.append((YamlNode.Mapping) yaml.root(), flag, value));
    }

    private static String section(String side) {
        return side.isEmpty() ? "client-transport-security" : "peer-transport-security";
    }
}
