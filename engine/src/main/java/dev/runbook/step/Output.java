package dev.runbook.step;

/** A value that a step type provides to later steps. */
public record Output(String name, ValueType type, String doc) {}
