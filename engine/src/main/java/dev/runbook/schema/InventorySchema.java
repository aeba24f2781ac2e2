package dev.runbook.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The schema of an inventory in Ansible's YAML format, with the connection variables. */
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
                "Groups of hosts in Ansible's YAML format; see docs/runbook-format.md. The groups etcd and"
                        + " kube_control_plane have a special meaning.",
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
                                        "Subgroups.",
                                        "type",
                                        List.of("object", "null"),
                                        "additionalProperties",
                                        SchemaJson.reference("group")),
                        "vars",
                                SchemaJson.described(
                                        "Variables of every host in the group.", SchemaJson.reference("vars"))));
    }

    private static Map<String, Object> hosts() {
        return SchemaJson.object(
                "description",
                "Hosts by name, each with its variables; cp[1:3] expands to three.",
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
                        "ansible_host", SchemaJson.described("Its address; by default its name.", text),
                        "ansible_port", SchemaJson.described("Its SSH port; by default 22.", port),
                        "ansible_user", SchemaJson.described("The login user; by default the local user.", text),
                        "ansible_password", SchemaJson.described("Password for a login without a key.", text),
                        "ansible_ssh_private_key_file",
                                SchemaJson.described("Private key, a file on this machine.", text),
                        "ansible_ssh_args", SchemaJson.described("Arguments of ssh, before the others.", text),
                        "ansible_ssh_common_args",
                                SchemaJson.described("Arguments of ssh: -J user@host, -p, -l, -i.", text),
                        "ansible_ssh_extra_args", SchemaJson.described("Arguments of ssh, after the others.", text),
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
                        "ansible_become_user",
                                SchemaJson.described("The user that sudo runs as; by default root.", text),
                        "ansible_become_password", SchemaJson.described("sudo's password.", text),
                        "ansible_become_method", SchemaJson.described("Always sudo.", text)));
    }

    /** Booleans as Ansible reads them, for editors with any version of YAML. */
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
