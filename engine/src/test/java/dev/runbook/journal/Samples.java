package dev.runbook.journal;

import dev.runbook.model.ActionResult;
import dev.runbook.model.Attributes;
import dev.runbook.model.EtcdAccess;
import dev.runbook.model.EtcdTool;
import dev.runbook.model.Failure;
import dev.runbook.model.action.FileAction;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** One or more samples of any record of the model's families, made from their components, so that none is left out. */
final class Samples {
    private Samples() {}

    /** Every record of a family, each twice where it has anything optional: with it, and without. */
    static List<Object> of(Class<?> family) {
        var samples = new ArrayList<>();
        for (var leaf : leaves(family)) {
            samples.add(record(leaf, true));
            if (!record(leaf, true).equals(record(leaf, false))) {
                samples.add(record(leaf, false));
            }
        }
        return samples;
    }

    static List<Class<?>> leaves(Class<?> family) {
        if (!family.isSealed()) {
            return List.of(family);
        }
        var leaves = new ArrayList<Class<?>>();
        for (var permitted : family.getPermittedSubclasses()) {
            leaves.addAll(leaves(permitted));
        }
        return leaves;
    }

    private static Object record(Class<?> type, boolean whole) {
        try {
            var components = type.getRecordComponents();
            var types = new Class<?>[components.length];
            var values = new Object[components.length];
            for (int index = 0; index < components.length; index++) {
                types[index] = components[index].getType();
                values[index] = value(components[index].getGenericType(), components[index].getName(), whole);
            }
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("no sample of " + type, e);
        }
    }

    private static Object value(Type type, String name, boolean whole) {
        if (type instanceof ParameterizedType generic) {
            var arguments = generic.getActualTypeArguments();
            return switch (((Class<?>) generic.getRawType()).getSimpleName()) {
                case "Optional" -> whole ? Optional.of(value(arguments[0], name, true)) : Optional.empty();
                case "List" -> List.of(value(arguments[0], name, whole));
                case "Map" -> Map.of("cp1", value(arguments[1], name, whole));
                default -> throw new IllegalArgumentException("no sample of " + type);
            };
        }
        return plain((Class<?>) type, name, whole);
    }

    private static Object plain(Class<?> type, String name, boolean whole) {
        if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        return switch (type.getSimpleName()) {
            case "String" -> "a text for " + name + ": \"quotes\", ümläuts, \n";
            case "int", "Integer" -> 3;
            case "long" -> 4294967295L;
            case "boolean" -> true;
            case "Path" -> Path.of("/backups/etcd.db");
            case "Duration" -> Duration.ofMillis(90_500);
            case "Instant" -> Instant.parse("2026-01-02T03:04:05.678Z");
            case "OptionalInt" -> whole ? OptionalInt.of(137) : OptionalInt.empty();
            case "OptionalLong" -> whole ? OptionalLong.of(1_000_000_000_000L) : OptionalLong.empty();
            case "Attributes" -> new Attributes("0640", 0, 104);
            case "Failure" ->
                whole ? new Failure("why", Optional.of("etcdctl"), OptionalInt.of(1), "stderr\n") : Failure.of("why");
            case "EtcdAccess" -> new EtcdAccess("127.0.0.1", 2379, Optional.empty());
            case "EtcdTool" -> whole ? new EtcdTool.InImage("etcdutl", "etcd:1") : new EtcdTool.OnHost("etcdutl", "/x");
            case "Action" -> new FileAction.MovePath("/from", "/to");
            case "ActionResult" -> new ActionResult.Done(Duration.ofMillis(3));
            default -> record(leaves(type).getFirst(), whole);
        };
    }
}
