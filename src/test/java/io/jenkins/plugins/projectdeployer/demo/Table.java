package io.jenkins.plugins.projectdeployer.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows in columns as wide as their widest cell. */
final class Table {

    private final List<List<String>> rows = new ArrayList<>();

    Table(String... header) {
        rows.add(List.of(header));
    }

    Table row(Object... cells) {
        rows.add(IntStream.range(0, cells.length).mapToObj(i -> cells[i] == null ? "-" : cells[i].toString()).toList());
        return this;
    }

    /** The lines, header first. */
    List<String> lines() {
        int[] widths = IntStream.range(0, rows.get(0).size())
                .map(column -> rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
                .toArray();
        return rows.stream()
                .map(row -> IntStream.range(0, widths.length)
                        .mapToObj(i -> String.format("%-" + Math.max(1, widths[i]) + "s", row.get(i)))
                        .collect(Collectors.joining("  "))
                        .stripTrailing())
                .toList();
    }
}
