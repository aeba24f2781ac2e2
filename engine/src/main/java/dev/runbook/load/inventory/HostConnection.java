package dev.runbook.load.inventory;

import dev.runbook.model.Connection;
import dev.runbook.model.Problem;
import java.util.List;

/** How a host is reached, from its connection variables. Their problems are reported only when the host is used. */
public sealed interface HostConnection {
    record Usable(Connection connection, List<Problem> warnings) implements HostConnection {
        public Usable {
            warnings = List.copyOf(warnings);
        }
    }

    record Unusable(List<Problem> problems) implements HostConnection {
        public Unusable {
            problems = List.copyOf(problems);
        }
    }
}
