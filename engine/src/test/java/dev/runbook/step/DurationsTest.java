package dev.runbook.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({"90s,PT1M30S", "10m,PT10M", "1h30m,PT1H30M", "500ms,PT0.5S", "2d,PT48H", "0s,PT0S", "1m1ms,PT1M0.001S"})
    void readsDurations(String text, Duration expected) {
        assertThat(Durations.parse(text)).contains(expected);
    }

    @ParameterizedTest
    @CsvSource({"''", "90", "5 minutes", "m", "-1s", "1.5h", "1s1m", "PT1S"})
    void refusesOtherTexts(String text) {
        assertThat(Durations.parse(text)).isEmpty();
    }

    @Property
    void readsWhatItWrites(@ForAll @LongRange(min = 0, max = 1_000_000_000_000L) long milliseconds) {
        var duration = Duration.ofMillis(milliseconds);
        assertThat(Durations.parse(Durations.format(duration))).contains(duration);
    }
}
