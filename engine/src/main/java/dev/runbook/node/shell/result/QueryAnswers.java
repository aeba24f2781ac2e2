package dev.runbook.node.shell.result;

import dev.runbook.model.Answer;
import dev.runbook.model.Attributes;
import dev.runbook.model.Query;
import dev.runbook.node.shell.wire.ScriptResult;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** What the functions of {@code queries.sh} print, read. */
public final class QueryAnswers {
    private QueryAnswers() {}

    public static Answer parse(Query query, ScriptResult outcome) {
        if (outcome.mark("missing").isPresent()) {
            return new Answer.Missing();
        }
        if (outcome.status() != 0) {
            return new Answer.Refused(outcome.why());
        }
        var bytes = outcome.output();
        var text = new String(bytes, StandardCharsets.UTF_8);
        try {
            return switch (query) {
                case Query.WhoAmI() -> identity(text.lines().toList());
                case Query.Stat(var path) -> pathInfo(text.strip().split(" ", 8));
                case Query.ReadText(var path, var maximum) -> content(path, bytes, maximum);
                case Query.ListFolder(var path) ->
                    new Answer.Names(fields(text).stream().sorted().toList());
                case Query.FreeSpace(var path) -> blocks(text.strip().split(" ", 2));
                case Query.TreeSize(var path) ->
                    new Answer.Bytes(Long.parseLong(text.strip().split("\\s", 2)[0]));
                case Query.Digest(var path) -> new Answer.Text(text.substring(0, 64));
                case Query.UnitProperties(var unit, var names) -> properties(text, names);
                case Query.FindTool(var program, var arguments) -> tool(text.split("\0", 2));
                case Query.LackOf(var need) ->
                    new Answer.Lack(Optional.of(text.strip()).filter(why -> !why.isEmpty()));
                case Query.RunningContainers() -> new Answer.Containers(ContainerLists.parse(fields(text)));
            };
        } catch (IndexOutOfBoundsException | IllegalArgumentException | CharacterCodingException e) {
            return new Answer.Refused("the answer to " + query + " is not understood: " + e.getMessage());
        }
    }

    private static Answer identity(List<String> lines) {
        return new Answer.Identity(lines.get(0), Integer.parseInt(lines.get(1)), lines.get(2), instant(lines.get(3)));
    }

    private static Instant instant(String seconds) {
        var exact = new BigDecimal(seconds);
        var whole = exact.toBigInteger().longValueExact();
        var nanos = exact.subtract(BigDecimal.valueOf(whole)).movePointRight(9).longValue();
        return Instant.ofEpochSecond(whole, nanos);
    }

    /** Raw mode in hex, owner, group, size, modification, device, whether mounted, label. */
    private static Answer pathInfo(String[] field) {
        var raw = Integer.parseInt(field[0], 16);
        var kind = switch (raw >> 12) {
            case 8 -> Answer.Kind.FILE;
            case 4 -> Answer.Kind.FOLDER;
            case 10 -> Answer.Kind.LINK;
            default -> Answer.Kind.OTHER;
        };
        var mode = String.format("%04o", raw & 07777);
        return new Answer.PathInfo(
                kind,
                new Attributes(mode, Integer.parseInt(field[1]), Integer.parseInt(field[2])),
                Long.parseLong(field[3]),
                instant(field[4]),
                field[6].equals("yes"),
                Long.parseLong(field[5]),
                field[7].equals("?") ? Optional.empty() : Optional.of(field[7]));
    }

    private static Answer content(String path, byte[] bytes, int maximum) throws CharacterCodingException {
        if (bytes.length > maximum) {
            return new Answer.Refused(path + " is longer than " + maximum + " bytes");
        }
        // A decoder of one's own refuses what is no UTF-8; new String would put other characters in its place.
        var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
        return new Answer.Text(text.toString());
    }

    private static Answer blocks(String[] field) {
        return new Answer.Bytes(Math.multiplyExact(Long.parseLong(field[0]), Long.parseLong(field[1])));
    }

    private static Answer properties(String text, List<String> names) {
        var values = new LinkedHashMap<String, String>();
        var current = "";
        for (var line : text.lines().toList()) {
            var equals = line.indexOf('=');
            if (equals > 0 && names.contains(line.substring(0, equals))) {
                current = line.substring(0, equals);
                // ExecStart and its like may be there several times.
                values.merge(current, line.substring(equals + 1), (before, more) -> before + "\n" + more);
            } else if (!current.isEmpty()) {
                values.merge(current, line, (before, more) -> before + "\n" + more);
            }
        }
        return new Answer.Properties(values);
    }

    private static Answer tool(String[] field) {
        return new Answer.Tool(field[0], field[1].strip());
    }

    /** Texts that each end with a NUL. */
    private static List<String> fields(String text) {
        var found = new ArrayList<String>();
        for (var start = 0; start < text.length(); ) {
            var end = text.indexOf('\0', start);
            if (end < 0) {
                end = text.length();
            }
            found.add(text.substring(start, end));
            start = end + 1;
        }
        return found;
    }
}
