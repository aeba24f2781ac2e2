package dev.runbook.steps.preflight;

import java.util.Collection;
import java.util.List;

/** Normalizes peer URLs, so that a trailing slash makes no difference. */
final class PeerUrls {
    private PeerUrls() {}

    static List<String> normalized(Collection<String> urls) {
        return urls.stream().map(PeerUrls::normalized).toList();
    }

    private static String normalized(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}
