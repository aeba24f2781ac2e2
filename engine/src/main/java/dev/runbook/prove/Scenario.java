package dev.runbook.prove;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What goes wrong in one run.
 *
 * @param kills of controllers, one after the other; the next one takes the run over
 * @param declined numbers of the questions, from 0, that nobody says yes to
 */
public record Scenario(List<Injection> injections, List<Kill> kills, List<Integer> declined) {
    public Scenario {
        declined = List.copyOf(declined);
        injections = List.copyOf(injections);
        kills = List.copyOf(kills);
    }

    /**
     * A controller that is killed.
     *
     * @param records that it wrote into its journal before
     * @param nodesGoOn whether nodes finish what they were told, or stop where they are
     * @param then what the next controller is asked to do
     * @param journalLost whether it has the journal only as its nodes tell it
     */
    public record Kill(int records, boolean nodesGoOn, Then then, boolean journalLost) {
        Kill(int records, boolean nodesGoOn, Then then) {
            this(records, nodesGoOn, then, false);
        }
    }

    /** What the next controller is asked to do. */
    public enum Then {
        ROLL_BACK,
        RESUME
    }

    static final Scenario FLAWLESS = new Scenario(List.of(), List.of(), List.of());

    static Scenario of(Injection... injections) {
        return new Scenario(List.of(injections), List.of(), List.of());
    }

    static Scenario of(Kill... kills) {
        return new Scenario(List.of(), List.of(kills), List.of());
    }

    /** Nobody says yes to this question. */
    static Scenario declining(int question) {
        return new Scenario(List.of(), List.of(), List.of(question));
    }

    Scenario and(Scenario other) {
        var both = new ArrayList<>(injections);
        both.addAll(other.injections);
        var all = new ArrayList<>(kills);
        all.addAll(other.kills);
        var no = new ArrayList<>(declined);
        no.addAll(other.declined);
        return new Scenario(both, all, no);
    }

    /** What sort of world it is, for counting. */
    public String kind() {
        int count = injections.size() + kills.size() + declined.size();
        if (count == 0) {
            return "all goes well";
        }
        if (count == 1) {
            return injections.stream()
                    .findFirst()
                    .map(injection -> name(injection) + (injection.back() ? " on the way back" : ""))
                    .orElse(kills.stream().findFirst().map(Scenario::name).orElse("nobody says yes"));
        }
        return kills.size() == count ? "controllers killed twice" : "two things go wrong";
    }

    private static String name(Kill kill) {
        return kill.journalLost() ? "controller killed, its journal lost" : "controller killed";
    }

    private static String name(Injection injection) {
        return switch (injection.fault()) {
            case REFUSED -> "action refused";
            case FAILED_BEFORE -> "action fails without effect";
            case FAILED_HALFWAY -> "action fails halfway";
            case FAILED_AFTER -> "action fails with its effect there";
            case LOST_BEFORE -> "link lost before the effect";
            case LOST_AFTER -> "link lost after the effect";
            case LOST_GOES_ON -> "link lost, and the node goes on";
            case DIES -> "node gone and back";
            case DISK_FULL -> "disk full";
            case REPEATED -> "action repeated";
            case DECEIVES -> "restored data damaged";
        };
    }

    /**
     * In words.
     *
     * @param said what the host was told under a number, where it came that far
     */
    List<String> tell(Told said) {
        var lines = new ArrayList<String>();
        for (var injection : injections) {
            lines.add(name(injection) + " on " + injection.host() + ": "
                    + said.action(injection).orElse("(it was never told that)"));
        }
        for (var kill : kills) {
            lines.add("the controller is killed after " + kill.records() + " journal records ("
                    + (kill.nodesGoOn() ? "nodes finish what they were told" : "nodes stop where they are")
                    + (kill.journalLost() ? "), and its journal is lost" : ")")
                    + "; the next one is asked to "
                    + (kill.then() == Then.RESUME ? "resume" : "roll back"));
        }
        declined.forEach(question -> lines.add("nobody says yes to question " + (question + 1)));
        return lines.isEmpty() ? List.of("all goes well") : lines;
    }

    /** What hosts were told. */
    @FunctionalInterface
    interface Told {
        Optional<String> action(Injection injection);
    }
}
