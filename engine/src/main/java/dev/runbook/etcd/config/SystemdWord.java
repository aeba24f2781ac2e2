package dev.runbook.etcd.config;

/**
 * A word of a line of a unit.
 *
 * @param raw as the unit has it
 * @param value without quotes and escapes; variables ({@code $NAME}) are not replaced
 */
public record SystemdWord(String raw, String value) {}
