package dev.runbook.node.shell;

import dev.runbook.node.MemberReader;
import dev.runbook.node.MemberUnreachable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongConsumer;

/** For tests without etcd. */
public enum NoMembers implements MemberDialer {
    INSTANCE;

    @Override
    public MemberReader dial(Route route) throws MemberUnreachable {
        throw new MemberUnreachable("there is no etcd in this test");
    }

    @Override
    public void saveSnapshot(Route route, Path target, Duration deadline, LongConsumer moved) throws MemberUnreachable {
        throw new MemberUnreachable("there is no etcd in this test");
    }
}
