package dev.runbook.etcd.objects;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.Golden;
import dev.runbook.etcd.kinds.TextProtoObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Objects of built-in kinds as an API server stores them, with zero values, in protobuf's text format: the output of {@code
 * get} and of {@code extract}.
 */
class BuiltInObjectsTest {
    private static final Path OBJECTS = Path.of("src/test/resources/etcd/kinds/objects");

    static List<String> names() throws IOException {
        try (var files = Files.list(OBJECTS)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".txtpb"))
                    .map(name -> name.substring(0, name.length() - ".txtpb".length()))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void decodeAsInKubernetes(String name) throws Exception {
        byte[] value = TextProtoObject.stored(Files.readString(OBJECTS.resolve(name + ".txtpb")));
        StoredObject object = StoredObject.of(value);
        var file = ObjectExtraction.extract(object, value);

        Golden.assertMatches(
                "etcd/kinds/objects/" + name + ".get.yaml",
                ObjectManifest.yaml(object, value, ObjectManifest.Secrets.HIDDEN));
        Golden.assertMatches("etcd/kinds/objects/" + name + ".extract.yaml", file.yaml());
        assertThat(file.complete()).isTrue();

        // An object is the same in any encoding.
        var tree = ObjectTree.of(object).orElseThrow();
        byte[] json = JsonMapper.shared().writeValueAsBytes(tree.fields());
        assertThat(ObjectExtraction.extract(StoredObject.of(json), json)).isEqualTo(file);
        assertThat(new YAMLMapper()
                        .readTree(ObjectManifest.yaml(StoredObject.of(json), json, ObjectManifest.Secrets.SHOWN))
                        .path("spec"))
                .isEqualTo(JsonMapper.shared().readTree(json).path("spec"));
        assertThat(new String(value, UTF_8)).startsWith("k8s\0");
    }
}
