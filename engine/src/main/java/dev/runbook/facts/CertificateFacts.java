package dev.runbook.facts;

import java.time.Instant;

/** A certificate on a host that the control plane uses. */
public record CertificateFacts(String path, String subject, Instant notAfter) {}
