package aparte.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.ChannelId;
import aparte.InboundEvent;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RecordingListenerTest {
    private static final InboundEvent EVENT =
            new InboundEvent.Unknown(ChannelId.VIBER, "1", Instant.EPOCH, "no idea", "{}");

    private final RecordingListener listener = new RecordingListener();

    @Test
    void keeps_what_it_hears() throws Exception {
        listener.hear(EVENT);

        assertThat(listener.events()).containsExactly(EVENT);
    }

    @Test
    void sorts_by_type() throws Exception {
        listener.hear(EVENT);

        assertThat(listener.events(InboundEvent.MessageReceived.class)).isEmpty();
        assertThat(listener.events(InboundEvent.Unknown.class)).hasSize(1);
    }

    @Test
    void throws_once_as_told_and_keeps_nothing_then() {
        listener.throwNext(new IllegalStateException("full"));

        assertThatThrownBy(() -> listener.hear(EVENT)).isInstanceOf(IllegalStateException.class);
        listener.hear(EVENT);

        assertThat(listener.events()).hasSize(1);
    }
}
