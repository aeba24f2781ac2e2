package dev.runbook.facts;

import dev.runbook.model.Need;
import java.util.Optional;

/**
 * What a component that runs on a host needs to start again.
 *
 * @param lacking why the component could not start with it as it stands, such as {@code it is not there}
 */
public record StartNeed(Need need, Optional<String> lacking) {}
