package dev.runbook.etcd.objects;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControllerOwnedTest {
    /**
     * The namespace has a Deployment with UID d, its ReplicaSet with UID r, an object that owns itself, and a Service with a
     * selector, but no object with UID gone.
     */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        apps/v1 ReplicaSet | a | {"ownerReferences":[{"controller":true,"uid":"d"}]} | {} | recreated by their controllers
        apps/v1 ReplicaSet | a | {"ownerReferences":[{"controller":true,"uid":"gone"}]} | {} | ''
        v1 Pod | a | {"ownerReferences":[{"controller":true,"uid":"r"}]} | {} | recreated by their controllers
        v1 Pod | a | {"ownerReferences":[{"controller":true,"uid":"own"}]} | {} | ''
        v1 Pod | a | {"ownerReferences":[{"controller":false,"uid":"d"}]} | {} | ''
        v1 Secret | a | {"ownerReferences":[{"controller":true,"uid":"d"}]} | {} | ''
        v1 PersistentVolumeClaim | a | {"ownerReferences":[{"controller":true,"uid":"d"}]} | {} | ''
        v1 Pod | a | {} | {"phase":"Running"} | ''
        v1 Pod | a | {} | {"phase":"Succeeded"} | finished, so they would run again
        v1 Pod | a | {"annotations":{"kubernetes.io/config.mirror":"x"}} | {} | created from manifests on a node
        batch/v1 Job | a | {} | {"conditions":[{"type":"Complete","status":"True"}]} | finished, so they would run again
        batch/v1 Job | a | {} | {"conditions":[{"type":"Suspended","status":"True"}]} | ''
        v1 Event | a | {} | {} | records of the past
        events.k8s.io/v1 Event | a | {} | {} | records of the past
        example.org/v1 Event | a | {} | {} | ''
        coordination.k8s.io/v1 Lease | a | {} | {} | acquired anew by their holders
        v1 Endpoints | web | {} | {} | recreated by their controllers
        v1 Endpoints | outside | {} | {} | ''
        discovery.k8s.io/v1 EndpointSlice | a | {"labels":{"endpointslice.kubernetes.io/managed-by":"endpointslice-controller.k8s.io"}} | {} | recreated by their controllers
        discovery.k8s.io/v1 EndpointSlice | a | {"labels":{"endpointslice.kubernetes.io/managed-by":"me"}} | {} | ''
        v1 ConfigMap | kube-root-ca.crt | {} | {} | recreated in every namespace
        v1 ConfigMap | cfg | {} | {} | ''
        """)
    void recreatedAndFinishedObjectsHaveAReason(
            String type, String name, String metadata, String status, String reason) {
        var madeAgain = new ControllerOwned();
        madeAgain.add(object("apps/v1 Deployment", "web", "{\"uid\":\"d\"}", "{}", "{}"));
        madeAgain.add(owned("r", "d"));
        madeAgain.add(owned("own", "own"));
        madeAgain.add(object("v1 Service", "web", "{\"uid\":\"s\"}", "{}", "{\"selector\":{\"app\":\"web\"}}"));
        madeAgain.add(object("v1 Service", "outside", "{\"uid\":\"o\"}", "{}", "{}"));

        assertThat(madeAgain.reason(object(type, name, metadata, status, "{}")).orElse(""))
                .isEqualTo(reason);
    }

    private static StoredObject owned(String uid, String controller) {
        return object(
                "apps/v1 ReplicaSet",
                uid,
                "{\"uid\":\"" + uid + "\",\"ownerReferences\":[{\"controller\":true,\"uid\":\"" + controller + "\"}]}",
                "{}",
                "{}");
    }

    private static StoredObject object(String type, String name, String metadata, String status, String spec) {
        String[] words = type.split(" ", 2);
        return StoredObject.of("""
            {"apiVersion":"%s","kind":"%s","metadata":%s,"spec":%s,"status":%s}\
            """.formatted(
                        words[0],
                        words[1],
                        metadata.replaceFirst("\\{", "{\"name\":\"" + name + "\"" + (metadata.equals("{}") ? "" : ",")),
                        spec,
                        status)
                .getBytes(UTF_8));
    }
}
