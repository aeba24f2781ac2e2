package dev.runbook.load;

import dev.runbook.load.inventory.Host;
import dev.runbook.load.inventory.HostPattern;
import dev.runbook.load.inventory.Inventory;
import dev.runbook.model.Problem;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Result of loading a runbook. */
public sealed interface Loaded {
    /**
     * The runbook is valid.
     *
     * @param inputs by name, with defaults; String, Long, Boolean, Duration, Path, Secret or List of String
     */
    record Ok(
            Runbook runbook,
            Inventory inventory,
            Map<String, Object> inputs,
            Optional<HostPattern> limit,
            Set<String> tags,
            List<Problem> warnings)
            implements Loaded {
        public Ok {
            inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
            tags = Set.copyOf(tags);
            warnings = List.copyOf(warnings);
        }

        /** The steps that the tags select, in order. */
        public List<Step> steps() {
            return runbook.steps().stream()
                    .filter(step -> step.isSelectedBy(tags))
                    .toList();
        }

        /** The hosts of a step, in the order of the inventory, narrowed by the limit. */
        public List<Host> hostsOf(Step step) {
            return Targets.of(step.hosts(), inventory, limit);
        }
    }

    /**
     * The runbook is not valid; problems are ordered by file, line and column, warnings included.
     *
     * @param readable the parts without a problem, to look for problems elsewhere; must not be planned
     */
    record Failed(List<Problem> problems, Optional<Ok> readable) implements Loaded {
        public Failed {
            problems = List.copyOf(problems);
        }
    }
}
