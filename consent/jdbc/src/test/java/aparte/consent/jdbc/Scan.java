package aparte.consent.jdbc;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;

/** Every cell of every column of every table of ours. */
final class Scan {
    /** A cell, as bytes and as text. */
    record Cell(String table, String column, String text, List<Byte> bytes) {
        boolean is(byte[] other) {
            return bytes.equals(boxed(other));
        }

        @Override
        public String toString() {
            return table + "." + column + ": " + text;
        }
    }

    private final List<Cell> cells;

    private Scan(List<Cell> cells) {
        this.cells = cells;
    }

    static Scan of(DataSource source) throws SQLException {
        List<Cell> cells = new ArrayList<>();
        try (Connection connection = source.getConnection()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet names =
                    connection.getMetaData().getTables(null, connection.getSchema(), null, new String[] {"TABLE"})) {
                while (names.next()) {
                    tables.add(names.getString("TABLE_NAME"));
                }
            }
            for (String table : tables) {
                if (table.toLowerCase(Locale.ROOT).startsWith("aparte_")) {
                    read(connection, table, cells);
                }
            }
        }
        return new Scan(cells);
    }

    private static void read(Connection connection, String table, List<Cell> cells) throws SQLException {
        try (ResultSet rows = connection.createStatement().executeQuery("SELECT * FROM " + table)) {
            while (rows.next()) {
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    Object value = rows.getObject(i);
                    if (value != null) {
                        byte[] bytes = value instanceof byte[] binary
                                ? binary
                                : value.toString().getBytes(StandardCharsets.UTF_8);
                        cells.add(new Cell(
                                table.toLowerCase(Locale.ROOT),
                                rows.getMetaData().getColumnName(i).toLowerCase(Locale.ROOT),
                                new String(bytes, StandardCharsets.ISO_8859_1),
                                boxed(bytes)));
                    }
                }
            }
        }
    }

    private static List<Byte> boxed(byte[] bytes) {
        Byte[] boxed = new Byte[bytes.length];
        Arrays.setAll(boxed, i -> bytes[i]);
        return List.of(boxed);
    }

    List<Cell> cells() {
        return cells;
    }

    List<String> textIn(String table, String column) {
        return cells.stream()
                .filter(cell -> cell.table().equals(table) && cell.column().equals(column))
                .map(Cell::text)
                .toList();
    }
}
