package dev.runbook.etcd.kinds;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Field names that differ between the schemas and JSON, as {@code MESSAGE.FIELD} in any group; taken from the tags in
 * {@code types.go} of k8s.io/api, apimachinery and apiextensions-apiserver.
 */
final class FieldNames {
    /** Go embeds these structs: {@code json:",inline"}. */
    static final Set<String> INLINED = Set.of(
            "ConfigMapEnvSource.localObjectReference",
            "ConfigMapKeySelector.localObjectReference",
            "ConfigMapProjection.localObjectReference",
            "ConfigMapVolumeSource.localObjectReference",
            "DeviceAllocationConfiguration.deviceConfiguration",
            "DeviceClaimConfiguration.deviceConfiguration",
            "DeviceClassConfiguration.deviceConfiguration",
            "EphemeralContainer.ephemeralContainerCommon",
            "IngressRule.ingressRuleValue",
            "NamedRuleWithOperations.ruleWithOperations",
            "PersistentVolumeSpec.persistentVolumeSource",
            "Probe.handler",
            "RuleWithOperations.rule",
            "SecretEnvSource.localObjectReference",
            "SecretKeySelector.localObjectReference",
            "SecretProjection.localObjectReference",
            "Volume.volumeSource");

    static final Map<String, String> RENAMED = Map.ofEntries(
            Map.entry("BoundObjectReference.uID", "uid"),
            Map.entry("IngressClassParametersReference.aPIGroup", "apiGroup"),
            Map.entry("JSONSchemaProps.ref", "$ref"),
            Map.entry("JSONSchemaProps.schema", "$schema"),
            Map.entry("JSONSchemaProps.xKubernetesEmbeddedResource", "x-kubernetes-embedded-resource"),
            Map.entry("JSONSchemaProps.xKubernetesIntOrString", "x-kubernetes-int-or-string"),
            Map.entry("JSONSchemaProps.xKubernetesListMapKeys", "x-kubernetes-list-map-keys"),
            Map.entry("JSONSchemaProps.xKubernetesListType", "x-kubernetes-list-type"),
            Map.entry("JSONSchemaProps.xKubernetesMapType", "x-kubernetes-map-type"),
            Map.entry("JSONSchemaProps.xKubernetesPreserveUnknownFields", "x-kubernetes-preserve-unknown-fields"),
            Map.entry("JSONSchemaProps.xKubernetesValidations", "x-kubernetes-validations"),
            Map.entry("MutatingWebhookConfiguration.Webhooks", "webhooks"),
            Map.entry("ValidatingWebhookConfiguration.Webhooks", "webhooks"),
            Map.entry("Validation.Expression", "expression"),
            Map.entry("Variable.Expression", "expression"),
            Map.entry("Variable.Name", "name"));

    private static final Set<String> OMITTED_WHEN_ZERO = read("omitted-when-zero.txt");

    private FieldNames() {}

    static boolean inlined(FieldDescriptor field) {
        return INLINED.contains(qualified(field));
    }

    static String json(FieldDescriptor field) {
        return RENAMED.getOrDefault(qualified(field), field.getName());
    }

    /**
     * Whether Go's encoder omits a value: a zero behind a pointer differs from an absent field ({@code replicas: 0}, {@code
     * storageClassName: ""}), any other zero does not.
     */
    static boolean omitted(FieldDescriptor field, Object value) {
        boolean zero = switch (value) {
            case String text -> text.isEmpty();
            case Boolean flag -> !flag;
            case Integer number -> number == 0;
            case Long number -> number == 0;
            case Double number -> number == 0;
            case ByteString bytes -> bytes.isEmpty();
            default -> false;
        };
        return zero && (OMITTED_WHEN_ZERO.contains(field.getName()) || OMITTED_WHEN_ZERO.contains(qualified(field)));
    }

    static Set<String> omittedWhenZero() {
        return OMITTED_WHEN_ZERO;
    }

    static String qualified(FieldDescriptor field) {
        return field.getContainingType().getName() + "." + field.getName();
    }

    private static Set<String> read(String name) {
        try (var resource = Objects.requireNonNull(FieldNames.class.getResourceAsStream(name), name)) {
            return new String(resource.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException damaged) {
            throw new UncheckedIOException("the jar of runbook is damaged: " + name, damaged);
        }
    }
}
