package dev.runbook.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DidYouMeanTest {
    private static final List<String> KNOWN = List.of("restore", "snapshot", "stop-apiserver", "etcd", "cp1", "hosts");

    @ParameterizedTest
    @CsvSource({
        "resotre,restore",
        "RESTORE,restore",
        "snapshto,snapshot",
        "snap_shot,snapshot",
        "stop_apiserver,stop-apiserver",
        "etdc,etcd",
        "host,hosts",
        "cp9,",
        "whatever,",
        "x,",
    })
    void findsTheNearest(String written, String expected) {
        assertThat(DidYouMean.nearest(written, KNOWN).orElse(null)).isEqualTo(expected);
    }

    @Test
    void elseNamesWhatThereIs() {
        assertThat(DidYouMean.hint("whatever", List.of("b", "a"))).isEqualTo("known: a, b");
        assertThat(DidYouMean.hint("whatever", List.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"abc,abc,0", "abc,acb,1", "abc,ab,1", "abc,axc,1", "ca,abc,3", "'',abc,3"})
    void countsEdits(String left, String right, int expected) {
        assertThat(DidYouMean.distance(left, right)).isEqualTo(expected);
    }
}
