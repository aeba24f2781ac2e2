package dev.runbook.survey.start;

import dev.runbook.etcd.client.KeyPair;
import dev.runbook.facts.ManifestFolder;
import dev.runbook.facts.MemberFacts;
import dev.runbook.facts.MemberSource;
import dev.runbook.facts.StartNeed;
import dev.runbook.facts.UnitFacts;
import dev.runbook.model.Answer;
import dev.runbook.model.Need;
import dev.runbook.model.Query;
import dev.runbook.node.Node;
import dev.runbook.node.NodeUnreachable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Looks for everything that the components of a host need to start again. Private keys are compared with their certificates
 * and not kept.
 */
public final class StartSurvey {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    /** Characters of a file that are read. */
    static final int LARGEST = 256 * 1024;

    private static final String KUBELET = "kubelet.service";
    private static final String ETCD = "etcd";

    /** Files that a kubeconfig, or the kubelet's configuration, names. */
    private static final Pattern NAMED =
            Pattern.compile("(?m)^\\s*(?:- )?(?:client-certificate|client-key|certificate-authority"
                    + "|clientCAFile|tlsCertFile|tlsPrivateKeyFile):\\s*[\"']?(/[^\"'\\s#]+)");

    private final Node node;
    private final Needs needs = new Needs();

    private StartSurvey(Node node) {
        this.node = node;
    }

    /**
     * Surveys a host.
     *
     * @param units that exist; of these the kubelet counts where it runs static pods, and the others where they run
     */
    public static List<StartNeed> survey(
            Node node, Optional<ManifestFolder> manifests, Map<String, UnitFacts> units, Optional<MemberFacts> member)
            throws NodeUnreachable {
        return new StartSurvey(node).survey(manifests, units, member);
    }

    private List<StartNeed> survey(
            Optional<ManifestFolder> manifests, Map<String, UnitFacts> units, Optional<MemberFacts> member)
            throws NodeUnreachable {
        boolean pods = manifests.filter(folder -> !folder.manifests().isEmpty()).isPresent();
        manifests.ifPresent(folder -> folder.manifests().forEach(file -> {
            var name = file.path().substring(folder.path().length() + 1).replaceFirst("\\.yaml$", "");
            PodNeeds.add(
                    needs, name, file.text(), name.equals(ETCD) ? member.map(MemberFacts::flags) : Optional.empty());
        }));
        var ofMember = member.map(MemberFacts::source)
                .filter(MemberSource.Unit.class::isInstance)
                .map(source -> ((MemberSource.Unit) source).unit());
        var running = units.values().stream()
                .filter(unit -> Optional.of(unit.unit()).equals(ofMember)
                        || (unit.unit().equals(KUBELET) ? pods : unit.active()))
                .sorted(java.util.Comparator.comparing(UnitFacts::unit))
                .toList();
        var texts = texts(running.stream()
                .flatMap(unit -> new UnitNeeds(unit).environmentFiles().stream())
                .toList());
        running.forEach(unit -> new UnitNeeds(unit)
                .add(
                        needs,
                        texts,
                        Optional.of(unit.unit()).equals(ofMember) ? member.map(MemberFacts::flags) : Optional.empty()));
        followed();
        return found();
    }

    private Map<String, String> texts(List<String> paths) throws NodeUnreachable {
        var wanted = List.copyOf(new LinkedHashSet<>(paths));
        var texts = new HashMap<String, String>();
        if (wanted.isEmpty()) {
            return texts;
        }
        var answers = node.ask(
                wanted.stream()
                        .map(path -> (Query) new Query.ReadText(path, LARGEST))
                        .toList(),
                DEADLINE);
        for (int index = 0; index < wanted.size(); index++) {
            if (answers.get(index) instanceof Answer.Text(var text)) {
                texts.put(wanted.get(index), text);
            }
        }
        return texts;
    }

    /** Adds what kubeconfigs, and the kubelet's configuration, name in their turn. */
    private void followed() throws NodeUnreachable {
        var files = new ArrayList<>(needs.kubeconfigs());
        needs.all().stream()
                .filter(need -> need.component().equals("kubelet"))
                .filter(Need.AtPath.class::isInstance)
                .map(Need.AtPath.class::cast)
                .filter(need -> need.path().endsWith(".yaml") || need.path().endsWith(".conf"))
                .forEach(need ->
                        files.add(new Needs.Kubeconfig(need.component(), need.path(), need.user(), Optional::of)));
        var texts = texts(files.stream().map(Needs.Kubeconfig::path).toList());
        for (var file : files) {
            NAMED.matcher(texts.getOrDefault(file.path(), ""))
                    .results()
                    .flatMap(named -> file.onHost().apply(named.group(1)).stream())
                    .forEach(path -> needs.path(file.component(), Need.Shape.FILE, path, file.user()));
        }
    }

    private List<StartNeed> found() throws NodeUnreachable {
        var all = needs.all();
        if (all.isEmpty()) {
            return List.of();
        }
        var answers = node.ask(
                all.stream().map(need -> (Query) new Query.LackOf(need)).toList(), DEADLINE);
        var lacks = new HashMap<Need, String>();
        for (int index = 0; index < all.size(); index++) {
            // A node that cannot tell is no evidence that something is missing.
            if (answers.get(index) instanceof Answer.Lack(var why) && why.isPresent()) {
                lacks.put(all.get(index), why.get());
            }
        }
        lacks.putAll(foreignKeys(all.stream()
                .filter(need -> !lacks.containsKey(need) && needs.keys().containsKey(need))
                .toList()));
        return all.stream()
                .map(need -> new StartNeed(need, Optional.ofNullable(lacks.get(need))))
                .toList();
    }

    /** Keys that do not belong to their certificate, each with the reason. */
    private Map<Need, String> foreignKeys(List<Need> keys) throws NodeUnreachable {
        var texts = texts(keys.stream()
                .flatMap(key -> Stream.of(needs.certificate(key), key.describe()))
                .toList());
        var foreign = new HashMap<Need, String>();
        for (var key : keys) {
            var certificate = needs.certificate(key);
            if (texts.containsKey(certificate) && texts.containsKey(key.describe())) {
                KeyPair.problem(texts.getOrDefault(certificate, ""), texts.getOrDefault(key.describe(), ""))
                        .ifPresent(why -> foreign.put(key, why + " (" + certificate + ")"));
            }
        }
        return foreign;
    }
}
