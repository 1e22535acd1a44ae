package aparte.consent.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page for data-protection officers names what the files of SQL make, and nothing else. */
class PrivacyPageTest {
    private static final Path FILES = Path.of("src", "main", "resources", "META-INF", "aparte", "sql");
    private static final Pattern TABLE =
            Pattern.compile("CREATE TABLE IF NOT EXISTS (\\w+) \\((.*?)\\n\\)", Pattern.DOTALL);
    private static final Pattern COLUMN = Pattern.compile("(?m)^ {4}([a-z_]+) [A-Z]");
    private static final Pattern NAME = Pattern.compile("`([a-z_]+)`");

    /** The rows of the page's table: each table with what stands in the column of columns. */
    private static Map<String, Set<String>> page() throws IOException {
        Map<String, Set<String>> page = new LinkedHashMap<>();
        for (String line : Files.readAllLines(Path.of("..", "PRIVACY.md"))) {
            String[] cells = line.split("\\|", -1);
            if (line.startsWith("| `aparte_")) {
                page.put(names(cells[1]).iterator().next(), names(cells[2]));
            }
        }
        return page;
    }

    private static Set<String> names(String cell) {
        Set<String> names = new LinkedHashSet<>();
        Matcher name = NAME.matcher(cell);
        while (name.find()) {
            names.add(name.group(1));
        }
        return names;
    }

    private static Map<String, Set<String>> made(String database) throws IOException {
        Map<String, Set<String>> made = new LinkedHashMap<>();
        try (Stream<Path> files = Files.list(FILES.resolve(database))) {
            for (Path file : files.sorted().toList()) {
                Matcher table = TABLE.matcher(Files.readString(file));
                while (table.find()) {
                    Set<String> columns = new LinkedHashSet<>();
                    Matcher column = COLUMN.matcher(table.group(2));
                    while (column.find()) {
                        columns.add(column.group(1));
                    }
                    made.put(table.group(1), columns);
                }
            }
        }
        return made;
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "h2", "postgresql"})
    void names_every_table_and_every_column_of_it(String database) throws IOException {
        assertThat(page()).containsExactlyInAnyOrderEntriesOf(made(database));
    }

    @Test
    void is_held_against_every_statement_that_makes_or_changes_a_table() throws IOException {
        Set<String> others = new TreeSet<>();
        int tables = 0;
        for (String database : List.of("sqlite", "h2", "postgresql")) {
            tables += made(database).size();
            try (Stream<Path> files = Files.list(FILES.resolve(database))) {
                for (Path file : files.toList()) {
                    Matcher statement =
                            Pattern.compile("(?m)^(CREATE TABLE|ALTER)\\b.*").matcher(Files.readString(file));
                    while (statement.find()) {
                        others.add(database + " " + statement.group());
                    }
                }
            }
        }

        assertThat(others)
                .hasSize(tables)
                .allSatisfy(statement -> assertThat(statement).contains("CREATE TABLE"));
    }
}
