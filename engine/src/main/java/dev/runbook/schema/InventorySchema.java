package dev.runbook.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The schema of an inventory in Ansible's YAML form, with the variables that say how a host is reached. */
public final class InventorySchema {
    private static final List<Object> FLAGS = flags();

    private InventorySchema() {}

    public static Map<String, Object> of() {
        return SchemaJson.object(
                "$schema",
                "https://json-schema.org/draft/2020-12/schema",
                "title",
                "An inventory",
                "description",
                "Groups of hosts in Ansible's YAML form, as docs/runbook-format.md tells. The groups etcd and"
                        + " kube_control_plane have a meaning of their own.",
                "type",
                "object",
                "properties",
                SchemaJson.object("plugin", false),
                "additionalProperties",
                SchemaJson.reference("group"),
                "$defs",
                SchemaJson.object("group", group(), "hosts", hosts(), "vars", vars()));
    }

    private static Map<String, Object> group() {
        return SchemaJson.object(
                "type",
                List.of("object", "null"),
                "properties",
                SchemaJson.object(
                        "hosts", SchemaJson.reference("hosts"),
                        "children",
                                SchemaJson.object(
                                        "description",
                                        "Groups in it.",
                                        "type",
                                        List.of("object", "null"),
                                        "additionalProperties",
                                        SchemaJson.reference("group")),
                        "vars", SchemaJson.described("For every host in it.", SchemaJson.reference("vars"))));
    }

    private static Map<String, Object> hosts() {
        return SchemaJson.object(
                "description",
                "Hosts by name, each with its variables; cp[1:3] stands for three.",
                "type",
                List.of("object", "string", "null"),
                "additionalProperties",
                SchemaJson.reference("vars"));
    }

    private static Map<String, Object> vars() {
        var text = SchemaJson.types("string", "number", "boolean", "null");
        var flag = SchemaJson.object("enum", FLAGS);
        var port = SchemaJson.object(
                "anyOf",
                List.of(
                        SchemaJson.object("type", "integer", "minimum", 1, "maximum", 65535),
                        SchemaJson.object("type", "string", "pattern", "^[0-9]{1,5}$"),
                        SchemaJson.types("null")));
        return SchemaJson.object(
                "type",
                List.of("object", "null"),
                "properties",
                SchemaJson.object(
                        "ansible_host", SchemaJson.described("Where it is reached, if not under its name.", text),
                        "ansible_port", SchemaJson.described("Its SSH port; 22 usually.", port),
                        "ansible_user", SchemaJson.described("Who logs in; the user here usually.", text),
                        "ansible_password", SchemaJson.described("For logging in without a key.", text),
                        "ansible_ssh_private_key_file", SchemaJson.described("A file on this machine.", text),
                        "ansible_ssh_common_args", SchemaJson.described("Jump hosts, as in -J user@host.", text),
                        "ansible_ssh_extra_args", SchemaJson.described("Jump hosts, as in -J user@host.", text),
                        "ansible_connection",
                                SchemaJson.object(
                                        "enum",
                                        java.util.Arrays.asList(
                                                "ssh",
                                                "smart",
                                                "paramiko",
                                                "paramiko_ssh",
                                                "ansible.builtin.ssh",
                                                "local",
                                                "ansible.builtin.local",
                                                "simulated",
                                                null)),
                        "ansible_become", SchemaJson.described("Whether sudo is used.", flag),
                        "ansible_become_user", SchemaJson.described("As whom; root usually.", text),
                        "ansible_become_password", SchemaJson.described("sudo's password.", text),
                        "ansible_become_method", SchemaJson.described("Only sudo.", text)));
    }

    /** As Ansible takes them, whichever YAML an editor reads. */
    private static List<Object> flags() {
        List<Object> flags = new ArrayList<>(List.of(true, false, 0, 1));
        for (var word : List.of("yes", "no", "on", "off", "true", "false")) {
            flags.add(word);
            flags.add(word.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + word.substring(1));
            flags.add(word.toUpperCase(java.util.Locale.ROOT));
        }
        flags.addAll(java.util.Arrays.asList("1", "0", null));
        return flags;
    }
}
