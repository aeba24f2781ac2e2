package dev.runbook.facts;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A certificate on a host that the control plane uses.
 *
 * @param names DNS names and IP addresses that it is for (subject alternative names); empty where they were not read, as in
 *     facts recorded by an earlier version
 */
public record CertificateFacts(String path, String subject, Instant notAfter, Optional<List<String>> names) {
    public CertificateFacts {
        names = names.map(List::copyOf);
    }

    /** One whose names were not read. */
    public CertificateFacts(String path, String subject, Instant notAfter) {
        this(path, subject, notAfter, Optional.empty());
    }
}
