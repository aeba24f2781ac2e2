package dev.runbook.etcd.kinds;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Uses a folder of Kubernetes' own test data, {@code staging/src/k8s.io/api/testdata/VERSION}, in which every field of
 * every kind is filled: NAME.pb must decode to NAME.json. Run with {@code -Dkubernetes.testdata=DIR}.
 */
@EnabledIfSystemProperty(named = "kubernetes.testdata", matches = ".+")
class KubernetesTestDataTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String ABSENT = "nothing";

    @Test
    void everyKindDecodesToItsJson() throws Exception {
        List<String> equal = new ArrayList<>();
        List<String> noSchema = new ArrayList<>();
        Map<String, String> undecoded = new TreeMap<>();
        Map<String, String> different = new TreeMap<>();
        Path folder = Path.of(System.getProperty("kubernetes.testdata"));
        try (var files = Files.newDirectoryStream(folder, "*.pb")) {
            for (Path file : files) {
                String name = file.getFileName().toString().replace(".pb", "");
                // The same bytes as another file, which older versions read differently.
                if (name.endsWith(".after_roundtrip")) {
                    continue;
                }
                JsonNode wanted = JSON.readTree(Files.readAllBytes(folder.resolve(name + ".json")));
                String apiVersion = wanted.path("apiVersion").asString("");
                String kind = wanted.path("kind").asString("");
                var decoded = BuiltInKinds.decode(apiVersion, kind, raw(Files.readAllBytes(file)));
                if (decoded.isEmpty()) {
                    noSchema.add(apiVersion + " " + kind);
                    continue;
                }
                List<String> differences = new ArrayList<>();
                compare("", wanted, decoded.get().tree(), differences);
                if (!decoded.get().undecoded().isEmpty()) {
                    undecoded.put(name, String.join(", ", decoded.get().undecoded()));
                    // The decoded fields are right, and the others are listed as undecoded.
                    assertThat(differences).as(name).allMatch(difference -> difference.endsWith(ABSENT));
                } else if (differences.isEmpty()) {
                    equal.add(name);
                } else {
                    different.put(name, differences.toString());
                }
            }
        }
        System.out.println(folder + ": equal " + equal.size() + ", fields not in the schema " + undecoded.size() + " "
                + undecoded + ", no schema " + noSchema.size() + " " + noSchema + ", different " + different.size());
        assertThat(equal).isNotEmpty();
        assertThat(different).isEmpty();
    }

    /** An API server treats null and absent alike. */
    private static void compare(String place, JsonNode wanted, JsonNode got, List<String> differences) {
        switch (wanted) {
            case ObjectNode object
            when got instanceof ObjectNode other -> {
                object.forEachEntry((name, value) -> {
                    if (!value.isNull() || other.has(name)) {
                        compare(place + "." + name, value, other.path(name), differences);
                    }
                });
                other.forEachEntry((name, value) -> {
                    if (!object.has(name)) {
                        differences.add(place + "." + name + " is not in JSON: " + value);
                    }
                });
            }
            case JsonNode list
            when list.isArray() && got.isArray() && list.size() == got.size() -> {
                for (int i = 0; i < list.size(); i++) {
                    compare(place + "[" + i + "]", list.get(i), got.get(i), differences);
                }
            }
            case JsonNode number
            when number.isNumber() && got.isNumber() -> {
                if (number.decimalValue().compareTo(got.decimalValue()) != 0) {
                    differences.add(place + ": " + number + " and " + got);
                }
            }
            default -> {
                if (!wanted.equals(got)) {
                    differences.add(place + ": " + wanted + " and " + (got.isMissingNode() ? ABSENT : got));
                }
            }
        }
    }

    private static ByteString raw(byte[] stored) throws IOException {
        var unknown = CodedInputStream.newInstance(stored, 4, stored.length - 4);
        var raw = ByteString.EMPTY;
        for (int tag = unknown.readTag(); tag != 0; tag = unknown.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) == 2) {
                raw = unknown.readBytes();
            } else {
                unknown.skipField(tag);
            }
        }
        return raw;
    }
}
