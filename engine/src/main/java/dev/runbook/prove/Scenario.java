package dev.runbook.prove;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The faults of one run.
 *
 * @param kills of controllers, one after the other; the next controller takes the run over
 * @param declined numbers of the questions, from 0, that the operator declines
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
     * @param nodesContinue whether nodes finish the actions that they received, or stop where they are
     * @param next command given to the next controller
     * @param journalLost whether the next controller has to reconstruct the journal from its nodes
     */
    public record Kill(int records, boolean nodesContinue, NextCommand next, boolean journalLost) {
        Kill(int records, boolean nodesContinue, NextCommand next) {
            this(records, nodesContinue, next, false);
        }
    }

    /** Command given to the controller that takes the run over. */
    public enum NextCommand {
        ROLL_BACK,
        RESUME
    }

    static final Scenario FAULT_FREE = new Scenario(List.of(), List.of(), List.of());

    static Scenario of(Injection... injections) {
        return new Scenario(List.of(injections), List.of(), List.of());
    }

    static Scenario of(Kill... kills) {
        return new Scenario(List.of(), List.of(kills), List.of());
    }

    /** The operator declines this question. */
    static Scenario declining(int question) {
        return new Scenario(List.of(), List.of(), List.of(question));
    }

    Scenario and(Scenario other) {
        var allInjections = new ArrayList<>(injections);
        allInjections.addAll(other.injections);
        var allKills = new ArrayList<>(kills);
        allKills.addAll(other.kills);
        var allDeclined = new ArrayList<>(declined);
        allDeclined.addAll(other.declined);
        return new Scenario(allInjections, allKills, allDeclined);
    }

    /** The kind of its faults, by which scenarios are counted. */
    public String kind() {
        int count = injections.size() + kills.size() + declined.size();
        if (count == 0) {
            return "no fault";
        }
        if (count == 1) {
            return injections.stream()
                    .findFirst()
                    .map(injection -> name(injection) + (injection.inRollback() ? " during rollback" : ""))
                    .orElse(kills.stream().findFirst().map(Scenario::name).orElse("question declined"));
        }
        return kills.size() == count ? "two controllers killed" : "two faults";
    }

    private static String name(Kill kill) {
        return kill.journalLost() ? "controller killed, journal lost" : "controller killed";
    }

    private static String name(Injection injection) {
        return switch (injection.fault()) {
            case REFUSED -> "action refused";
            case FAILED_BEFORE -> "action fails with no effect";
            case FAILED_HALFWAY -> "action fails with partial effect";
            case FAILED_AFTER -> "action fails with full effect";
            case LOST_BEFORE -> "connection lost before the effect";
            case LOST_AFTER -> "connection lost after the effect";
            case LOST_GOES_ON -> "connection lost without an answer, node continues";
            case DIES -> "node unreachable, then recovers";
            case DISK_FULL -> "disk full";
            case REPEATED -> "action delivered twice";
            case DECEIVES -> "restored data corrupted";
            case KUBELET_RESTARTED -> "kubelet restarted";
            case LEADER_CHANGES -> "leader changes";
            case MEMBER_HANGS -> "member never serves";
        };
    }

    /**
     * A line for each fault.
     *
     * @param actions looks up the action of an injection, if the run reached it
     */
    List<String> describe(ActionLookup actions) {
        var lines = new ArrayList<String>();
        for (var injection : injections) {
            lines.add(name(injection) + " on " + injection.host() + ": "
                    + actions.actionOf(injection).orElse("(the run did not reach this action)"));
        }
        for (var kill : kills) {
            lines.add("controller killed after " + kill.records() + " journal records ("
                    + (kill.nodesContinue()
                            ? "nodes finish the actions that they received"
                            : "nodes stop where they are")
                    + (kill.journalLost() ? "), journal lost" : ")")
                    + "; the next controller "
                    + (kill.next() == NextCommand.RESUME ? "resumes" : "rolls back"));
        }
        declined.forEach(question -> lines.add("the operator declines question " + (question + 1)));
        return lines.isEmpty() ? List.of("no fault") : lines;
    }

    /** Actions that hosts received. */
    @FunctionalInterface
    interface ActionLookup {
        Optional<String> actionOf(Injection injection);
    }
}
