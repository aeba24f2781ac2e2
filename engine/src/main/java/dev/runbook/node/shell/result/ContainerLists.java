package dev.runbook.node.shell.result;

import dev.runbook.model.Answer;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What crictl and ctr print about containers. */
public final class ContainerLists {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String NAME = "io.kubernetes.container.name";
    private static final String POD = "io.kubernetes.pod.name";

    private ContainerLists() {}

    /** The client's name, then one list (crictl) or one object a container (ctr). */
    public static List<Answer.Container> parse(List<String> fields) {
        try {
            return switch (fields.getFirst()) {
                case "crictl" -> ofCrictl(JSON.readTree(fields.get(1)));
                case "ctr" -> ofCtr(fields.subList(1, fields.size()));
                case String other -> throw new IllegalArgumentException("no client that we know: " + other);
            };
        } catch (JacksonException e) {
            throw new IllegalArgumentException("no JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static List<Answer.Container> ofCrictl(JsonNode list) {
        var found = new ArrayList<Answer.Container>();
        for (var one : list.path("containers")) {
            var labels = one.path("labels");
            var image = one.path("image");
            // Newer ones keep what the manifest says apart from what it was resolved to.
            var asked = image.path("userSpecifiedImage").asString("");
            found.add(new Answer.Container(
                    one.path("id").asString(""),
                    labels.path(NAME).asString(one.path("metadata").path("name").asString("")),
                    labels.path(POD).asString(""),
                    asked.isEmpty() ? image.path("image").asString("") : asked));
        }
        return found;
    }

    private static List<Answer.Container> ofCtr(List<String> objects) {
        var found = new ArrayList<Answer.Container>();
        for (var text : objects) {
            if (text.isBlank()) {
                continue;
            }
            var one = JSON.readTree(text);
            var labels = one.path("Labels");
            // Sandboxes have no container name.
            if (labels.has(NAME)) {
                found.add(new Answer.Container(
                        one.path("ID").asString(""),
                        labels.path(NAME).asString(""),
                        labels.path(POD).asString(""),
                        one.path("Image").asString("")));
            }
        }
        return found;
    }
}
