package aparte.channel.http;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.Address;
import aparte.ChannelId;
import aparte.Identity;
import aparte.InboundEvent;
import aparte.InboundEvent.PersonNoticed;
import aparte.InboundEvent.Unknown;
import aparte.SenderId;
import aparte.channel.http.GraphNotification.Around;
import aparte.channel.http.GraphNotification.Said;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GraphNotificationTest {
    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");
    private static final ChannelId CHANNEL = ChannelId.of("carrier-pigeon");
    private static final JsonInput.Names WORD = JsonInput.Names.of("word");

    /** Reads {@code {"word":W}} as a notice W; knows not the word {@code new}, half the word {@code half}. */
    private static final GraphNotification.Items<String> ITEMS = new GraphNotification.Items<>() {
        @Override
        public String read(JsonInput json) throws IOException {
            String word = "";
            while (json.hasNext()) {
                if (json.name(WORD) == 0) {
                    word = String.valueOf(json.text());
                } else {
                    json.skip();
                }
            }
            json.end();
            return word;
        }

        @Override
        public Optional<Instant> at(String word) {
            return EpochTime.parse(word);
        }

        @Override
        public Said said(String word, Around around) {
            String notice =
                    around.from() + ":" + around.field() + ":" + around.node().orElse("-") + ":" + word;
            return switch (word) {
                case "new" -> Said.unread("a new word");
                case "half" -> new Said(List.of(notice(notice, around)), Optional.of("the other half"));
                case "bad" -> throw new IllegalArgumentException("malformed");
                default -> Said.of(notice(notice, around));
            };
        }
    };

    private static InboundEvent notice(String notice, Around around) {
        InboundEvent.Source source = new InboundEvent.Source(
                notice,
                new SenderId(CHANNEL, "1"),
                Identity.of(Address.of(Address.Kind.of("ring"), "blue")),
                around.at().orElse(NOW));
        return new PersonNoticed(source, notice);
    }

    private static List<InboundEvent> read(String body) {
        return GraphNotification.events(
                body.replace('\'', '"').getBytes(StandardCharsets.UTF_8),
                "loft",
                CHANNEL,
                Clock.fixed(NOW, ZoneOffset.UTC),
                ITEMS);
    }

    private static List<String> notices(String body) {
        return read(body).stream()
                .map(event -> event instanceof PersonNoticed told
                        ? told.notice()
                        : ((Unknown) event).problem() + "=" + ((Unknown) event).raw())
                .toList();
    }

    @Nested
    class WhenTheBodyIsOne {
        @Test
        void reads_items_wherever_they_stand() {
            assertThat(
                            notices(
                                    "{'object':'loft','entry':[{'id':'1','messaging':[{'word':'a'}],'standby':[{'word':'b'}],"
                                            + "'changes':[{'field':'f','value':{'word':'c'}}]},{'value':{'word':'d'},'field':'g'}]}"))
                    .containsExactly("MESSAGING::1:a", "STANDBY::1:b", "CHANGE:f:1:c", "CHANGE:g:-:d");
        }

        @Test
        void waits_for_the_entrys_own_keys_until_it_ends() {
            List<InboundEvent> events =
                    read("{'entry':[{'messaging':[{'word':'a'}],'time':1790000000,'id':7}],'object':'loft'}");

            assertThat(events.get(0).key()).isEqualTo("MESSAGING::7:a");
            assertThat(events.get(0).at()).isEqualTo(Instant.ofEpochSecond(1_790_000_000));
        }

        @Test
        void gives_what_is_not_read_as_it_came() {
            assertThat(notices("{'entry':[{'messaging':[{'word':'new', 'x': 1},7,{'word':'bad'},{'word':'half'}]},"
                            + "{'changes':[{'field':'f'}]},{'value':7},{'id':'2'}]}"))
                    .containsExactly(
                            "a new word={\"word\":\"new\", \"x\": 1}",
                            "an item that is no object=7",
                            "an item with a malformed part={\"word\":\"bad\"}",
                            "MESSAGING::-:half",
                            "the other half={\"word\":\"half\"}",
                            "an item that is no object={\"field\":\"f\"}",
                            "an item that is no object={\"value\":7}",
                            "an entry without items={\"id\":\"2\"}");
        }

        @Test
        void counts_on_where_a_list_comes_twice() {
            assertThat(notices("{'entry':[{'messaging':[{'word':'a'}],'messaging':[{'word':'new'}]}]}"))
                    .containsExactly("MESSAGING::-:a", "a new word={\"word\":\"new\"}");
        }
    }

    @Nested
    class WhenTheBodyIsAnArray {
        @Test
        void reads_each_and_loses_none_for_another() {
            assertThat(notices("[{'object':'loft','entry':[{'messaging':[{'word':'a'},{'word':'new'}]}]},"
                            + "{'entry':[{'messaging':[{'word':'b'}]}],'object':'page'},8,"
                            + "{'object':'loft','entry':[{'messaging':[{'word':'c'}]}]}]"))
                    .containsExactly(
                            "MESSAGING::-:a",
                            "a new word={\"word\":\"new\"}",
                            "the body is not of the object loft="
                                    + "{\"entry\":[{\"messaging\":[{\"word\":\"b\"}]}],\"object\":\"page\"}",
                            "the body is no JSON object=8",
                            "MESSAGING::-:c");
        }
    }

    @Nested
    class WhenTheBodyIsNone {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "{",
                    "[]",
                    "7",
                    "{}",
                    "{'object':'loft'}",
                    "{'object':'page','entry':[{'messaging':[{'word':'a'}]}]}",
                    "{'entry':[]} 7",
                    "{'entry':[{'messaging':[{'word':'a'}]"
                })
        void is_one_unreadable_event(String body) {
            List<InboundEvent> events = read(body);

            assertThat(events).hasSize(1);
            assertThat(events.get(0).key()).startsWith("unreadable:");
            assertThat(events.get(0).at()).isEqualTo(NOW);
        }
    }
}
