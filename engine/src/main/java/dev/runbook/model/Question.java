package dev.runbook.model;

import java.time.Duration;

/**
 * Something that a person is asked in the middle of a run.
 *
 * @param limit how long the answer is waited for; silence means no
 */
public record Question(String text, Duration limit) {}
