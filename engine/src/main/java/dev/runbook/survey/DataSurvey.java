package dev.runbook.survey;

import dev.runbook.facts.DataFacts;
import dev.runbook.model.Answer;
import dev.runbook.model.Attributes;
import dev.runbook.model.Query;
import dev.runbook.node.NodeUnreachable;
import java.util.List;
import java.util.Optional;

/** Looks at a data or WAL folder, or at the place where it should be. */
final class DataSurvey {
    private final QueryingNode asked;

    DataSurvey(QueryingNode asked) {
        this.asked = asked;
    }

    /**
     * Looks.
     *
     * @param inside what etcd makes in it first; empty for the folder itself
     * @param wal where the write-ahead log lies
     */
    DataFacts look(String path, String inside, String wal) throws NodeUnreachable {
        var stat = new Query.Stat(path);
        var insideStat = new Query.Stat(inside.isEmpty() ? path : path + "/" + inside);
        var database = new Query.Stat(path + "/member/snap/db");
        var walSize = new Query.TreeSize(wal);
        var free = new Query.FreeSpace(path);
        asked.ask(List.of(stat, insideStat, database, walSize, free));
        var info = asked.answer(stat, Answer.PathInfo.class);
        return new DataFacts(
                path,
                info.isPresent(),
                info.map(Answer.PathInfo::attributes).orElse(new Attributes("0700", 0, 0)),
                info.map(Answer.PathInfo::mountPoint).orElse(false),
                info.flatMap(Answer.PathInfo::label),
                asked.answer(database, Answer.PathInfo.class)
                        .map(Answer.PathInfo::size)
                        .orElse(0L),
                bytes(walSize),
                bytes(free),
                asked.answer(insideStat) instanceof Answer.PathInfo);
    }

    private long bytes(Query query) {
        return Optional.of(asked.answer(query))
                .filter(Answer.Bytes.class::isInstance)
                .map(answer -> ((Answer.Bytes) answer).count())
                .orElse(0L);
    }
}
