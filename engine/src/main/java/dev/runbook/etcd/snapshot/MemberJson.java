package dev.runbook.etcd.snapshot;

import dev.runbook.etcd.identity.Member;
import dev.runbook.etcd.identity.MemberId;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a member from the JSON that etcd stores (etcd: server/etcdserver/api/membership/member.go). */
final class MemberJson {
    private static final JsonMapper MAPPER = new JsonMapper();

    private MemberJson() {}

    /** @throws IllegalArgumentException when the JSON is not a member */
    static Member read(MemberId id, byte[] json) {
        try {
            JsonNode member = MAPPER.readTree(json);
            if (!member.isObject()) {
                throw new IllegalArgumentException("not a JSON object");
            }
            return new Member(
                    id,
                    member.path("name").asString(""),
                    texts(member.path("peerURLs")),
                    texts(member.path("clientURLs")),
                    member.path("isLearner").asBoolean(false));
        } catch (JacksonException malformed) {
            throw new IllegalArgumentException(malformed.getOriginalMessage(), malformed);
        }
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : array) {
            texts.add(element.asString(""));
        }
        return texts;
    }
}
