package dev.runbook.model;

import java.time.Duration;

/**
 * A question to the operator in the middle of a run.
 *
 * @param limit how long the answer is waited for; silence means no
 */
public record Question(String text, Duration limit) {}
