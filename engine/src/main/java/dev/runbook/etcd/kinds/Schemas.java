package dev.runbook.etcd.kinds;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * The protobuf schemas of Kubernetes' kinds: the descriptors of the official client's {@code client-java-proto}, without
 * its classes (reasons: docs/architecture.md). A test asserts that the resource equals that library.
 */
final class Schemas {
    static final String RESOURCE = "kubernetes-descriptors.gz";

    /**
     * Versions that the library lacks, each with one that has the same fields; a run on Kubernetes' own test data proves it.
     */
    private static final Map<String, String> SAME_AS = Map.ofEntries(
            Map.entry("networking.k8s.io/v1beta1 Ingress", "extensions/v1beta1"),
            Map.entry("networking.k8s.io/v1beta1 IngressClass", "networking.k8s.io/v1"),
            Map.entry("networking.k8s.io/v1beta1 IPAddress", "networking.k8s.io/v1"),
            Map.entry("networking.k8s.io/v1beta1 ServiceCIDR", "networking.k8s.io/v1"),
            Map.entry("scheduling.k8s.io/v1beta1 PriorityClass", "scheduling.k8s.io/v1"),
            Map.entry("coordination.k8s.io/v1beta1 Lease", "coordination.k8s.io/v1"),
            Map.entry("node.k8s.io/v1beta1 RuntimeClass", "node.k8s.io/v1"),
            Map.entry("events.k8s.io/v1beta1 Event", "events.k8s.io/v1"),
            Map.entry("certificates.k8s.io/v1alpha1 ClusterTrustBundle", "certificates.k8s.io/v1beta1"),
            Map.entry("flowcontrol.apiserver.k8s.io/v1beta3 FlowSchema", "flowcontrol.apiserver.k8s.io/v1"),
            Map.entry(
                    "flowcontrol.apiserver.k8s.io/v1beta3 PriorityLevelConfiguration",
                    "flowcontrol.apiserver.k8s.io/v1"),
            Map.entry("resource.k8s.io/v1beta2 DeviceClass", "resource.k8s.io/v1"),
            Map.entry("resource.k8s.io/v1beta2 ResourceClaim", "resource.k8s.io/v1"),
            Map.entry("resource.k8s.io/v1beta2 ResourceClaimTemplate", "resource.k8s.io/v1"),
            Map.entry("resource.k8s.io/v1beta2 ResourceSlice", "resource.k8s.io/v1"),
            Map.entry("storage.k8s.io/v1alpha1 CSIStorageCapacity", "storage.k8s.io/v1beta1"),
            Map.entry("storage.k8s.io/v1alpha1 VolumeAttachment", "storage.k8s.io/v1beta1"),
            Map.entry("storage.k8s.io/v1alpha1 VolumeAttributesClass", "storage.k8s.io/v1beta1"),
            Map.entry(
                    "admissionregistration.k8s.io/v1alpha1 MutatingAdmissionPolicy",
                    "admissionregistration.k8s.io/v1beta1"),
            Map.entry(
                    "admissionregistration.k8s.io/v1alpha1 MutatingAdmissionPolicyBinding",
                    "admissionregistration.k8s.io/v1beta1"),
            Map.entry(
                    "admissionregistration.k8s.io/v1alpha1 ValidatingAdmissionPolicy",
                    "admissionregistration.k8s.io/v1beta1"),
            Map.entry(
                    "admissionregistration.k8s.io/v1alpha1 ValidatingAdmissionPolicyBinding",
                    "admissionregistration.k8s.io/v1beta1"));

    /** Groups whose name is not that of their folder with {@code .k8s.io}; the oldest have no domain. */
    private static final Map<String, String> GROUPS = Map.of(
            "core", "",
            "apps", "apps",
            "autoscaling", "autoscaling",
            "batch", "batch",
            "extensions", "extensions",
            "policy", "policy",
            "rbac", "rbac.authorization.k8s.io",
            "flowcontrol", "flowcontrol.apiserver.k8s.io",
            "apiserverinternal", "internal.apiserver.k8s.io");

    private final Map<String, FileDescriptorProto> sources = new HashMap<>();
    private final Map<String, String> sourceOfVersion = new HashMap<>();
    private final Map<String, FileDescriptor> built = new HashMap<>();

    private Schemas() {
        try (var resource = Objects.requireNonNull(Schemas.class.getResourceAsStream(RESOURCE), RESOURCE);
                var unpacked = new GZIPInputStream(resource)) {
            FileDescriptorSet.parseFrom(unpacked).getFileList().forEach(file -> {
                sources.put(file.getName(), file);
                apiVersion(file.getPackage()).ifPresent(version -> sourceOfVersion.put(version, file.getName()));
            });
        } catch (IOException damaged) {
            throw new UncheckedIOException("the jar of runbook is damaged: " + RESOURCE, damaged);
        }
    }

    /** Loaded at its first use, because most commands do not need it. */
    private static final class Holder {
        static final Schemas LOADED = new Schemas();
    }

    /** The message of a kind. */
    static Optional<Descriptor> find(String apiVersion, String kind) {
        return Holder.LOADED.message(SAME_AS.getOrDefault(apiVersion + " " + kind, apiVersion), kind);
    }

    /** {@code k8s.io.api.apps.v1} is {@code apps/v1}; empty for a package without kinds. */
    private static Optional<String> apiVersion(String protobufPackage) {
        if (!protobufPackage.contains(".api.") && !protobufPackage.contains(".apis.apiextensions.")) {
            return Optional.empty();
        }
        String[] words = protobufPackage.split("\\.", -1);
        String folder = words[words.length - 2];
        String version = words[words.length - 1];
        String group = GROUPS.getOrDefault(folder, folder + ".k8s.io");
        return Optional.of(group.isEmpty() ? version : group + "/" + version);
    }

    private synchronized Optional<Descriptor> message(String apiVersion, String kind) {
        return Optional.ofNullable(sourceOfVersion.get(apiVersion))
                .map(this::build)
                .map(file -> file.findMessageTypeByName(kind))
                // Spec, status and the like have no metadata, so they are not kinds.
                .filter(type -> type.findFieldByName("metadata") != null);
    }

    private FileDescriptor build(String name) {
        FileDescriptor known = built.get(name);
        if (known != null) {
            return known;
        }
        FileDescriptorProto source = Objects.requireNonNull(sources.get(name), name);
        FileDescriptor[] imports =
                source.getDependencyList().stream().map(this::build).toArray(FileDescriptor[]::new);
        try {
            FileDescriptor file = FileDescriptor.buildFrom(source, imports);
            built.put(name, file);
            return file;
        } catch (DescriptorValidationException damaged) {
            throw new IllegalStateException("the jar of runbook is damaged: " + RESOURCE, damaged);
        }
    }

    /** All messages, for tests of the tables. */
    static synchronized Iterable<FileDescriptor> all() {
        Schemas schemas = Holder.LOADED;
        return schemas.sources.keySet().stream().sorted().map(schemas::build).toList();
    }
}
