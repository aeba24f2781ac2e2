package dev.runbook.node;

import dev.runbook.model.Answer;
import dev.runbook.model.EtcdAccess;
import dev.runbook.model.Probe;
import dev.runbook.model.Query;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One machine. The engine cannot tell a real one from a simulated one. Calls on one node come from one thread at a
 * time, but for {@link #cancel}.
 */
public interface Node extends AutoCloseable {
    /** The inventory's name for it. */
    String name();

    /**
     * Asks all of them in one round trip.
     *
     * @return one answer a query, in the same order
     * @throws NodeUnreachable when the link is lost or the deadline passes
     */
    List<Answer> ask(List<Query> queries, Duration deadline) throws NodeUnreachable;

    /**
     * Performs a batch in order and stops at the first action that does not succeed; the ones behind it have no result.
     * Never throws for what happens on the node: that is in the results.
     */
    BatchResult perform(Batch batch, ActionListener listener);

    /**
     * Takes this node's lock for a run and makes the run's own folder on it. The lock is one atomic mkdir; the same run
     * with a higher epoch takes it over from itself, another run never does.
     */
    ClaimResult claim(Claim claim) throws NodeUnreachable;

    /** Appends a record, such as the commit, to the run's journal on the node and syncs it. The lock must be held. */
    void record(Claim claim, String line) throws NodeUnreachable;

    /**
     * Keeps a text in the run's folder on the node, readable by root alone, whole or not at all; one of the same name is
     * replaced. The lock must be held.
     *
     * @param name letters, digits and dashes
     */
    void keep(Claim claim, String name, String text) throws NodeUnreachable;

    /** A text that was kept; empty where none is. Needs no lock. */
    Optional<String> kept(String run, String name) throws NodeUnreachable;

    /** What the node itself knows of a run, and who has it now. Changes nothing, and needs no lock. */
    NodeJournal readJournal(String run) throws NodeUnreachable;

    /**
     * Waits until nothing of a batch is at work any more that an earlier connection of this very controller sent, or
     * stops it; a program that outlives its shell continues. Nothing sent over that connection begins afterwards.
     *
     * @param left the actions of which it is not known what became of them
     * @return what the node knows then
     */
    default NodeJournal settle(Batch left) throws NodeUnreachable {
        return readJournal(left.run());
    }

    /** The runs that this node has a folder for, sorted. */
    List<String> runs() throws NodeUnreachable;

    /**
     * What a finished run keeps here: those of the folders that are there, and the run's own. Changes nothing. A
     * simulated node keeps nothing beyond its process.
     *
     * @param folders that the run made, each named after it
     */
    default List<RetainedFolder> remains(String run, List<String> folders) throws NodeUnreachable {
        return List.of();
    }

    /**
     * Deletes the retained artifacts of a finished run here, except for those in use.
     *
     * @return what is there still
     * @throws NodeUnreachable also when the run holds this node's lock
     */
    default List<RetainedFolder> clean(String run, List<String> folders) throws NodeUnreachable {
        return List.of();
    }

    /** Gives the lock back; what the run kept stays. Not held any more is success. */
    void release(Claim claim) throws NodeUnreachable;

    /** Looks once, without waiting. */
    ProbeResult check(Probe probe, Duration deadline) throws NodeUnreachable;

    /**
     * Opens a reader of the member at this address, dialled from this node. The caller closes it.
     *
     * @throws MemberUnreachable when the certificates for it cannot be used
     */
    MemberReader openMember(EtcdAccess access) throws NodeUnreachable, MemberUnreachable;

    /** Ends what runs now, from any thread: the action in flight ends as failed, the next ones are not begun. */
    void cancel();

    @Override
    void close();
}
