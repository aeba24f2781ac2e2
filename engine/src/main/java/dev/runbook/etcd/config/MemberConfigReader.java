package dev.runbook.etcd.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads from a member's flags what a restore needs, with etcd's defaults. */
final class MemberConfigReader {
    private static final String DEFAULT_PEER_URL = "http://localhost:2380";
    private static final Pattern NAME = Pattern.compile("[^\\s,=\\p{Cntrl}]+");
    private static final String CANNOT_BE_TOLD =
            "whose value cannot be told on this host: write the value itself into the manifest";
    private static final String DEFAULT_CLIENT_URL = "http://localhost:2379";

    private final Map<String, String> flags;
    private final Map<String, String> untold;
    private final Function<String, Optional<String>> hostPathOf;

    /** @param untold variables whose values cannot be told, with their sources */
    MemberConfigReader(
            Map<String, String> flags, Map<String, String> untold, Function<String, Optional<String>> hostPathOf) {
        this.flags = flags;
        this.untold = untold;
        this.hostPathOf = hostPathOf;
    }

    MemberConfig read(ConfigSource source, Optional<String> image) throws ConfigProblem {
        String name = name();
        Optional<String> walDir = flag("wal-dir");
        return new MemberConfig(
                name,
                onHost("data-dir", flag("data-dir").orElse(name + ".etcd")),
                walDir.isEmpty() ? walDir : Optional.of(onHost("wal-dir", walDir.get())),
                urls("initial-advertise-peer-urls", DEFAULT_PEER_URL),
                listenUrls(),
                urls("advertise-client-urls", DEFAULT_CLIENT_URL),
                clientTls(source),
                flag("initial-cluster"),
                flag("initial-cluster-state"),
                source,
                image,
                flags);
    }

    private Optional<ClientTls> clientTls(ConfigSource source) throws ConfigProblem {
        if (listenUrls().stream().noneMatch(url -> url.startsWith("https:"))) {
            return Optional.empty();
        }
        Optional<String> caFile = hostFile("trusted-ca-file");
        Optional<String> certFile = hostFile("cert-file");
        Optional<String> keyFile = hostFile("key-file");
        // etcd requires client certificates whenever it has a CA to check them with.
        boolean requiresCertificate = caFile.isPresent()
                || flag("client-cert-auth").filter("true"::equals).isPresent();
        if (!requiresCertificate || certFile.isEmpty() || keyFile.isEmpty()) {
            return Optional.of(new ClientTls(caFile, Optional.empty()));
        }
        ClientTls.Identity identity = switch (source) {
            case ConfigSource.StaticPod pod
            when certFile.get().endsWith("/pki/etcd/server.crt") -> {
                // kubeadm's liveness probes have a client certificate of their own beside the server's.
                String folder = certFile.get().substring(0, certFile.get().lastIndexOf('/'));
                yield new ClientTls.Identity(folder + "/healthcheck-client.crt", folder + "/healthcheck-client.key");
            }
            case ConfigSource.StaticPod pod -> new ClientTls.Identity(certFile.get(), keyFile.get());
            case ConfigSource.SystemdService service -> new ClientTls.Identity(certFile.get(), keyFile.get());
        };
        return Optional.of(new ClientTls(caFile, Optional.of(identity)));
    }

    private Optional<String> hostFile(String name) throws ConfigProblem {
        Optional<String> path = flag(name);
        return path.isEmpty() ? path : Optional.of(onHost(name, path.get()));
    }

    private String onHost(String flag, String path) throws ConfigProblem {
        return hostPathOf
                .apply(path)
                .filter(found -> !found.isEmpty())
                .orElseThrow(() -> new ConfigProblem("--" + flag + " " + path + " is not in a folder of the host"));
    }

    /** The name is a part of the new cluster's list of members. */
    private String name() throws ConfigProblem {
        String name = flag("name").orElse("default");
        if (!NAME.matcher(name).matches()) {
            throw new ConfigProblem(
                    "--name is '" + name + "', which has a comma, an equals sign, white space or a control character");
        }
        return name;
    }

    /** Sockets of the file system are left out: no tunnel reaches them. */
    private List<String> listenUrls() throws ConfigProblem {
        List<String> urls = new ArrayList<>();
        for (String url : split("listen-client-urls", DEFAULT_CLIENT_URL)) {
            if (url.startsWith("unix:") || url.startsWith("unixs:")) {
                continue;
            }
            if (!parsed("listen-client-urls", url).canListen()) {
                throw new ConfigProblem("--listen-client-urls has '" + url
                        + "', and etcd listens on addresses, not on names: it does not start");
            }
            urls.add(url);
        }
        return urls;
    }

    private List<String> urls(String name, String fallback) throws ConfigProblem {
        List<String> urls = split(name, fallback);
        for (String url : urls) {
            parsed(name, url);
        }
        return urls;
    }

    private static EtcdUrl parsed(String name, String url) throws ConfigProblem {
        try {
            return EtcdUrl.parse(url);
        } catch (ConfigProblem e) {
            throw new ConfigProblem("a URL of --" + name + ", " + e.getMessage());
        }
    }

    private List<String> split(String name, String fallback) throws ConfigProblem {
        return Arrays.stream(flag(name).orElse(fallback).split(",", -1))
                .map(String::strip)
                .filter(url -> !url.isEmpty())
                .toList();
    }

    private Optional<String> flag(String name) throws ConfigProblem {
        String variable = EffectiveFlags.variable(name);
        Optional<String> value = Optional.ofNullable(flags.get(name)).filter(text -> !text.isEmpty());
        if (value.isEmpty() && untold.containsKey(variable)) {
            throw new ConfigProblem(variable + " comes from " + untold.get(variable) + ", " + CANNOT_BE_TOLD);
        }
        for (Map.Entry<String, String> source : untold.entrySet()) {
            String reference = "$(" + source.getKey() + ")";
            if (value.isPresent() && value.get().contains(reference)) {
                throw new ConfigProblem("--" + name + " is " + value.get() + ", and " + reference + " comes from "
                        + source.getValue() + ", " + CANNOT_BE_TOLD);
            }
        }
        return value;
    }
}
