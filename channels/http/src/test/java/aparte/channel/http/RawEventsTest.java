package aparte.channel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.ChannelId;
import aparte.InboundEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RawEventsTest {
    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void cuts_parts_as_they_came() throws IOException {
        byte[] body = bytes("{\"entry\":[{\"m\":[{\"a\": \"\\u00e9\"},7]},{\"id\":12345678901234567890}],\"x\":1}");

        Map<String, String> found =
                RawEvents.cut(body, List.of("entry/0/m/0", "entry/0/m/1", "entry/1", "entry/0/m/9", "x", "y/0"));

        assertThat(found)
                .containsOnly(
                        Map.entry("entry/0/m/0", "{\"a\": \"\\u00e9\"}"),
                        Map.entry("entry/0/m/1", "7"),
                        Map.entry("entry/1", "{\"id\":12345678901234567890}"),
                        Map.entry("x", "1"));
    }

    @Test
    void counts_on_where_a_name_comes_twice() throws IOException {
        byte[] body = bytes("{\"a\":[1,2],\"a\":[3]}");

        assertThat(RawEvents.cut(body, List.of("a/2"))).containsExactly(Map.entry("a/2", "3"));
    }

    @Test
    void finds_nothing_in_what_is_neither_object_nor_array() throws IOException {
        assertThat(RawEvents.cut(bytes("7"), List.of("0"))).isEmpty();
    }

    @Test
    void begins_with_an_index_where_the_body_is_an_array() throws IOException {
        byte[] body = bytes("[{\"a\":[1]},{\"a\":[2, 3]},4]");

        assertThat(RawEvents.cut(body, List.of("1/a/1", "2", "0/a/7")))
                .containsOnly(Map.entry("1/a/1", "3"), Map.entry("2", "4"));
    }

    @Test
    void throws_for_broken_json() {
        assertThatThrownBy(() -> RawEvents.cut(bytes("{\"a\":"), List.of("a"))).isInstanceOf(IOException.class);
    }

    @Test
    void names_events_by_their_bytes() {
        InboundEvent.Unknown one = RawEvents.unknown(ChannelId.MESSENGER, "{}", Instant.EPOCH, "new");
        InboundEvent.Unknown same = RawEvents.unknown(ChannelId.MESSENGER, "{}", Instant.MAX, "new");
        InboundEvent.Unknown body = RawEvents.unreadable(ChannelId.MESSENGER, bytes("{}"), Instant.EPOCH, "odd");

        assertThat(one.key()).matches("unknown:[0-9a-f]{32}").isEqualTo(same.key());
        assertThat(body.key()).matches("unreadable:[0-9a-f]{32}");
        assertThat(body.raw()).isEqualTo("{}");
    }
}
