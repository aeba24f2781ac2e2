package dev.runbook.cli.snapshot;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.json.JsonMapper;

/** Values formatted for the operator. */
final class HumanText {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};

    private HumanText() {}

    static String json(Object value) {
        return JSON.writeValueAsString(value);
    }

    /** A size as etcdctl and etcdutl print it: two digits, powers of 1000 (github.com/dustin/go-humanize). */
    static String size(long bytes) {
        if (bytes < 10) {
            return bytes + " B";
        }
        int unit = (int) Math.floor(Math.log((double) bytes) / Math.log(1000));
        double value = Math.floor((double) bytes / Math.pow(1000, unit) * 10 + 0.5) / 10;
        // Go rounds a half to the even neighbour, String.format does not.
        return new BigDecimal(value).setScale(value < 10 ? 1 : 0, RoundingMode.HALF_EVEN) + " " + UNITS[unit];
    }

    static String orNone(OptionalLong value) {
        return value.isPresent() ? Long.toString(value.getAsLong()) : "-";
    }

    static String orNone(Optional<?> value) {
        return value.<String>map(Object::toString).orElse("-");
    }

    /** Columns as wide as their widest cell; the last one is not padded. */
    static List<String> columns(List<List<String>> rows) {
        List<Integer> widths = new ArrayList<>();
        for (List<String> row : rows) {
            for (int column = 0; column < row.size(); column++) {
                int width = row.get(column).length();
                if (column == widths.size()) {
                    widths.add(width);
                } else {
                    widths.set(column, Math.max(widths.get(column), width));
                }
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, List<Integer> widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size() - 1; column++) {
            String cell = row.get(column);
            line.append(cell).repeat(" ", widths.get(column) - cell.length() + 2);
        }
        return line.append(row.getLast()).toString().stripTrailing();
    }
}
