package dev.runbook.node.shell.wire;

import dev.runbook.facts.Silence;

/**
 * Why a connection through a tunnel was not made.
 *
 * @param kind as it concerns a member behind it
 * @param text one line, without the address
 */
public record Trouble(Silence kind, String text) {}
