package dev.runbook.survey.start;

import dev.runbook.model.Need;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What a static pod needs: its hostPath volumes by their type, the files that its flags name, and its images. */
final class PodNeeds {
    /**
     * The kubelet reads the first document of a file, and takes a trailing {@code ---}. The parser's buffer holds every file that
     * is read, because snakeyaml-engine 3.0.1 fails where it ends between the halves of a character.
     */
    private static final YAMLMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .loadSettings(LoadSettings.builder()
                            .setBufferSize(StartSurvey.LARGEST + 1)
                            .build())
                    .build())
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final String component;
    private final JsonNode spec;
    private final Map<String, String> hostPaths = new LinkedHashMap<>();

    private PodNeeds(String component, JsonNode spec) {
        this.component = component;
        this.spec = spec;
    }

    /**
     * Adds the needs of a pod. A manifest that cannot be read adds none, because other checks report it.
     *
     * @param flags of its component as they are in effect, where they are known; else those of its command lines
     */
    static void add(Needs needs, String component, String manifest, Optional<Map<String, String>> flags) {
        try {
            new PodNeeds(component, YAML.readTree(manifest).path("spec")).add(needs, flags);
        } catch (JacksonException unreadable) {
            // Reported with the manifest.
        }
    }

    private void add(Needs needs, Optional<Map<String, String>> flags) {
        for (var volume : spec.path("volumes")) {
            var path = text(volume.path("hostPath").path("path"));
            if (path.startsWith("/")) {
                hostPaths.put(text(volume.path("name")), path);
                kind(text(volume.path("hostPath").path("type")))
                        .ifPresent(kind -> needs.path(component, kind, path, Optional.empty()));
            }
        }
        for (var container : spec.path("initContainers")) {
            image(needs, container);
        }
        for (var container : spec.path("containers")) {
            image(needs, container);
            boolean own = text(container.path("name")).equals(component)
                    || spec.path("containers").size() == 1;
            var used = own && flags.isPresent() ? known(flags.get()) : FileFlags.parse(words(container));
            needs.flags(component, used, Optional.empty(), path -> onHost(container, path));
        }
    }

    private static List<FileFlags.Flag> known(Map<String, String> flags) {
        return flags.entrySet().stream()
                .map(flag -> new FileFlags.Flag(flag.getKey(), flag.getValue()))
                .toList();
    }

    private void image(Needs needs, JsonNode container) {
        var name = text(container.path("image"));
        if (!name.isEmpty()) {
            needs.add(new Need.Image(component, name, alwaysPulled(name, text(container.path("imagePullPolicy")))));
        }
    }

    /** The API server's default, which the kubelet applies to static pods, too: Always for latest, or no tag. */
    private static boolean alwaysPulled(String image, String policy) {
        var name = image.substring(image.lastIndexOf('/') + 1);
        boolean latest = !name.contains("@") && (!name.contains(":") || name.endsWith(":latest"));
        return policy.equals("Always") || (policy.isEmpty() && latest);
    }

    /** Of a hostPath volume; empty for a type that is not checked. */
    private static Optional<Need.Shape> kind(String type) {
        return switch (type) {
            case "Directory" -> Optional.of(Need.Shape.FOLDER);
            case "DirectoryOrCreate" -> Optional.of(Need.Shape.FOLDER_OR_NOTHING);
            case "File" -> Optional.of(Need.Shape.PLAIN_FILE);
            case "FileOrCreate" -> Optional.of(Need.Shape.FILE_OR_NOTHING);
            case "Socket" -> Optional.of(Need.Shape.SOCKET);
            case "CharDevice" -> Optional.of(Need.Shape.CHARACTER_DEVICE);
            case "BlockDevice" -> Optional.of(Need.Shape.BLOCK_DEVICE);
            default -> Optional.empty();
        };
    }

    private static List<String> words(JsonNode container) {
        var words = new ArrayList<String>();
        container.path("command").forEach(word -> words.add(text(word)));
        container.path("args").forEach(word -> words.add(text(word)));
        return words;
    }

    /** Empty where the path is in the image, or in a volume of another kind. */
    private Optional<String> onHost(JsonNode container, String path) {
        var mounts = new ArrayList<JsonNode>();
        container.path("volumeMounts").forEach(mounts::add);
        return mounts.stream()
                .filter(mount -> within(path, mountPath(mount)))
                .max(Comparator.comparingInt(mount -> mountPath(mount).length()))
                .flatMap(mount -> Optional.ofNullable(hostPaths.get(text(mount.path("name"))))
                        .map(base -> {
                            var inside = text(mount.path("subPath"));
                            return without(base)
                                    + (inside.isEmpty() ? "" : "/" + inside)
                                    + path.substring(mountPath(mount).length());
                        }));
    }

    private static String mountPath(JsonNode mount) {
        return without(text(mount.path("mountPath")));
    }

    private static boolean within(String path, String folder) {
        return path.equals(folder) || path.startsWith(folder + "/");
    }

    private static String without(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static String text(JsonNode node) {
        return node.asString("");
    }
}
