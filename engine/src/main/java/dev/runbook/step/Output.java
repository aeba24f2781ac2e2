package dev.runbook.step;

/** Something a step type gives to later steps. */
public record Output(String name, ValueType type, String doc) {}
