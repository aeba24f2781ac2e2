package dev.runbook.report.live;

import dev.runbook.execute.RunObserver;
import dev.runbook.journal.RunEvent;
import dev.runbook.model.action.Action;
import dev.runbook.model.action.TransferAction;
import dev.runbook.report.Redaction;
import dev.runbook.report.outage.Outage;
import dev.runbook.report.outage.OutageForecast;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What every host of a run does now, from any thread. */
public final class LiveRun implements RunObserver, Live {
    /** How long a log may be silent. */
    static final Duration PERIOD = Duration.ofSeconds(10);

    /** What ends sooner is seen in the log, and would only flicker. */
    static final Duration SHORT = Duration.ofMillis(700);

    private static final int LONGEST_FINDING = 300;

    private final Clock clock;
    private final Outage outage = new Outage();
    private Optional<OutageForecast> predicted = Optional.empty();

    /** Those of the current step: empty for one that has nothing to do at the moment. */
    private final Map<String, Optional<HostNow>> hosts = new LinkedHashMap<>();

    /** What is said of a host that has nothing to do. */
    private final Map<String, String> idle = new LinkedHashMap<>();

    /** What is done outside of steps. */
    private Optional<HostNow> between;

    /** Hosts that are checked once more, and have not answered yet. */
    private final Set<String> unchecked = new LinkedHashSet<>();

    private boolean backward;
    private boolean shown;

    /** A run whose hosts are about to be locked. */
    public LiveRun(Clock clock) {
        this.clock = clock;
        this.between = work("locking the hosts");
    }

    /** Compares the outage with what the plan said. */
    public synchronized void predict(Optional<OutageForecast> forecast) {
        predicted = forecast;
    }

    /** Takes in the events of an earlier process, in which an outage may have begun. */
    public synchronized void replay(List<RunEvent> events) {
        events.forEach(outage::accept);
    }

    private Optional<HostNow> work(String what) {
        return Optional.of(new HostNow(Optional.empty(), Optional.empty(), what, Optional.empty(), clock.instant()));
    }

    /** These hosts, which are locked, are checked once more. */
    public synchronized void checks(Collection<String> locked) {
        unchecked.addAll(locked);
        between = work(unchecked());
    }

    /** One of them has answered, or is given up. */
    public synchronized void checked(String host) {
        unchecked.remove(host);
        between.ifPresent(work -> work.rename(unchecked()));
    }

    private String unchecked() {
        return "checking the hosts once more"
                + (unchecked.isEmpty() ? "" : ", waiting for " + String.join(", ", unchecked));
    }

    @Override
    public synchronized void accept(RunEvent event) {
        outage.accept(event);
        switch (event) {
            case RunEvent.RunBegan _ -> between = work("locking the hosts");
            case RunEvent.RunPlanned _ -> between = work("storing the plan on the hosts");
            case RunEvent.StepIntended step ->
                begin(step.actions().keySet().stream()
                        .filter(host ->
                                !step.actions().getOrDefault(host, List.of()).isEmpty())
                        .toList());
            case RunEvent.StepResumed step -> begin(step.actions().keySet());
            case RunEvent.StepUndoBegan step -> {
                backward = true;
                begin(step.hosts());
            }
            case RunEvent.ActionEnded ended ->
                ended(ended.host(), ended.result().succeeded());
            case RunEvent.UndoEnded ended -> ended(ended.host(), ended.result().succeeded());
            case RunEvent.CommitBegan _ -> {
                begin(List.of());
                between = work("writing the commit record on every host");
            }
            case RunEvent.StepEnded _, RunEvent.Committed _, RunEvent.RollbackBegan _ -> begin(List.of());
            case RunEvent.RunEnded _ -> {
                begin(List.of());
                between = work("releasing the locks");
            }
            case RunEvent.InDoubtResolved _ -> {}
        }
    }

    private void begin(Collection<String> ofStep) {
        between = Optional.empty();
        hosts.clear();
        idle.clear();
        new TreeSet<>(ofStep).forEach(host -> {
            hosts.put(host, Optional.empty());
            idle.put(host, "beginning");
        });
        // In an outage the block stays, so that its length can be read all the time.
        shown &= outage.awaySince().isPresent();
    }

    private void ended(String host, boolean succeeded) {
        if (hosts.containsKey(host)) {
            hosts.put(host, Optional.empty());
            idle.put(host, succeeded ? "done" : "failed");
        }
    }

