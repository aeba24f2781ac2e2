package dev.runbook.yaml;

/** Which YAML a text is written in. */
public enum Dialect {
    /** YAML 1.2 core schema; no tags but the core ones. What runbooks and values given to them are written in. */
    RUNBOOK,

    /**
     * What Ansible reads: {@code yes} and {@code off} are booleans, {@code <<} merges, and tagged ({@code !vault}) or
     * templated ({@code {{ }}}) values are let through as {@link YamlValue.Kind#OPAQUE}.
     */
    INVENTORY
}
