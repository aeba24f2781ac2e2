package dev.runbook.yaml;

/** The variant of YAML of a text. */
public enum Dialect {
    /** Runbooks and values for their inputs: YAML 1.2 core schema, without tags but the core ones. */
    RUNBOOK,

    /**
     * Inventories, as Ansible reads them: {@code yes} and {@code off} are booleans, {@code <<} merges, and tagged ({@code !vault}) or
     * templated ({@code {{ }}}) values are accepted as {@link YamlValue.Kind#OPAQUE}.
     */
    INVENTORY
}
