package aparte.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import aparte.whatsapp.WhatsAppInvoice.Item;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WhatsAppInvoiceTest {
    private static WhatsAppInvoice.Builder order() {
        return WhatsAppInvoice.builder("o-1", "BRL", "Yours");
    }

    @Test
    void reckons_subtotal_and_total() {
        WhatsAppInvoice order = Sample.order().build();

        assertThat(order.subtotal()).isEqualTo(2 * 900 + 250);
        assertThat(order.total()).isEqualTo(2_050 + 50 + 300 - 100);
    }

    @Test
    void is_a_value() {
        assertThat(Sample.order().build())
                .isEqualTo(Sample.order().build())
                .hasSameHashCodeAs(Sample.order().build());
        assertThat(Sample.order().tax(51).build()).isNotEqualTo(Sample.order().build());
    }

    static List<ThrowingCallable> malformed() {
        return List.of(
                () -> order().item(new Item("a", "A", Long.MAX_VALUE, 2)).build(),
                () -> order().item(new Item("a", "A", Long.MAX_VALUE, 1)).tax(1).build(),
                () -> order().item(new Item("a", "A", 100, 1)).discount(100).build(),
                () -> order().build(),
                () -> order().tax(-1),
                () -> order().shipping(-1),
                () -> order().discount(-1),
                () -> new Item("a", "A", -1, 1),
                () -> new Item("a", "A", 1, 0),
                () -> new Item("a", "A", 1, 1, Optional.of(2L)),
                () -> new Item("a", " ", 1, 1),
                () -> WhatsAppInvoice.builder("o-1", "Real", "Yours"),
                () -> WhatsAppInvoice.builder("\ud83d", "BRL", "Yours"));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void refuses_amounts_and_words_that_cannot_be(ThrowingCallable made) {
        assertThatIllegalArgumentException().isThrownBy(made);
    }
}
