package dev.runbook.etcd.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IdentityTest {
    @Test
    void memberIdFollowsFromPeerUrlAndToken() {
        assertThat(MemberId.of(List.of(new PeerUrl("http://127.0.0.1:12380")), "etcd-cluster-1"))
                .hasToString("8211f1d0f64f3269");
    }

    /** Printed by {@code etcdctl snapshot restore} 3.4.23. */
    @Test
    void restoredMembershipIsWhatEtcdPrints() {
        Membership membership = InitialCluster.parse("n1=https://10.0.0.1:2380,n2=https://10.0.0.2:2380,"
                        + "n2=https://10.0.1.2:2380,n3=https://10.0.0.3:2380")
                .membership("restore-7");

        assertThat(membership.members())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "n1", MemberId.parse("c9bebdcfee834207"),
                        "n2", MemberId.parse("3c2280ce44077631"),
                        "n3", MemberId.parse("1460daaeb9bfa6bc")));
        assertThat(membership.clusterId()).hasToString("60c2180634d8cbc1");
    }

    /** Reported by a running etcd 3.4.23. */
    @Test
    void singleMemberIsWhatEtcdReports() {
        Membership membership = InitialCluster.parse("a=http://127.0.0.1:32380").membership("tok");

        assertThat(Long.toUnsignedString(membership.member("a").value())).isEqualTo("14590032085621120027");
        assertThat(Long.toUnsignedString(membership.clusterId().value())).isEqualTo("14765410957201216590");
    }

    @Test
    void idsOrderAsUnsignedNumbersAndPrintWithoutPadding() {
        assertThat(new MemberId(-1)).isGreaterThan(new MemberId(1)).hasToString("ffffffffffffffff");
        assertThat(new MemberId(0xabc)).hasToString("abc").isEqualTo(MemberId.parse("ABC"));
        assertThatIllegalArgumentException().isThrownBy(() -> MemberId.parse("-1"));
        assertThatIllegalArgumentException().isThrownBy(() -> ClusterId.parse("12345678901234567"));
    }

    @Test
    void initialClusterPrintsInAStableOrder() {
        assertThat(InitialCluster.parse("b=https://b:2380,a=https://z:2380,,a=https://c:2380"))
                .hasToString("a=https://c:2380,a=https://z:2380,b=https://b:2380")
                .isEqualTo(InitialCluster.parse("a=https://c:2380,b=https://b:2380,a=https://z:2380"));
        assertThat(InitialCluster.of(Map.of("n2", "https://[fd00::2]:2380", "n1", "http://h-1.example:1")))
                .hasToString("n1=http://h-1.example:1,n2=https://[fd00::2]:2380");
    }

    @Test
    void wrongInitialClustersAreRejectedWithAReason() {
        refuses("", "at least one member");
        refuses("https://a:2380", "not name=URL");
        refuses("=https://a:2380", "member name ''");
        refuses("a b=https://a:2380", "white space");
        refuses("a=https://a", "does not have the form");
        refuses("a=https://a:2380/", "without a path");
        refuses("a=ftp://a:2380", "must be http or https");
        refuses("a=https://a:70000", "outside 1 to 65535");
        refuses("a=https://a:1,b=https://a:1", "occurs twice: at a and b");
    }

    private static void refuses(String text, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> InitialCluster.parse(text))
                .withMessageContaining(why);
    }
}
