package dev.runbook.survey;

import dev.runbook.facts.DataFacts;
import dev.runbook.model.Answer;
import dev.runbook.model.Attributes;
import dev.runbook.model.Query;
import dev.runbook.node.NodeUnreachable;
import java.util.List;
import java.util.Optional;

/** Reads the facts of a data or WAL folder, present or missing. */
final class DataSurvey {
    private final QueryingNode host;

    DataSurvey(QueryingNode host) {
        this.host = host;
    }

    /**
     * Surveys the folder.
     *
     * @param inside name of the first folder that etcd creates in it; empty for the folder itself
     * @param wal folder of the write-ahead log
     */
    DataFacts survey(String path, String inside, String wal) throws NodeUnreachable {
        var stat = new Query.Stat(path);
        var insideStat = new Query.Stat(inside.isEmpty() ? path : path + "/" + inside);
        var database = new Query.Stat(path + "/member/snap/db");
        var walSize = new Query.TreeSize(wal);
        var free = new Query.FreeSpace(path);
        host.query(List.of(stat, insideStat, database, walSize, free));
        var info = host.answer(stat, Answer.PathInfo.class);
        return new DataFacts(
                path,
                info.isPresent(),
                info.map(Answer.PathInfo::attributes).orElse(new Attributes("0700", 0, 0)),
                info.map(Answer.PathInfo::mountPoint).orElse(false),
                info.flatMap(Answer.PathInfo::label),
                host.answer(database, Answer.PathInfo.class)
                        .map(Answer.PathInfo::size)
                        .orElse(0L),
                bytes(walSize),
                bytes(free),
                host.answer(insideStat) instanceof Answer.PathInfo);
    }

    private long bytes(Query query) {
        return Optional.of(host.answer(query))
                .filter(Answer.Bytes.class::isInstance)
                .map(answer -> ((Answer.Bytes) answer).count())
                .orElse(0L);
    }
}