    @Override
    public synchronized void begins(int step, String host, int index, Action action) {
        between = Optional.empty();
        var place = new Notice.ActionPlace(step, index, backward);
        var deadline = Optional.of(action.deadline()).filter(_ -> action.worksOutside());
        var now = new HostNow(
                Optional.of(host), Optional.of(place), oneLine(NowText.of(action)), deadline, clock.instant());
        hosts.put(host, Optional.of(action instanceof TransferAction ? now.transfer() : now));
    }

    @Override
    public synchronized void waits(String host, String seen) {
        var found = oneLine(seen);
        hosts.getOrDefault(host, Optional.empty())
                .ifPresentOrElse(
                        now -> now.sees(found),
                        () -> hosts.put(
                                host,
                                Optional.of(new HostNow(
                                        Optional.of(host),
                                        Optional.empty(),
                                        found,
                                        Optional.empty(),
                                        clock.instant()))));
    }

    @Override
    public synchronized void transferred(String host, long bytes, OptionalLong total) {
        // A transfer that was given up may still say so when the host does something else.
        hosts.getOrDefault(host, Optional.empty())
                .filter(HostNow::isTransfer)
                .ifPresent(now -> now.moves(bytes, total, clock.instant()));
    }

    /** One line without secrets and without what would move a cursor. */
    static String oneLine(String text) {
        var line =
                Redaction.mask(text.replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ").strip());
        return line.length() <= LONGEST_FINDING ? line : line.substring(0, LONGEST_FINDING) + "…";
    }

    private Stream<HostNow> all() {
        return Stream.concat(hosts.values().stream().flatMap(Optional::stream), between.stream());
    }

    private Optional<Duration> away(Instant now) {
        return outage.awaySince().map(since -> Duration.between(since, now));
    }

    @Override
    public synchronized List<Notice> due() {
        return said(now -> all().filter(each -> each.isDue(now) || each.isWarningDue(now)));
    }

    @Override
    public synchronized List<Notice> warnings() {
        return said(now -> all().filter(each -> each.isWarningDue(now)));
    }

    /** Selects at a time. */
    @FunctionalInterface
    private interface Selection {
        Stream<HostNow> at(Instant now);
    }

    private List<Notice> said(Selection selection) {
        var now = clock.instant();
        return selection.at(now).toList().stream()
                .map(each -> each.said(now, away(now)))
                .toList();
    }

    @Override
    public synchronized Optional<String> outage() {
        return away(clock.instant()).map(this::outage);
    }

    private String outage(Duration away) {
        return "API away for " + Amounts.of(away)
                + predicted
                        .filter(_ -> !backward)
                        .map(forecast -> ", about " + Amounts.of(forecast.length()) + " predicted")
                        .orElse("");
    }

    /** A row for each host of the step, and one for the outage. */
    @Override
    public synchronized List<LiveRow> block(int most) {
        var now = clock.instant();
        shown |= all().anyMatch(each -> each.took(now).compareTo(SHORT) >= 0);
        if (!shown) {
            return List.of();
        }
        var lines = new ArrayList<LiveRow>();
        int longest = hosts.keySet().stream().mapToInt(String::length).max().orElse(0);
        // Where not all find room, those that are at work do.
        hosts.entrySet().stream()
                .sorted(Comparator.comparing(
                        entry -> hosts.size() > most && entry.getValue().isEmpty()))
                .forEach(entry -> lines.add(line(entry.getKey(), longest, entry.getValue(), now)));
        between.ifPresent(work -> lines.add(LiveRow.of("  ", work.notice(now, Optional.empty()))));
        var footer = away(now).map(length -> new LiveRow("  " + outage(length), LiveRow.Tone.STRONG));
        int room = Math.max(1, most - (footer.isPresent() ? 1 : 0));
        if (lines.size() > room) {
            int more = lines.size() - room + 1;
            lines.subList(room - 1, lines.size()).clear();
            lines.add(new LiveRow("  and " + more + " more hosts", LiveRow.Tone.QUIET));
        }
        footer.ifPresent(lines::add);
        return lines;
    }

    private LiveRow line(String host, int longest, Optional<HostNow> doing, Instant now) {
        var name = "  " + host + " ".repeat(longest - host.length()) + "  ";
        return doing.map(work -> LiveRow.of(name, work.notice(now, Optional.empty())))
                .orElseGet(() -> new LiveRow(name + idle.getOrDefault(host, ""), LiveRow.Tone.QUIET));
    }
}
