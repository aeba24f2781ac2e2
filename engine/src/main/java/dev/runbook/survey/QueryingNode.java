package dev.runbook.survey;

import dev.runbook.facts.FileFacts;
import dev.runbook.model.Answer;
import dev.runbook.model.Problem;
import dev.runbook.model.Query;
import dev.runbook.node.Node;
import dev.runbook.node.NodeUnreachable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A node with its answers so far; each query is sent once, many in one round trip. */
final class QueryingNode {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final int LARGEST_FILE = 256 * 1024;

    private final Node node;
    private final Map<Query, Answer> answers = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    QueryingNode(Node node) {
        this.node = node;
    }

    Node node() {
        return node;
    }

    void query(List<Query> queries) throws NodeUnreachable {
        var fresh = queries.stream()
                .distinct()
                .filter(query -> !answers.containsKey(query))
                .toList();
        if (fresh.isEmpty()) {
            return;
        }
        var received = node.ask(fresh, DEADLINE);
        for (int index = 0; index < fresh.size(); index++) {
            answers.put(fresh.get(index), received.get(index));
            if (received.get(index) instanceof Answer.Refused(var why)) {
                problems.add(Problem.on(node.name(), "unreadable", why, remedy(fresh.get(index))));
            }
        }
    }

    private static String remedy(Query query) {
        return query instanceof Query.RunningContainers
                ? "`crictl ps` must answer there for the login, or the become user; a runtime that does not run:"
                        + " `systemctl start containerd`, or CRI-O's unit"
                : "give the login, or the become user, permission to read it on this host";
    }

    Answer answer(Query query) {
        return Optional.ofNullable(answers.get(query)).orElse(new Answer.Missing());
    }

    <A extends Answer> Optional<A> answer(Query query, Class<A> type) {
        return Optional.of(answer(query)).filter(type::isInstance).map(type::cast);
    }

    static List<Query> fileQueries(String path) {
        return List.of(text(path), new Query.Stat(path));
    }

    static Query text(String path) {
        return new Query.ReadText(path, LARGEST_FILE);
    }

    /** A file that {@link #fileQueries} queried. */
    Optional<FileFacts> file(String path) {
        return answer(text(path), Answer.Text.class)
                .flatMap(text -> answer(new Query.Stat(path), Answer.PathInfo.class)
                        .map(info -> new FileFacts(path, text.text(), info.attributes())));
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }
}
