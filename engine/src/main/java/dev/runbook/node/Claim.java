package dev.runbook.node;

import java.time.Instant;

/**
 * Who wants a node.
 *
 * @param owner as {@code user@host}, for the one who is refused
 * @param epoch 1 for a new run, one more for every takeover
 */
public record Claim(String run, long epoch, String owner, Instant since) {}
